// Two KOReaders with a data folder each, one after the other, that sync highlights through one real WebDAV server.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { SAMPLE_BOOKS, sampleEpub, type SampleBook } from "../../scripts/sample-books.mjs";
import type { Proxy } from "../support/node/proxy";
import { checkPlaces, type Mark, startCloud, writeBook, writeSyncSettings } from "./cloud";
import type { Act, Props, Scenario, Stage } from "./scenarios";

interface Told {
  readonly marks: readonly Mark[];
  readonly digest: string;
  readonly errors: number;
  readonly before?: readonly Mark[];
  readonly trash?: readonly { readonly text: string }[];
}

/**
 * The book lies elsewhere and is called something else on each. The tablet never had the file that the others marked; that of
 * the phone says neither title nor author of it.
 */
const PLACES = {
  kobo: "books/Mara Lindqvist - The Ferry Keeper.epub",
  kindle: "books/unsorted/ferry.epub",
  tablet: "books/new/The Ferry Keeper (Revised).epub",
  phone: "books/converted.epub",
} as const;
type Device = keyof typeof PLACES;

const ACTS = [
  "kobo_marks",
  "kindle_joins",
  "kindle_edits",
  "kobo_edits",
  "kindle_after",
  "kobo_after",
  "kindle_writes_on",
  "kobo_deletes",
  "kindle_restores",
  "kobo_last",
  "kindle_rewritten",
  "kobo_rewritten",
  "tablet_joins",
  "kobo_hears",
  "phone_joins",
  "phone_says",
  "kobo_parts",
  "phone_after",
  "kobo_listens",
  "kobo_idle",
] as const;
type ActName = (typeof ACTS)[number];

const deviceOf = (act: ActName): Device => act.split("_")[0] as Device;
const bookOf = (folder: string, device: Device): string => path.join(folder, device, PLACES[device]);
const toldBy = (folder: string, act: ActName): string => path.join(folder, `${act}.json`);

function readTold(folder: string, act: ActName): Told {
  return JSON.parse(fs.readFileSync(toldBy(folder, act), "utf8")) as Told;
}

function prepareDevice(folder: string, device: Device, target: string): void {
  const book = bookOf(folder, device);
  writeBook(book, numbered());
  if (device === "tablet") rewrite(book);
  if (device === "phone") convert(book);
  writeSyncSettings(path.join(folder, device), {
    name: device,
    target,
    options: "atClose = false, whenConnected = false",
  });
}

/** As calibre does when its owner corrects a title: the same text in another file of the same name. */
function rewrite(book: string): void {
  const sample = numbered();
  fs.writeFileSync(
    book,
    sampleEpub({ ...sample, title: `${sample.title} (Revised)`, description: "Now with a blurb." }),
  );
}

/** As a converter leaves it that knows nothing of books: the same text, and nothing that says so. */
function convert(book: string): void {
  const [sample] = SAMPLE_BOOKS;
  assert.ok(sample);
  fs.writeFileSync(book, sampleEpub({ ...sample, title: "ferry converted", author: "" }));
}

/** A book as most are: with an identifier, which stays when its metadata is written anew. */
function numbered(): SampleBook {
  const [sample] = SAMPLE_BOOKS;
  assert.ok(sample);
  return { ...sample, identifier: "urn:uuid:0c8fc6cf-b40c-4d5f-a5f1-0120e5e46af7" };
}

function actOf(folder: string, name: ActName): Act {
  const device = deviceOf(name);
  const environment = {
    RIBBON_ACT: name,
    RIBBON_BOOK: bookOf(folder, device),
    RIBBON_TOLD: toldBy(folder, name),
  };
  return { home: device, environment };
}

function show(folder: string): void {
  for (const act of ACTS.filter(name => fs.existsSync(toldBy(folder, name)))) {
    const { marks, errors } = readTold(folder, act);
    const lines = marks.map(({ pageno, color, note }) => `p${pageno} ${color}${note === "" ? "" : ` “${note}”`}`);
    console.log(`  ${act} (${errors} errors): ${lines.join(" · ").replaceAll("\n", "⏎")}`);
  }
}

const on = (told: Told, page: number): Mark | undefined => told.marks.find(({ pageno }) => pageno === page);
const pagesOf = (marks: readonly Mark[]): number[] => marks.map(({ pageno }) => pageno);

