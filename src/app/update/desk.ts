import type { Failure } from "../../core/failure";
import { compareVersions } from "../../core/release";
import { failure, type Result, success } from "../../core/result";
import { seconds } from "../../core/units";
import { updateSettingsOf } from "../../core/update-settings";
import { part } from "../../parts";
import type { Cancel } from "../../ports/scheduler";
import type { InstallEvents, Looked, Offer, Updates } from "../../ports/updates";
import type { Versions } from "../../ports/versions";
import type { Errands } from "../errands";
import type { Runtime } from "../runtime";
import { type Found, lookAround } from "./look";
import type { UpdateNews } from "./update-job";

/** Between two small steps of tidying. */
const STEP = seconds(0.05);

/** Looks for versions of Ribbon, installs them and changes between them. One for as long as KOReader runs. */
export class UpdateDesk implements Updates {
  private best: Found["best"];
  private isInstalling = false;
  private isTidying = false;

  /** @param line of its own: an update may take longer than anything else that a tap asks for */
  constructor(
    private readonly runtime: Runtime,
    private readonly versions: Versions,
    private readonly line: Errands,
  ) {}

  here = () => this.versions.here();

  settings = () => updateSettingsOf(this.runtime.settings.updateFields());

  save = (changes: Parameters<Updates["save"]>[0]): void => {
    this.runtime.settings.saveUpdates({ ...changes });
  };

  offer = (): Offer | undefined => {
    const { best } = this;
    if (best === undefined || !this.isNews(best.release.version)) return undefined;
    const { version, notes, bootstrap } = best.release;
    const needsHand = bootstrap > this.versions.bootstrap();
    return { version, notes, bytes: best.release.package.bytes, from: best.source.name, needsHand };
  };

  look = (done: (looked: Looked) => void): Cancel => {
    let cancel: Cancel | undefined;
    let isCancelled = false;
    this.runtime.network.whenConnected(() => {
      if (!isCancelled) cancel = this.lookNow(looked => done(looked));
    });
    return () => {
      isCancelled = true;
      cancel?.();
    };
  };

  /** With the network that is there. */
  lookNow(done: (looked: Looked) => void): Cancel {
    return lookAround(this.runtime, this.line, found => {
      this.best = found.best;
      const { asked, failures, best } = found;
      const offer = this.offer();
      done({
        asked,
        failures,
        ...(best === undefined ? {} : { newest: best.release.version }),
        ...(offer === undefined ? {} : { offer }),
      });
    });
  }

  install = (events: InstallEvents): Cancel => {
    const { best, runtime } = this;
    if (best === undefined || this.offer()?.needsHand !== false) {
      events.done(failure({ reason: "unsupported", detail: "nothing that could be installed" }));
      return () => {};
    }
    const { release, source } = best;
    let last: UpdateNews | undefined;
    this.isInstalling = true;
    const stop = this.line.add<UpdateNews>({
      prepare: () => tell => {
        part("app/update-job").fetchUpdate(source.open().releases, release, runtime.clock, tell);
      },
      onMessage: news => {
        last = news;
        if (news.kind === "arrived") events.arrived(news.bytes);
      },
      onEnd: died => {
        this.isInstalling = false;
        events.done(this.installed(release.version, last, died));
        this.tidy();
      },
    });
    return () => {
      this.isInstalling = false;
      stop();
      this.tidy();
    };
  };

  change = (to: "other" | "failed"): Result<true, Failure> => this.versions.change(to);

  stay = (): Result<true, Failure> => this.versions.stay();

  /** Removes what no start needs any more, in small steps. */
  tidy(): void {
    if (this.isTidying) return;
    this.isTidying = true;
    this.runtime.scheduler.after(STEP, () => {
      this.isTidying = false;
      if (this.versions.tidy(this.isInstalling)) this.tidy();
    });
  }

  private installed(version: string, last: UpdateNews | undefined, died: Failure | undefined): Result<true, Failure> {
    if (last?.kind === "failed") return failure(last.failure);
    if (last?.kind !== "unpacked" || died !== undefined) {
      return failure(died ?? { reason: "cancelled", detail: "the worker said nothing" });
    }
    const activated = this.versions.activate(version);
    if (activated.ok) this.best = undefined;
    return activated.ok ? success(true) : activated;
  }

  private isNews(version: string): boolean {
    const { running, next } = this.versions.here();
    return compareVersions(version, running) > 0 && version !== next;
  }
}
