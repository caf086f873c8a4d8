import { ClockEras } from "../core/clock-eras";
import { readBaked } from "../koreader/baked";
import { clock } from "../koreader/clock";
import { json } from "../koreader/json";
import { log } from "../koreader/log";
import { network } from "../koreader/network";
import { chance } from "../koreader/random";
import { scheduler } from "../koreader/scheduler";
import { KoSettings } from "../koreader/settings";
import { SqliteBookStore } from "../koreader/store/book-store";
import { SqliteCheckpointStore } from "../koreader/store/checkpoint-store";
import { hasDownloads } from "../koreader/store/has-downloads";
import { closeStore, onDamage, store } from "../koreader/store/open";
import { SqliteOutboxStore } from "../koreader/store/outbox-store";
import type { Actions } from "../ports/actions";
import type { LibraryPorts } from "../ports/library";
import type { SdrSync } from "../ports/sdr-sync";
import type { Overview } from "../ports/overview";
import type { Updates } from "../ports/updates";
import type { Upkeep } from "../ports/upkeep";
import type { JournalStore } from "../ports/store";
import { Delivery } from "./delivery";
import { Errands } from "./errands";
import { Health } from "./health";
import { lookIntoInbox } from "./inbox-time";
import { recover } from "./keep";
import { part } from "../parts";
import type { Runtime } from "./runtime";
import { sdr } from "./sdr-time";
import { lookForUpdate } from "./update-time";

/** What the screens show, and what their taps do. */
export interface Screens {
  readonly overview: Overview;
  readonly actions: Actions;
  /** Made when a library is first looked at, or something is downloaded. */
  library(): LibraryPorts;
  /** The sync of highlights: made when it is first looked at, or a folder was chosen. */
  sdr(): SdrSync;
  /** Newer and older versions of Ribbon. */
  updates(): Updates;
  upkeep(): Upkeep;
}

/** Everything, put together. */
export interface Ribbon {
  readonly runtime: Runtime;
  /** For the menu and its screens. */
  screens(): Screens;
  /** Ends what runs in the background: KOReader is about to end, or the reader switched the plugin off. */
  stop(): void;
}

let started: Ribbon | undefined;

/** The one Ribbon of this process: made by the first plugin instance, shared by all. */
export function ribbon(): Ribbon {
  if (started === undefined) {
    started = start();
    beginWork(started.runtime);
  }
  return started;
}

/** What the last run left behind, once KOReader has something on screen. */
function beginWork(runtime: Runtime): void {
  runtime.scheduler.afterRepaint(() => {
    const baked = readBaked();
    if (baked !== undefined && baked !== runtime.settings.baked()?.text) {
      part("app/screen-work").adoptBaked(runtime, baked);
    }
    recover(runtime);
    runtime.delivery.start(runtime);
    if (hasDownloads(store())) part("app/library-work").goOn(runtime);
    lookIntoInbox(runtime);
    sdr(runtime)?.moment("connected");
    lookForUpdate(runtime);
    if (runtime.settings.preferences().logLevel === "everything") part("app/watching").watch();
  });
}

type Passing =
  | "loan"
  | "downloads"
  | "inbox"
  | "sdr"
  | "updates"
  | "afterBook"
  | "reading"
  | "isRecording"
  | "isRecovered"
  | "hasNamesake"
  | "isReloading"
  | "carried";

/** How things stand before anything happened. */
function nothingYet(): Pick<Runtime, Passing> {
  return {
    loan: undefined,
    downloads: undefined,
    inbox: undefined,
    sdr: undefined,
    updates: undefined,
    afterBook: undefined,
    reading: undefined,
    isRecording: true,
    isRecovered: false,
    hasNamesake: false,
    isReloading: false,
    carried: undefined,
  };
}

/** Loaded when the first round is over. */
const journal: JournalStore = {
  note: round => {
    part("koreader/store/journal-store").journal.note(round);
  },
  newest: limit => part("koreader/store/journal-store").journal.newest(limit),
};

function screensOf(runtime: Runtime, taps: Errands): Screens {
  const library = once(() => part("app/library-work").libraryOf(runtime));
  return {
    overview: part("app/screen-work").overviewOf(runtime),
    actions: part("app/screen-work").actionsOf(runtime, taps),
    sdr: () => part("app/sdr-work").sdrScreens(runtime),
    updates: () => part("app/update-work").updatesOf(runtime),
    upkeep: () => part("app/upkeep-work").upkeepOf(runtime),
    library: () => library(),
  };
}

/** Made when it is first asked for. */
function once<Made extends object>(make: () => Made): () => Made {
  let made: Made | undefined;
  return () => (made ??= make());
}

/** What is left of data that were being deleted when KOReader ended goes first. */
function openSettings(): KoSettings {
  const settings = new KoSettings();
  if (!settings.isLeaving()) return settings;
  part("app/leaving").removeEverything();
  return new KoSettings();
}

function start(): Ribbon {
  // Without a connection there is no errand.
  const workers = once(() => new (part("koreader/workers").ForkedWorkers)({ clock, scheduler, json }));
  const waiting = once(() => new (part("koreader/store/waiting-store").SqliteWaitingStore)(store, json, clock));
  const errands = new Errands(workers, log);
  const taps = new Errands(workers, log);
  const delivery = new Delivery(errands);
  const settings = openSettings();
  const notices = () => new (part("ui/messages").Toasts)(() => settings.preferences().notices);
  onDamage(rows => {
    notices().damaged(rows);
  });
  const runtime: Runtime = {
    clock,
    log,
    network,
    notices,
    prompts: () => part("ui/messages").dialogs,
    random: chance,
    scheduler,
    settings,
    books: new SqliteBookStore(store),
    links: once(() => new (part("koreader/store/link-store").SqliteLinkStore)(store, clock)),
    outbox: new SqliteOutboxStore(store, json, clock, waiting),
    waiting,
    checkpoints: new SqliteCheckpointStore(store, json),
    journal,
    errands,
    taps,
    delivery,
    health: new Health(clock, chance, log),
    eras: new ClockEras(chance.uuid()),
    ...nothingYet(),
  };
  const screens = once(() => screensOf(runtime, taps));
  return {
    runtime,
    screens: () => screens(),
    stop: () => {
      runtime.loan?.putBack();
      runtime.downloads?.stop();
      runtime.sdr?.stop();
      runtime.updates?.stop();
      taps.stop();
      errands.stop();
      delivery.stop();
      closeStore();
    },
  };
}
