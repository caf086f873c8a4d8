/** KOReader's event loop. */
import { isFake, monotonic, moveTo, timeAsleep } from "../system/clock";
import { timed } from "../system/journal";
import { libc } from "../system/libc";
import { logger } from "../system/logger";
import { newEvent } from "./events";
import * as tasks from "./tasks";
import * as windows from "./windows";

/** More rounds than this in one turn: tasks schedule themselves at once, and input would never be read. */
const MOST_ROUNDS = 20_000;
const RESTART = 85;

let exitCode: number | undefined;
let standbyHolds = 0;
let heldBefore = 0;
let now = 0;
let repaints = 0;

/** What a device does when it is told to sleep, or asked to restart. */
export const powerActions = {
  suspend: (): void => {},
  askForRestart: (_text?: string): void => {},
};

const fts = (microseconds: number): KOReader.Fts => microseconds as KOReader.Fts;

export const uiManager: KOReader.UIManager = {
  show(widget) {
    windows.push(widget as windows.Window);
    windows.announce(widget as windows.Window, "Show");
  },
  close(widget) {
    windows.announce(widget as windows.Window, "FlushSettings");
    windows.announce(widget as windows.Window, "CloseWidget");
    windows.remove(widget);
  },
  isWidgetShown: widget => windows.isShown(widget),
  getTopmostVisibleWidget: () =>
    windows
      .shown()
      .slice()
      .reverse()
      .find(window => window.invisible !== true),
  scheduleIn(seconds, action, ...args) {
    if (seconds < 0) error("Only positive seconds allowed");
    tasks.schedule(monotonic() + seconds * 1e6, action, ...args);
  },
  nextTick(action, ...args) {
    tasks.schedule(monotonic(), action, ...args);
  },
  tickAfterNext(action, ...args) {
    const wrapper: KOReader.Task = () => tasks.schedule(monotonic(), action, ...args);
    tasks.schedule(monotonic(), wrapper);
    return wrapper;
  },
  unschedule: action => tasks.unschedule(action),
  getTime: () => fts(now),
  getElapsedTimeSinceBoot: () => fts(now + timeAsleep()),
  broadcastEvent: event => windows.broadcast(event),
  sendEvent: event => windows.send(event),
  setDirty: () => {},
  forceRePaint() {
    repaints += 1;
  },
  preventStandby() {
    standbyHolds += 1;
  },
  allowStandby() {
    if (standbyHolds === 0)
      error("allowing standby that isn't prevented; you have an allow/prevent mismatch somewhere");
    standbyHolds -= 1;
  },
  flushSettings() {
    windows.broadcast(newEvent("FlushSettings"));
  },
  suspend() {
    uiManager.nextTick(tasks.ours(() => powerActions.suspend()));
  },
  askForRestart(text) {
    uiManager.nextTick(tasks.ours(() => powerActions.askForRestart(text)));
  },
  restartKOReader: () => uiManager.quit(RESTART),
  quit(code) {
    exitCode = code ?? exitCode ?? 0;
    tasks.clearTasks();
    windows.clearWindows();
  },
};

/** Why the loop ended; nothing while it runs. */
export const exited = (): number | undefined => exitCode;

/** What holds off standby now. */
export const standby = (): number => standbyHolds;

function runDueTasks(): void {
  now = monotonic();
  tasks.takeChanged();
  let due = tasks.takeDue(now);
  while (due !== undefined) {
    const { action, args } = due;
    const run = (): void =>
      (action as (...values: unknown[]) => void)(...table.unpack(args as unknown as unknown[], 1, args.n));
    if (tasks.isOurs(action)) run();
    else timed("task", run);
    due = tasks.takeDue(now);
  }
}

/** Tells of the edges of the standby counter, once a turn. */
function standbyTransition(): void {
  const before = heldBefore;
  heldBefore = standbyHolds;
  if (before === 0 && standbyHolds > 0) windows.broadcast(newEvent("PreventStandby"));
  if (before > 0 && standbyHolds === 0) windows.broadcast(newEvent("AllowStandby"));
}

/** One turn of the loop: everything that is due, until it rests. */
export function turnLoop(): void {
  for (const round of $range(1, MOST_ROUNDS)) {
    runDueTasks();
    if (exitCode === undefined && windows.shown().length === 0) {
      logger.info("UIManager: No dialogs left to show");
      uiManager.quit();
    }
    repaints += 1;
    if (exitCode !== undefined || !tasks.takeChanged()) return standbyTransition();
    if (round === MOST_ROUNDS) error("the loop never rests: a task schedules itself at once");
  }
}

const sleepUntil = (time: number): void => {
  libc.poll(undefined, 0, Math.max(Math.ceil((time - monotonic()) / 1000), 0));
};

/** Lets time pass, fake or real, and runs what becomes due. */
export function runFor(seconds: number): void {
  const end = monotonic() + seconds * 1e6;
  turnLoop();
  while (exitCode === undefined) {
    const next = Math.min(tasks.nextDeadline() ?? end, end);
    if (isFake()) moveTo(next);
    else sleepUntil(next);
    turnLoop();
    if (next >= end) return;
  }
}
