import { createHash } from "node:crypto";
import { existsSync, lstatSync, readdirSync, readFileSync, statfsSync } from "node:fs";
import { join } from "node:path";
import type { Device, FolderName, Outcome, Place, Progress, Survey } from "../device";
import type { PlaceKind } from "../layouts";
import { type Payload, type PayloadFile, versionInMeta } from "../payload";
import type { Plan } from "../plan";
import { DeployProblem, reasonOfWords } from "../problem";
import { type Disk, realDisk } from "./disk";
import { foldersOfPlugins } from "./find";

const OURS = /^ribbon\.(koplugin|previous|trash|swap|new-.+)$/;

function versionOf(folder: string): string | undefined {
  try {
    return versionInMeta(readFileSync(join(folder, "_meta.lua"), "utf8"));
  } catch {
    return undefined;
  }
}

function freeIn(folder: string): number | undefined {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return undefined;
  }
}

function placeOf(kind: PlaceKind, folder: string): Place {
  const there = readdirSync(folder).filter((name): name is FolderName => OURS.test(name));
  const current = versionOf(join(folder, "ribbon.koplugin"));
  const previous = versionOf(join(folder, "ribbon.previous"));
  const free = freeIn(folder);
  return {
    kind,
    folder,
    there,
    isRunning: false,
    ...(current === undefined ? {} : { current }),
    ...(previous === undefined ? {} : { previous }),
    ...(free === undefined ? {} : { free }),
  };
}

const isThere = (path: string) => lstatSync(path, { throwIfNoEntry: false }) !== undefined;

/** A device whose storage is mounted on this computer, or a KOReader of this computer. */
export class FolderDevice implements Device {
  readonly name: string;

  /** `root` is what was named or found; `folder`, where it is given, the only folder of plugins to look at. */
  constructor(
    private readonly root: string,
    private readonly folder: string | undefined,
    private readonly disk: Disk = realDisk,
  ) {
    this.name = root;
  }

  async survey(): Promise<Survey> {
    return this.guard(() => {
      const found = foldersOfPlugins(this.root, this.folder);
      return { places: found.map(({ kind, folder }) => placeOf(kind, folder)), check: "sha256sum" };
    });
  }

  async carryOut(plan: Plan, payload: Payload | undefined, progress: Progress): Promise<Outcome> {
    return this.guard(() => {
      const at = (name: string) => join(plan.place.folder, name);
      for (const { from, to } of plan.repairs) this.disk.rename(at(from), at(to));
      for (const name of plan.removes) this.disk.remove(at(name));
      if (plan.staging !== undefined && payload !== undefined) this.copy(at(plan.staging), plan, payload, progress);
      if (plan.action === "roll-back" && plan.moves.length > 0) checkPrevious(at("ribbon.previous"));
      this.renameAll(plan, at);
      this.disk.flush();
      for (const name of plan.removesAfterwards) this.disk.remove(at(name));
      return {};
    });
  }

  close(): void {
    // Nothing is held open.
  }

  private copy(staging: string, plan: Plan, { files }: Payload, progress: Progress): void {
    try {
      this.copyFiles(staging, files, progress);
      progress.step("check");
      const baked = join(plan.place.folder, "ribbon.koplugin", "baked.json");
      const keepsBaked = existsSync(baked) && !files.some(({ name }) => name === "baked.json");
      if (keepsBaked) this.disk.write(join(staging, "baked.json"), readFileSync(baked));
      this.disk.flush();
      const difference = files.find(file => !this.isSame(join(staging, file.name), file));
      if (difference !== undefined) throw new DeployProblem({ why: "differs", detail: difference.name });
      progress.step("swap");
    } catch (error) {
      this.giveUp(staging);
      throw error;
    }
  }

  private copyFiles(staging: string, files: readonly PayloadFile[], progress: Progress): void {
    this.disk.makeFolder(staging);
    let copied = 0;
    for (const { name, bytes } of files) {
      this.disk.write(join(staging, name), bytes);
      progress.copied((copied += bytes.length));
    }
  }

  private isSame(path: string, { bytes, sha256 }: PayloadFile): boolean {
    const found = this.disk.read(path);
    return found.length === bytes.length && createHash("sha256").update(found).digest("hex") === sha256;
  }

  /** What was copied is of no use; where even that cannot be removed, the next deploy does it. */
  private giveUp(staging: string): void {
    try {
      this.disk.remove(staging);
    } catch {
      return;
    }
  }

  private renameAll({ moves }: Plan, at: (name: string) => string): void {
    const undo: (() => void)[] = [];
    try {
      for (const { from, to } of moves) {
        if (isThere(at(to))) throw new DeployProblem({ why: "changed", detail: at(to) });
        this.disk.rename(at(from), at(to));
        undo.unshift(() => this.disk.rename(at(to), at(from)));
      }
    } catch (error) {
      for (const step of undo) step();
      throw error;
    }
  }

  private guard<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (error instanceof DeployProblem || !(error instanceof Error)) throw error;
      throw new DeployProblem(reasonOfWords(error.message, "write"));
    }
  }
}

function checkPrevious(folder: string): void {
  const isWhole = ["main.lua", "_meta.lua"].every(name => existsSync(join(folder, name)));
  if (!isWhole) throw new DeployProblem({ why: "broken-previous" });
}
