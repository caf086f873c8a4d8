import type { PlaceKind } from "./layouts";
import type { Payload } from "./payload";
import type { Plan } from "./plan";

/** What a deploy leaves in a folder of plugins. KOReader takes every folder there that ends in `.koplugin` for a plugin. */
export type FolderName =
  "ribbon.koplugin" | "ribbon.previous" | "ribbon.trash" | "ribbon.swap" | `ribbon.new-${string}`;

/** A folder of plugins, and what of Ribbon is in it. */
export interface Place {
  readonly kind: PlaceKind;
  /** As the device sees it, without links. */
  readonly folder: string;
  /** Our folders that are there, finished or not. */
  readonly there: readonly FolderName[];
  /** Versions, where a `_meta.lua` says one. */
  readonly current?: string;
  readonly previous?: string;
  /** Bytes; absent when the device does not say. */
  readonly free?: number;
  /** Whether KOReader runs from there. */
  readonly isRunning: boolean;
}

/** How the copy is compared with what was sent: by the first of these that the device has. */
export type Check = "sha256sum" | "md5sum" | "size";

export interface Survey {
  readonly places: readonly Place[];
  readonly check: Check;
}

/** What became of the wish to restart KOReader. */
export type Restarted = "asked" | "ended" | "not-running" | "cannot";

export interface Outcome {
  readonly restarted?: Restarted;
}

export interface Progress {
  /** Bytes of the files that are on their way. */
  copied(bytes: number): void;
  step(step: "check" | "swap"): void;
}

/** One kind of target: what is there, and a plan made true. Each throws a DeployProblem. */
export interface Device {
  /** "root@192.168.1.20". */
  readonly name: string;
  survey(): Promise<Survey>;
  /** `payload` is what a plan of copying copies; a rollback needs none. */
  carryOut(plan: Plan, payload: Payload | undefined, progress: Progress): Promise<Outcome>;
  close(): void;
}
