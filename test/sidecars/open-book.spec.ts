import { describe, equal, it, ok, same } from "../support/spec";
import { put } from "../support/lua/sidecar-device";
import { closeBook, highlight, newReader, openBook, type Probe, removeHighlight } from "../support/lua/sidecar-reader";
import { reader } from "../reader/apps/reader-ui";
import { partialMD5 } from "../reader/data/partial-md5";
import { annotationEdits } from "../../src/koreader/sidecars/differences";
import { fromNative } from "../../src/koreader/sidecars/native";
import { KoOpenBook } from "../../src/koreader/sidecars/open-book";
import {
  type DataTable,
  get,
  getTable,
  getText,
  listItems,
  listOf,
  tableOf,
  withKey,
} from "../../src/core/sdr/lua-value";
import type { AnnotationEdit, Origin } from "../../src/ports/open-sidecar";

const DOM = 20240114;
const at = (page: number): string => `/body/DocFragment[1]/body/p[${page}]/text().0`;

/** A highlight as another device has it. */
function mark(page: number, text: string, fields: Record<string, string> = {}): DataTable {
  const pos1 = `/body/DocFragment[1]/body/p[${page}]/text().${string.len(text)}`;
  const datetime = `2026-01-01 10:00:${page}`;
  return tableOf({ datetime, drawer: "lighten", color: "red", text, page: at(page), pos0: at(page), pos1, ...fields });
}

/** The plugin's part in a spec: changes a book that opens, and keeps the one that is open. */
class Plugin implements Probe {
  book: KoOpenBook | undefined;
  readonly heard: string[] = [];

  onDocSettingsLoad(ui: KOReader.Ui, settings: KOReader.DocSettings, document: KOReader.Document): void {
    this.book = new KoOpenBook(ui, document, settings, "opening-1");
  }

  onReaderReady(): void {}

  onAnnotationsModified(items: KOReader.AnnotationsModified): void {
    const key = this.book?.heard(items);
    if (key !== undefined) this.heard.push(key);
  }

  onCloseDocument(): void {}

  opened(): KoOpenBook {
    return this.book ?? error("no book is open");
  }
}

interface Stage {
  readonly plugin: Plugin;
  readonly file: string;
  readonly digest: string;
}

/** A book that was closed with one highlight is opened again. */
function open(): Stage {
  let plugin = new Plugin();
  const probe: Probe = {
    onDocSettingsLoad: (ui, settings, document) => plugin.onDocSettingsLoad(ui, settings, document),
    onReaderReady: () => plugin.onReaderReady(),
    onAnnotationsModified: items => plugin.onAnnotationsModified(items),
    onCloseDocument: () => {},
  };
  const file = `${newReader(probe)}/a.txt`;
  put(file, "a text");
  const digest = partialMD5(file) ?? error("no digest");
  openBook(file);
  highlight("ours");
  closeBook();
  plugin = new Plugin();
  openBook(file);
  return { plugin, file, digest };
}

const add = (item: DataTable): AnnotationEdit => ({ kind: "add", item });
const OTHER: Origin = { md5: string.rep("0", 32), dom: DOM };

/** The sidecar with more annotations, at the end of the list. */
function withItems(data: DataTable, items: readonly DataTable[]): DataTable {
  return withKey(data, "annotations", listOf(listItems(getTable(data, "annotations")).concat(items)));
}

/** Texts in the order of the list. */
const shown = (): string[] => reader.instance?.annotation.annotations.map(({ text }) => text ?? "") ?? [];
const live = (text: string): KOReader.Annotation =>
  reader.instance?.annotation.annotations.find(item => item.text === text) ?? error(`no ${text}`);

/** The highlight that the reader made, as this device showed it. */
function ours(): DataTable {
  const item = fromNative(live("ours"));
  return typeof item === "object" ? item : error("no item");
}

