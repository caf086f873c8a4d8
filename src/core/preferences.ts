/** What to do when a server's place is not ours. */
export type JumpPolicy = "jump" | "ask" | "never";

/** Which messages pass over the page while one reads. */
export type NoticeLevel = "all" | "problems" | "none";

/** What is written into the log. */
export type LogLevel = "errors" | "normal" | "everything";

/** What the reader may choose, for all connections. */
export interface Preferences {
  /** The most minutes that one page can count: whoever looks longer has fallen asleep. 0: no limit. */
  readonly idleCapMinutes: number;
  /** The place is kept and sent after so many page turns; 0: only when the book closes or the device sleeps. */
  readonly turnsPerPush: number;
  /** And with the first turn after so many minutes, whichever comes first; 0: not by time. */
  readonly minutesPerPush: number;
  readonly jumpAhead: JumpPolicy;
  readonly jumpBehind: JumpPolicy;
  readonly notices: NoticeLevel;
  /** Wait up to two seconds before the network goes off, so that what was just read is sent. */
  readonly lastCall: boolean;
  /** Switch Wi-Fi on to send what waits when a book was closed, and off again. */
  readonly connectAtClose: boolean;
  /** The same when the device goes to sleep. */
  readonly connectAtSleep: boolean;
  /** Look now and then whether books were sent to this reader's devices, and offer them. */
  readonly inboxOffers: boolean;
  /** Show the covers of a library's books, which a worker fetches. */
  readonly covers: boolean;
  readonly logLevel: LogLevel;
}

export const DEFAULT_PREFERENCES: Preferences = {
  idleCapMinutes: 10,
  turnsPerPush: 50,
  minutesPerPush: 0,
  jumpAhead: "jump",
  jumpBehind: "ask",
  notices: "all",
  lastCall: true,
  connectAtClose: false,
  connectAtSleep: false,
  inboxOffers: true,
  covers: true,
  logLevel: "normal",
};

type Fields = Readonly<Record<string, unknown>>;

function numberOf(value: unknown, most: number, fallback: number): number {
  return typeof value === "number" && value >= 0 && value <= most ? Math.floor(value) : fallback;
}

function oneOf<Choice extends string>(value: unknown, choices: readonly Choice[], fallback: Choice): Choice {
  return choices.find(choice => choice === value) ?? fallback;
}

function flagOf(value: unknown, fallback: boolean): boolean {
  return typeof value === "boolean" ? value : fallback;
}

const JUMPS: readonly JumpPolicy[] = ["jump", "ask", "never"];
const LEVELS: readonly NoticeLevel[] = ["all", "problems", "none"];
const LOG_LEVELS: readonly LogLevel[] = ["errors", "normal", "everything"];

/** Preferences as they stand in a file; what is absent or makes no sense is the default. */
export function preferencesOf(stored: Fields): Preferences {
  const usual = DEFAULT_PREFERENCES;
  return {
    idleCapMinutes: numberOf(stored["idleCapMinutes"], 24 * 60, usual.idleCapMinutes),
    turnsPerPush: numberOf(stored["turnsPerPush"], 10_000, usual.turnsPerPush),
    minutesPerPush: numberOf(stored["minutesPerPush"], 24 * 60, usual.minutesPerPush),
    jumpAhead: oneOf(stored["jumpAhead"], JUMPS, usual.jumpAhead),
    jumpBehind: oneOf(stored["jumpBehind"], JUMPS, usual.jumpBehind),
    notices: oneOf(stored["notices"], LEVELS, usual.notices),
    lastCall: flagOf(stored["lastCall"], usual.lastCall),
    connectAtClose: flagOf(stored["connectAtClose"], usual.connectAtClose),
    connectAtSleep: flagOf(stored["connectAtSleep"], usual.connectAtSleep),
    inboxOffers: flagOf(stored["inboxOffers"], usual.inboxOffers),
    covers: flagOf(stored["covers"], usual.covers),
    logLevel: oneOf(stored["logLevel"], LOG_LEVELS, usual.logLevel),
  };
}
