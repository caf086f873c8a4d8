import type { Seconds } from "../core/units";
import type { ClockEras } from "../core/clock-eras";
import type { Clock } from "../ports/clock";
import type { Log } from "../ports/log";
import type { Network } from "../ports/network";
import type { Notices } from "../ports/notices";
import type { Prompts } from "../ports/prompts";
import type { Random } from "../ports/random";
import type { Scheduler } from "../ports/scheduler";
import type { Settings } from "../ports/settings";
import type { BookStore, CheckpointStore, JournalStore, LinkStore, OutboxStore, WaitingStore } from "../ports/store";
import type { Delivery } from "./delivery";
import type { Errands } from "./errands";
import type { Health } from "./health";
import type { CarriedSitting, Reading } from "./reading";

/** What the device gives us. */
export interface Device {
  readonly clock: Clock;
  readonly log: Log;
  readonly network: Network;
  /** Loaded with the first message. */
  readonly notices: () => Notices;
  readonly prompts: () => Prompts;
  readonly random: Random;
  readonly scheduler: Scheduler;
  readonly settings: Settings;
}

/** What we keep on it. */
export interface Stores {
  readonly books: BookStore;
  /** Loaded when a server or a screen first asks. */
  readonly links: () => LinkStore;
  readonly outbox: OutboxStore;
  /** Loaded when something is first sent or shown. */
  readonly waiting: () => WaitingStore;
  readonly checkpoints: CheckpointStore;
  readonly journal: JournalStore;
}

/** Wi-Fi that was switched on to send what waits, and is not the reader's wish. */
export interface Loan {
  /** It is just being switched off again. */
  readonly isReturning: boolean;
  /** Somebody else wants it, or has switched it off. */
  lost(): void;
  /** The device goes to sleep: the loan ends at once, or soon where the reader wants to connect at sleep. */
  sleep(): void;
  wake(): void;
  /** Switches it off now. */
  putBack(): void;
}

/** Books on their way to this device. */
export interface RunningDownloads {
  /** The network goes: what is fetched so far stays. */
  pause(): void;
  /** The device falls asleep. */
  sleep(): void;
  /** Awake, or connected. */
  wake(): void;
  stop(): void;
}

/** The sync of highlights, as far as events go. */
export interface RunningSdr {
  /** At `DocSettingsLoad`. */
  opening(ui: KOReader.Ui, settings: KOReader.DocSettings, document: KOReader.Document): void;
  /** The page is drawn. */
  shown(): void;
  /** At `AnnotationsModified`. */
  heard(items: KOReader.AnnotationsModified): void;
  /** At `CloseDocument`. */
  closed(): void;
  /** A reason to sync, where the reader wants that. */
  moment(trigger: "close" | "sleep" | "wake" | "connected"): void;
  /** The network is about to go off under a device that falls asleep; holds the loop for so long at most. */
  lastCall(most: Seconds): void;
  tap(): void;
  stop(): void;
}

/** All that outlives a book: KOReader makes a new plugin instance for every book, this one stays until the process ends. */
export interface Runtime extends Device, Stores {
  readonly errands: Errands;
  /** What a tap asks for does not wait for what runs in the background. */
  readonly taps: Errands;
  readonly delivery: Delivery;
  readonly health: Health;
  readonly eras: ClockEras;
  /** Absent while Wi-Fi is as the reader left it. */
  loan: Loan | undefined;
  /** Absent until something is, or was, on its way. */
  downloads: RunningDownloads | undefined;
  /** Books that were sent to the reader's devices; absent until some were. */
  inbox: { offers(): readonly unknown[] } | undefined;
  /** Absent until highlights are synced. */
  sdr: RunningSdr | undefined;
  /** Absent until the reader looked for a newer Ribbon. */
  updates: { stop(): void } | undefined;
  /** What is not to be said over a page: done when the file browser is on screen. */
  afterBook: (() => void) | undefined;
  /** The book on screen, if any. */
  reading: Reading | undefined;
  /** False while the reader has paused recording, until KOReader starts again. */
  isRecording: boolean;
  /** Whether a sitting that a crash left open was looked for. */
  isRecovered: boolean;
  /** The reader was told that another device has the name of this one. */
  hasNamesake: boolean;
  /** KOReader is loading the book on screen again. */
  isReloading: boolean;
  /** The sitting that goes on when the book is back. */
  carried: CarriedSitting | undefined;
}
