import type { Failure } from "../../core/failure";
import { needsReader } from "../../core/failure";
import type { ConnectionId } from "../../core/outbox";
import { type SdrTarget, sdrTargetKey } from "../../core/sdr-settings";
import { epochSeconds } from "../../core/units";
import type { SdrStore } from "../../ports/sdr-store";
import type { SdrProgress, SdrState, SdrStatus, SdrTrigger } from "../../ports/sdr-sync";
import type { Runtime } from "../runtime";

/** Under this name the folder's health is kept beside that of the servers. */
const FOLDER = "sdr" as ConnectionId;

/** The reader has to say something before the next run, or not. */
export type Asked = "nothing" | "preview" | "emptied";

export const joinedKey = (target: SdrTarget): string => `joined:${sdrTargetKey(target)}`;

/** Trying again by itself is of no use: password, certificate, rights, room on the server. */
const stops = ({ reason, at }: Failure): boolean =>
  needsReader(reason) || reason === "forbidden" || (reason === "disk" && at !== undefined);

/** How the sync stands between its runs, and what the last of them came to. */
export class SdrStanding {
  asked: Asked = "nothing";
  private problem: Failure | undefined;

  constructor(
    private readonly runtime: Runtime,
    private readonly store: SdrStore,
  ) {}

  /** Nothing that was learned of a folder holds for another. */
  forget(): void {
    this.asked = "nothing";
    this.problem = undefined;
    this.mayTry();
  }

  /** The reader wants it now, whatever the last run met with. */
  mayTry(): void {
    this.runtime.health.forget(FOLDER);
  }

  succeeded(): void {
    this.problem = undefined;
    this.runtime.health.succeeded(FOLDER);
  }

  /** @returns whether it is another trouble than before */
  failed(failure: Failure): boolean {
    const isNew = this.problem?.reason !== failure.reason || this.problem.isOurs !== failure.isOurs;
    this.problem = failure;
    this.runtime.health.failed(FOLDER, failure);
    return isNew;
  }

  /** Why nothing can be remembered here: mostly there is no room for it. */
  trouble(): Failure | undefined {
    const [isThere, problem] = pcall(() => this.store.values.get("success"));
    return isThere ? undefined : { reason: "disk", isOurs: true, detail: tostring(problem) };
  }

  /** The last run worked: it is worth waiting for the next. */
  isWell(): boolean {
    return this.asked === "nothing" && this.runtime.health.isWell(FOLDER);
  }

  /** Nothing goes on without the reader. */
  isStopped(): boolean {
    return this.problem !== undefined && stops(this.problem);
  }

  /** Nothing begins of itself now. */
  isResting(): boolean {
    return this.asked !== "nothing" || this.isStopped() || this.runtime.health.isPausing(FOLDER);
  }

  /** Whether a run came to its end with this target. */
  hasJoined(target: SdrTarget): boolean {
    return this.store.values.get(joinedKey(target)) !== undefined;
  }

  status(
    target: SdrTarget | undefined,
    running: { trigger: SdrTrigger; progress: SdrProgress } | undefined,
  ): SdrStatus {
    const { store } = this;
    const trouble = this.trouble();
    if (trouble !== undefined) return this.withoutStore(trouble, target);
    const lastSuccess = tonumber(store.values.get("success") ?? "");
    return {
      state: this.state(target, running),
      ...(target !== undefined && { target }),
      ...(lastSuccess !== undefined && { lastSuccess: epochSeconds(lastSuccess) }),
      books: store.books.count(),
      unsent: target === undefined ? 0 : store.segments.unsent(sdrTargetKey(target)).length,
      held: store.questions.held().length,
      hasNewer: store.values.get("newer") !== undefined,
    };
  }

  private withoutStore(trouble: Failure, target: SdrTarget | undefined): SdrStatus {
    const isKnown = this.problem?.isOurs === true;
    if (target !== undefined && !isKnown) this.failed(trouble);
    const nothing = { books: 0, unsent: 0, held: 0, hasNewer: false };
    return { state: this.state(target, undefined), ...(target !== undefined && { target }), ...nothing };
  }

  private state(
    target: SdrTarget | undefined,
    running: { trigger: SdrTrigger; progress: SdrProgress } | undefined,
  ): SdrState {
    const { problem, asked } = this;
    if (target === undefined) return { kind: "off" };
    if (running !== undefined) return { kind: "running", ...running };
    if (asked !== "nothing") return { kind: asked };
    if (problem === undefined) return { kind: "idle" };
    if (stops(problem)) return { kind: "stopped", failure: problem };
    const { clock, health } = this.runtime;
    const nextTry = epochSeconds(clock.epoch() + health.pauseLeft(FOLDER));
    return { kind: "waiting", failure: problem, nextTry };
  }
}