describe("a book on screen", () => {
  it("takes annotations in at their places, with the times at which they were made", () => {
    const { plugin } = open();
    const book = plugin.opened();
    const note = mark(3, "noted", { note: "of the other device" });
    const result = book.apply(annotationEdits(book.data(), withItems(book.data(), [mark(8, "last"), note])));
    same([result.added, result.changed, result.removed, result.left.length], [2, 0, 0, 0]);
    same(shown(), ["ours", "noted", "last"]);
    equal(live("noted").datetime, "2026-01-01 10:00:3");
    equal(live("noted").datetime_updated, undefined);
    equal(live("noted").pageno, 3);
  });

  it("does not show an annotation twice", () => {
    const { plugin } = open();
    const { left, there } = plugin.opened().apply([add(mark(5, "a")), add(mark(5, "a"))]);
    same([left.length, there.length], [0, 1]);
    same(shown(), ["ours", "a"]);
  });

  it("knows what is not in it, and does not take it", () => {
    const { plugin, digest } = open();
    const book = plugin.opened();
    const beyond = mark(4000, "nowhere");
    ok(book.holds(mark(5, "a"), { md5: digest, dom: DOM }));
    ok(!book.holds(beyond, { md5: digest, dom: DOM }));
    ok(!book.holds(mark(5, "the text of another file"), OTHER));
    equal(book.apply([add(beyond)]).left.length, 1);
    same(shown(), ["ours"]);
  });

  it("changes what the reader left as it was, in place", () => {
    const { plugin } = open();
    const before = ours();
    const item = tableOf({ ...record(before), color: "blue", note: "now with a note" });
    const result = plugin.opened().apply([{ kind: "change", before, item }]);
    equal(result.changed, 1);
    equal(live("ours").note, "now with a note");
    equal(live("ours").color, "blue");
    equal(live("ours").datetime_updated, undefined);
    equal(plugin.opened().apply([{ kind: "change", before, item }]).left.length, 1);
  });

  it("moves one whose ends another device moved", () => {
    const { plugin } = open();
    const book = plugin.opened();
    book.apply([add(mark(5, "a"))]);
    const before = ours();
    const place = mark(9, "ours", { datetime: getText(before, "datetime") ?? "" });
    const result = book.apply([{ kind: "change", before, item: tableOf({ ...record(before), ...record(place) }) }]);
    equal(result.changed, 1);
    same(shown(), ["a", "ours"]);
    same(book.removed(), []);
  });

  it("leaves alone what the reader changed meanwhile", () => {
    const { plugin } = open();
    const before = ours();
    live("ours").note = "mine";
    const item = tableOf({ ...record(before), note: "theirs" });
    const edits: AnnotationEdit[] = [
      { kind: "change", before, item },
      { kind: "remove", before },
    ];
    equal(plugin.opened().apply(edits).left.length, 2);
    equal(live("ours").note, "mine");
  });

  it("takes out what another device deleted, and does not take that for the reader's doing", () => {
    const { plugin } = open();
    equal(plugin.opened().apply([{ kind: "remove", before: ours() }]).removed, 1);
    same(shown(), []);
    same(plugin.opened().removed(), []);
  });

  it("hears what the reader deletes, not what becomes a note", () => {
    const { plugin } = open();
    const item = live("ours");
    reader.instance?.handleEvent({ handler: "onAnnotationsModified", args: noteEvent(item) });
    same(plugin.heard, []);
    removeHighlight("ours");
    equal(plugin.heard.length, 1);
    same(plugin.opened().removed(), plugin.heard);
    ok((plugin.heard[0] ?? "").includes(item.datetime));
  });

  it("shows its data with the live list", () => {
    const { plugin } = open();
    highlight("just now");
    const texts = listItems(getTable(plugin.opened().data(), "annotations")).map(item => get(item, "text"));
    same(texts, shown());
    closeBook();
  });

  it("is not free while a dialog is open or a text is selected", () => {
    const { plugin } = open();
    equal(plugin.opened().isFree(), true);
    const ui = reader.instance as unknown as KOReader.Ui;
    ui.highlight = { hold_pos: {} };
    equal(plugin.opened().isFree(), false);
    ui.highlight = {};
    equal(plugin.opened().isFree(), true);
  });
});

function record(table: DataTable): Record<string, string> {
  const fields: Record<string, string> = {};
  table.keys.forEach((key, index) => (fields[tostring(key)] = table.values[index] as string));
  return fields;
}

/** What KOReader sends when a highlight becomes a note. */
function noteEvent(item: KOReader.Annotation): KOReader.EventArguments {
  const items = Object.assign([item], { nb_highlights_added: -1, nb_notes_added: 1 });
  return table.pack(items) as unknown as KOReader.EventArguments;
}
