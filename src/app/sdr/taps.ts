import type { Failure } from "../../core/failure";
import { failure, type Result } from "../../core/result";
import type { Cancel } from "../../ports/scheduler";
import type { SdrPreview, SdrRefusal } from "../../ports/sdr-sync";
import type { SdrDesk } from "./desk";

/** Runs that the reader asks for. Only these may ask for a network. */
export class SdrTaps {
  private whenPreviewed: ((preview: Result<SdrPreview, Failure>) => void) | undefined;

  constructor(private readonly desk: SdrDesk) {}

  sync(more: { readonly isConfirmed?: boolean; readonly mayBeEmpty?: boolean } = {}): SdrRefusal | undefined {
    const { desk } = this;
    const refused = this.refusal();
    if (refused !== undefined) return refused;
    const { asked } = desk.standing;
    if (asked !== "nothing" && more.isConfirmed !== true && more.mayBeEmpty !== true) return asked;
    const trouble = desk.standing.trouble();
    if (trouble !== undefined) {
      desk.standing.failed(trouble);
      return "disk";
    }
    desk.standing.mayTry();
    this.start(() => {
      desk.begin("tap", more);
    });
    return undefined;
  }

  preview(done: (preview: Result<SdrPreview, Failure>) => void): Cancel {
    if (this.refusal() !== undefined) {
      done(failure({ reason: "busy", detail: "a run is on its way" }));
      return () => {};
    }
    this.whenPreviewed = preview => {
      done(preview);
    };
    this.start(() => {
      if (this.whenPreviewed !== undefined) this.desk.begin("tap", { isPreview: true });
    });
    return () => {
      if (this.whenPreviewed === undefined) return;
      this.whenPreviewed = undefined;
      this.desk.cancel();
    };
  }

  /** To whoever waits for a preview. */
  tell(preview: Result<SdrPreview, Failure>): void {
    const done = this.whenPreviewed;
    this.whenPreviewed = undefined;
    done?.(preview);
  }

  /** What stops a run that a tap asks for, besides the network. */
  private refusal(): SdrRefusal | undefined {
    if (this.desk.target() === undefined) return "off";
    return this.desk.step() === undefined ? undefined : "running";
  }

  private start(begin: () => void): void {
    if (this.desk.target()?.kind === "folder") begin();
    else this.desk.runtime.network.whenConnected(begin);
  }
}
