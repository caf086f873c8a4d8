/** The verbs of the driver protocol, by name. */
import { browser } from "../apps/file-manager";
import { perform } from "../apps/dispatcher";
import { rapidjson } from "../data/rapidjson";
import { setPages } from "../documents/open-document";
import { radio } from "../device/radio";
import { waitingTasks } from "../loop/tasks";
import { runFor, standby, turnLoop } from "../loop/ui-manager";
import { setWall, wall } from "../system/clock";
import * as journal from "../system/journal";
import { setSecondsPerJob } from "../system/virtual-worker";
import * as books from "./books";
import { mishap } from "./mishap";
import * as power from "./power";
import * as touch from "./touch";

/** Arguments come from JSON: their types are the caller's promise. */
type Verb = (this: void, ...args: never[]) => unknown;

/** Runs Lua inside the reader, for what no hand can see. */
function run(code: string): unknown {
  const [chunk, problem] = load(code, "=hand");
  return chunk === undefined ? mishap(problem ?? "no chunk") : (chunk() as unknown);
}

/** In KiB, after two collections. */
function heap(): number {
  collectgarbage("collect");
  collectgarbage("collect");
  return collectgarbage("count");
}

function holdFile(file: string): void {
  (browser.instance ?? mishap("a book is open")).showFileDialog(file);
  turnLoop();
}

/** A list stays one in JSON, also when it is empty. */
const list = (take: () => unknown[]) => (): unknown[] => rapidjson.array(take());

const VERBS: Record<string, Verb> = {
  openBook: books.openBook,
  closeBook: books.closeBook,
  switchBook: books.switchBook,
  reloadBook: books.reloadBook,
  position: books.position,
  judge: books.judge,
  highlight: books.highlight,
  editNote: books.editNote,
  removeHighlight: books.removeHighlight,
  turn: (pages = 1, secondsEach = 0) => touch.turn(pages, secondsEach),
  gotoPage: (page: number) => touch.sendToBook("GotoPage", page),
  gotoXPointer: (xpointer: string) => touch.sendToBook("GotoXPointer", xpointer),
  tapMenu: touch.tapMenu,
  tap: touch.tap,
  hold: touch.hold,
  back: touch.back,
  typeInto: touch.typeInto,
  screen: list(touch.screenTexts),
  holdFile,
  perform: (id: string) => (perform(id) ? turnLoop() : mishap(`no action is called ${id}`)),
  closeLid: power.closeLid,
  openLid: power.openLid,
  loseWifi: power.loseWifi,
  regainWifi: power.regainWifi,
  turnWifiOff: power.turnWifiOff,
  turnWifiOn: power.turnWifiOn,
  secondsToConnect: (seconds: number) => radio.setSecondsToConnect(seconds),
  exit: power.exit,
  restart: power.restart,
  powerOff: power.powerOff,
  advance: runFor,
  wait: runFor,
  settle: turnLoop,
  now: () => Math.floor(wall() / 1e6),
  setClock: (seconds: number) => setWall(seconds),
  secondsPerJob: (seconds: number) => setSecondsPerJob(seconds),
  pages: (pages: number) => setPages(pages),
  run,
  heap,
  events: list(journal.takeEvents),
  violations: list(journal.takeViolations),
  problems: list(journal.takeProblems),
  holds: list(journal.takeHolds),
  waiting: () => ({ tasks: waitingTasks(), standbyHolds: standby() }),
};

/** What can be asked of a device whose lid is closed. */
const ASLEEP = ["openLid", "events", "violations", "problems", "holds", "now", "run", "heap", "waiting", "setClock"];

export function obey(name: string, args: unknown[]): unknown {
  const verb = VERBS[name] ?? mishap(`no verb is called ${name}`);
  if (power.asleep() && !ASLEEP.includes(name)) mishap("the lid is closed");
  journal.beginVerb(name);
  return (verb as (...values: unknown[]) => unknown)(...args);
}
