// Two devices whose books are open while highlights and places come and go: at sleep, by a tap, with a server that is silent.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import type { Figure } from "../bench/section";
import { checkPlaces, type Mark, startCloud, writeBook, writeSyncSettings } from "./cloud";
import type { Act, Props, Scenario, Stage } from "./scenarios";

interface Told {
  readonly marks: readonly Mark[];
  readonly page: number;
  /** What NetworkDisconnecting took, and what the folder had before and after it. */
  readonly lastCall?: { readonly ms: number; readonly before: number; readonly after: number };
}

const BOOK = "books/Mara Lindqvist - The Ferry Keeper.epub";
const ACTS = [
  "kobo_sleeps",
  "kindle_joins",
  "kobo_silent",
  "kobo_goes_on",
  "kindle_shows",
  "kindle_takes_back",
  "kobo_hears",
] as const;
type ActName = (typeof ACTS)[number];

const deviceOf = (act: ActName): string => act.split("_")[0] ?? act;
const toldBy = (folder: string, act: ActName): string => path.join(folder, `${act}.json`);
const readTold = (folder: string, act: ActName): Told =>
  JSON.parse(fs.readFileSync(toldBy(folder, act), "utf8")) as Told;

const figures: Figure[] = [];

/** `koreader_last_call_ms.sdr_<server>`; empty when no such scenario was played. */
export const measuredLastCalls = (): readonly Figure[] => figures;

/** A Kobo that syncs at sleep and by a tap only, and a Kindle whose reader is asked about places. */
function prepareDevices(folder: string, target: string): void {
  for (const name of ["kobo", "kindle"]) {
    const home = path.join(folder, name);
    writeBook(path.join(home, BOOK));
    const options = `atClose = false, whenConnected = false, atSleep = ${String(name === "kobo")}`;
    const more = 'preferences = { jumpAhead = "ask", jumpBehind = "ask" }';
    writeSyncSettings(home, { name, target, options, more });
  }
}

function actOf(folder: string, files: string, act: ActName): Act {
  const environment = {
    RIBBON_ACT: act,
    RIBBON_BOOK: path.join(folder, deviceOf(act), BOOK),
    RIBBON_TOLD: toldBy(folder, act),
    RIBBON_CLOUD: path.join(files, "Ribbon"),
    RIBBON_SILENT: path.join(folder, "silent"),
  };
  return { home: deviceOf(act), environment };
}

const pagesOf = ({ marks }: Told): number[] => marks.map(({ pageno }) => pageno);

function checkStory(folder: string): void {
  const told = Object.fromEntries(ACTS.map(act => [act, readTold(folder, act)])) as Record<ActName, Told>;
  for (const act of ACTS) checkPlaces(told[act].marks, act);
  const { kobo_sleeps, kobo_silent } = told;
  assert.equal(kobo_sleeps.lastCall?.after, (kobo_sleeps.lastCall?.before ?? 0) + 1, "it went out before the sleep");
  assert.equal(kobo_silent.lastCall?.after, kobo_silent.lastCall?.before, "nobody took it");
  assert.deepEqual(pagesOf(told.kindle_joins), [3, 5]);
  assert.equal(told.kindle_joins.page, 6, "where the Kobo fell asleep");
  assert.deepEqual(pagesOf(told.kindle_shows), [5, 8, 9], "put into the book on screen");
  assert.deepEqual(pagesOf(told.kindle_takes_back), [3, 5, 8, 9]);
  assert.deepEqual(told.kobo_hears.marks, told.kindle_takes_back.marks);
  figures.push(
    { name: "koreader_last_call_ms.sdr_healthy", value: kobo_sleeps.lastCall?.ms ?? NaN, goal: "≤ 2000" },
    { name: "koreader_last_call_ms.sdr_silent", value: kobo_silent.lastCall?.ms ?? NaN, goal: "≤ 2000" },
  );
}

async function begin({ folder }: Stage): Promise<Props> {
  const { proxy, target, files, close } = await startCloud(folder, "apache basic");
  prepareDevices(folder, target);
  // The script says when.
  proxy.fail(() => (fs.existsSync(path.join(folder, "silent")) ? { kind: "silence" } : undefined));
  const between = (index: number) => {
    const unanswered = proxy.exchanges.filter(({ fault }) => fault !== undefined).length;
    assert.equal(unanswered > 0, ACTS[index] === "kobo_silent", "who waited for an answer");
    console.log(`  ${ACTS[index] ?? ""}: ${proxy.taken().join(" ")}`);
  };
  return { environment: {}, acts: ACTS.map(act => actOf(folder, files, act)), between, close };
}

export const openBooks: readonly Scenario[] = [
  {
    promise: "highlights and places reach and leave a book that stays open, and no server holds a device's sleep",
    script: "open-books.lua",
    isSetUp: false,
    before: begin,
    after: ({ folder }) => {
      checkStory(folder);
    },
  },
];