function checkStory(folder: string): void {
  const told = Object.fromEntries(ACTS.slice(0, -1).map(act => [act, readTold(folder, act)])) as Record<ActName, Told>;
  for (const act of ACTS.slice(0, -1)) {
    assert.equal(told[act].errors, 0);
    checkPlaces(told[act].marks, act);
  }
  assert.deepEqual(
    told.kindle_joins.marks,
    told.kobo_marks.marks,
    "what was marked on one is on the other, at its place",
  );

  assert.deepEqual(told.kobo_after.marks, told.kindle_after.marks, "both have the same after both edited");
  const { color, note } = on(told.kobo_after, 2) ?? {};
  assert.deepEqual({ color, note }, { color: "red", note: "a word about it" });
  for (const device of ["Kobo", "Kindle"])
    assert.ok(
      on(told.kobo_after, 5)?.note.includes(`what the ${device} made of it`) === true,
      `the note of the ${device}`,
    );
  assert.deepEqual(pagesOf(told.kobo_after.marks), [2, 3, 4, 5, 6, 7]);

  assert.deepEqual(pagesOf(told.kobo_deletes.marks), [2, 4, 5, 7]);
  assert.deepEqual(
    pagesOf(told.kindle_restores.before ?? []),
    [2, 4, 5, 6, 7],
    "deleted there is gone; edited here stays",
  );
  assert.deepEqual(
    told.kindle_restores.trash?.map(({ text }) => text),
    [on(told.kobo_marks, 3)?.text],
  );
  assert.deepEqual(pagesOf(told.kindle_restores.marks), [2, 3, 4, 5, 6, 7]);
  assert.deepEqual(told.kobo_last.marks, told.kindle_restores.marks, "restored on both");
  assert.equal(on(told.kobo_last, 6)?.note, "this one has to stay");

  assert.deepEqual(pagesOf(told.kindle_rewritten.marks), [2, 3, 4, 5, 6, 7, 8]);
  assert.equal(told.kindle_rewritten.digest, told.kobo_marks.digest, "the sidecar's digest is the old one");
  assert.deepEqual(told.kobo_rewritten.marks, told.kindle_rewritten.marks);
  assert.notEqual(told.tablet_joins.digest, told.kobo_marks.digest, "the tablet has another file only");
  assert.deepEqual(told.tablet_joins.marks, told.kobo_rewritten.marks, "and all that was marked in the first");
  assert.deepEqual(told.kobo_hears.marks, told.kobo_rewritten.marks, "which changes nothing elsewhere");

  assert.deepEqual(pagesOf(told.phone_joins.marks), [9], "nothing says that it is the same book");
  assert.deepEqual(pagesOf(told.phone_says.marks), [2, 3, 4, 5, 6, 7, 8, 9], "but the reader");
  assert.deepEqual(told.phone_says.marks.slice(0, -1), told.kobo_hears.marks);
  assert.deepEqual(told.kobo_parts.before, told.phone_says.marks, "and it is one book elsewhere, too");
  assert.deepEqual(told.kobo_parts.marks, told.kobo_hears.marks, "until they are parted");
  assert.deepEqual(told.phone_after.marks, told.phone_joins.marks);
  assert.deepEqual(told.kobo_listens.marks, told.kobo_hears.marks);
}

/** What each act asked of the server, as the server saw it. */
function recordRequests(proxy: Proxy, requests: Map<ActName, string[]>): (index: number) => void {
  return index => {
    const act = ACTS[index];
    if (act !== undefined)
      requests.set(
        act,
        proxy.taken().map(what => what.split(" ")[0] ?? ""),
      );
  };
}

async function begin({ folder }: Stage, name: string): Promise<Props> {
  const cloud = await startCloud(folder, name);
  for (const device of Object.keys(PLACES) as Device[]) prepareDevice(folder, device, cloud.target);
  const requests = new Map<ActName, string[]>();
  const record = recordRequests(cloud.proxy, requests);
  const between = (index: number) => {
    record(index);
    if (ACTS[index] === "kobo_last") rewrite(bookOf(folder, "kindle"));
    if (ACTS[index] === "kobo_idle") assert.deepEqual(requests.get("kobo_idle"), ["PROPFIND"], "nothing changed");
  };
  const close = async () => {
    show(folder);
    for (const [act, asked] of requests) console.log(`  ${act}: ${asked.length} requests: ${asked.join(" ")}`);
    await cloud.close();
  };
  return { environment: {}, acts: ACTS.map(act => actOf(folder, act)), between, close };
}

export const twoDevices: readonly Scenario[] = ["apache basic", "rclone"].map(name => ({
  promise: `what two readers do to the highlights of a book is on both, through ${name}`,
  script: "two-devices.lua",
  name: `two-devices.${name.split(" ")[0] ?? name}`,
  isSetUp: false,
  before: stage => begin(stage, name),
  after: ({ folder }) => {
    checkStory(folder);
  },
}));
