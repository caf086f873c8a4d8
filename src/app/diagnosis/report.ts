import { without } from "../../core/diagnosis/known";
import { redactLines } from "../../core/diagnosis/redact";
import { deviceFacts } from "../../koreader/device-facts";
import { DiagnosisStore } from "../../koreader/store/diagnosis-store";
import { SHAPE } from "../../koreader/store/shape";
import { store as openStore } from "../../koreader/store/open";
import { part } from "../../parts";
import type { Runtime } from "../runtime";
import { choiceLines } from "./choice-lines";
import { deviceLines } from "./device-lines";
import { highlightLines } from "./highlight-lines";
import { type Line, section, stamp } from "./lines";
import { readersOwn } from "./readers-own";
import { serverLines } from "./server-lines";
import { timingLines } from "./timing-lines";

const LOG_BYTES = 8 * 1024;
const MOST_TITLES = 20;
const NOTHING_OF_YOURS = "No key, password, address, name, path or title of a book is in here.";
const TITLES_TOO = "No key, password, address, name or path is in here; titles of books are, as you chose.";

/** All that helps to find out what is wrong, in English: see `Upkeep.report`. */
export function report(runtime: Runtime, withTitles: boolean): string {
  const store = new DiagnosisStore(openStore());
  const { sqlite } = store.versions();
  return [
    `Ribbon's diagnostics, ${stamp(runtime.clock.epoch())}\n${withTitles ? TITLES_TOO : NOTHING_OF_YOURS}\n`,
    section("Device", deviceLines(deviceFacts(), runtime.clock, sqlite)),
    section("Settings", choiceLines(runtime.settings)),
    section("Servers", serverLines(runtime, store)),
    section("Store", storeLines(runtime, store)),
    section("Highlights sync", highlightLines(runtime)),
    section("Timings", timingLines()),
    withTitles ? section("Books of which something waits", store.waitingTitles(MOST_TITLES)) : "",
    section(`Log (${runtime.settings.preferences().logLevel})`, logLines(runtime, store)),
  ].join("");
}

function storeLines(runtime: Runtime, store: DiagnosisStore): Line[] {
  const { shape } = store.versions();
  const counted = (groups: { readonly what: string; readonly count: number }[]): string =>
    groups.length === 0 ? "none" : groups.map(({ what, count }) => `${count} ${what}`).join(", ");
  return [
    `shape: ${shape} of ${SHAPE}, room for ${runtime.outbox.room() === "none" ? "nothing" : "more"}`,
    `books: ${store.rows("book")}, matched: ${store.rows("link")}, looked for in vain: ${store.rows("miss")}`,
    `refused or tried in vain: ${counted(store.parkedReasons())}`,
    `downloads: ${counted(store.downloads())}, inbox to be told: ${store.rows("receipt")}`,
    `recording: ${runtime.isRecording ? "on" : "paused"}, a sitting on disk: ${store.rows("open_session")}`,
  ];
}

/** Masked when it was written, and again: by what an older Ribbon did not take out, and by what this reader's things are called. */
function logLines(runtime: Runtime, store: DiagnosisStore): Line[] {
  const text = part("koreader/log-file").tail(LOG_BYTES);
  if (text === "") return ["empty"];
  const clean = without(redactLines(text), readersOwn(runtime.settings, store));
  return clean.split("\n").filter(line => line !== "");
}
