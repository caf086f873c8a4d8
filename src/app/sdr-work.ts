import { type Seconds, seconds } from "../core/units";
import type { Cancel } from "../ports/scheduler";
import type { SdrSync } from "../ports/sdr-sync";
import type { Runtime, RunningSdr } from "./runtime";
import { SdrDesk } from "./sdr/desk";
import { makeTools } from "./sdr/make-tools";
import { lastCall, moment } from "./sdr/moments";
import { offerPlace } from "./sdr/offer-place";
import { OpenSession } from "./sdr/open-session";
import { SdrScreens } from "./sdr/screens";

/** What came meanwhile is put into the open book as soon as the page is there. */
const A_MOMENT = seconds(0.5);
const AN_HOUR = 3600;
/** One question after another: a place is offered once nothing lies over the book, or else when it is opened next. */
const BETWEEN_QUESTIONS = seconds(2);
const MOST_TRIES = 60;

/** The sync of highlights, for as long as KOReader runs. */
class Sdr implements RunningSdr {
  readonly desk: SdrDesk;
  readonly screens: SdrSync;
  private session: OpenSession | undefined;
  private nextLook: Cancel | undefined;
  private nextOffer: Cancel | undefined;

  constructor(private readonly runtime: Runtime) {
    this.desk = new SdrDesk(
      runtime,
      makeTools(
        runtime,
        () => this.session,
        () => this.desk.hasJoined(),
      ),
    );
    this.screens = new SdrScreens(
      this.desk,
      () => this.session?.staged() ?? [],
      () => {
        this.putIn();
      },
    ).ports();
    this.desk.endings.staged = () => this.session?.staged().length ?? 0;
    this.desk.endings.whenDone = () => {
      this.offerPlaceWhenFree(this.session, A_MOMENT, MOST_TRIES);
    };
    this.armHours();
  }

  opening(ui: KOReader.Ui, settings: KOReader.DocSettings, document: KOReader.Document): void {
    this.session = undefined;
    this.guarded(() => {
      this.session = new OpenSession(this.desk.tools, this.runtime.random.uuid(), ui, settings, document);
    });
  }

  shown(): void {
    const { session } = this;
    this.runtime.scheduler.after(A_MOMENT, () => {
      if (session === undefined || this.session !== session) return;
      if (session.isToBeLookedAt() || session.hasDue()) this.putIn();
      else this.offerPlace();
    });
  }

  /** What a sync brought is asked about first: that question comes with its end. */
  private offerPlaceWhenFree(session: OpenSession | undefined, pause: Seconds, tries: number): void {
    if (session === undefined || tries === 0) return;
    this.runtime.scheduler.after(pause, () => {
      if (this.session !== session) return;
      if (session.isFree()) this.offerPlace();
      else this.offerPlaceWhenFree(session, BETWEEN_QUESTIONS, tries - 1);
    });
  }

  /** What waits for the book on screen, once a worker has found out what that is. */
  private putIn(): void {
    const { session } = this;
    const put = (): void => {
      this.guarded(() => {
        if (session === undefined || this.session !== session) return;
        session.putIn(() => {
          this.offerPlace();
        });
      });
    };
    if (session === undefined) return;
    if (session.isReady()) return put();
    session.ask();
    this.desk.own.want(put);
  }

  /** Not while servers are asked: a book that one of them knows goes by that server's place. */
  private offerPlace(): void {
    if (!this.runtime.errands.isIdle()) {
      this.nextOffer ??= this.runtime.scheduler.after(A_MOMENT, () => {
        this.nextOffer = undefined;
        this.offerPlace();
      });
      return;
    }
    this.guarded(() => {
      offerPlace(this.runtime, this.desk.tools);
    });
  }

  heard(items: KOReader.AnnotationsModified): void {
    this.session?.heard(items);
  }

  closed(): void {
    const { session } = this;
    if (session === undefined) return;
    this.guarded(() => {
      session.close();
    });
    this.session = undefined;
    this.desk.noteClosed(session.file);
  }

  moment(trigger: "close" | "sleep" | "wake" | "connected"): void {
    moment(this.desk, trigger);
  }

  lastCall(most: Seconds): void {
    this.guarded(() => {
      lastCall(this.desk, most);
    });
    // After a mistake, too: what is put off has to come back to the loop.
    this.desk.tools.urgent.end(A_MOMENT);
  }

  tap(): void {
    this.desk.taps.sync();
  }

  stop(): void {
    this.nextLook?.();
    this.nextOffer?.();
    this.desk.stop();
  }

  /** What a mistake leaves half done is not written. */
  private guarded(work: () => void): void {
    const [worked, problem] = pcall(work);
    if (worked) return;
    this.desk.tools.notebook.forget();
    this.runtime.log.warn(`highlights: ${tostring(problem)}`);
  }

  private armHours(): void {
    this.nextLook = this.runtime.scheduler.after(seconds(AN_HOUR), () => {
      this.armHours();
      const { everyHours } = this.desk.options();
      const last = this.desk.status().lastSuccess ?? 0;
      const isDue = Math.abs(this.runtime.clock.epoch() - last) >= everyHours * AN_HOUR - AN_HOUR / 2;
      if (everyHours > 0 && isDue) moment(this.desk, "hours");
    });
  }
}

let started: Sdr | undefined;

export function sdrOf(runtime: Runtime): RunningSdr {
  started ??= new Sdr(runtime);
  runtime.sdr = started;
  return started;
}

/** What the screens are given; also before a folder is chosen. */
export function sdrScreens(runtime: Runtime): SdrSync {
  return (sdrOf(runtime) as Sdr).screens;
}
