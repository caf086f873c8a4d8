// What a reader does to a sidecar inside KOReader, and what follows from it for everybody.
import {
  getTable,
  getText,
  listItems,
  listOf,
  tableOf,
  withKey,
  EMPTY,
  type DataTable,
  type LuaValue,
} from "../../../../src/core/sdr/lua-value";
import { viewOf } from "../../../../src/core/sdr/annotation-item";
import { uidOf } from "../../../../src/core/sdr/diff";
import { sha256, type Device } from "./device";

/** One edit to one annotation, as the reader meant it. */
export interface Edit {
  readonly id: number;
  readonly book: string;
  readonly uids: readonly string[];
  readonly kind: "create" | "note" | "colour" | "move" | "delete" | "restore";
  readonly value: string;
  readonly device: string;
  /** The other edits that the device knew then. */
  readonly known: ReadonlySet<number>;
  stamp: string;
}

export interface StatusEdit {
  readonly id: number;
  readonly book: string;
  readonly value: string;
  readonly known: ReadonlySet<number>;
  stamp: string;
}

export type Act =
  | { readonly act: "highlight"; readonly at: number }
  | { readonly act: "bookmark"; readonly at: number }
  | { readonly act: "note" | "colour" | "move" | "delete" | "status"; readonly at: number };

const STATUSES = ["reading", "complete", "abandoned"];

export function freshSidecar(items: readonly LuaValue[] = []): DataTable {
  return tableOf({
    annotations: listOf(items),
    cre_dom_version: 20240114,
    doc_path: "/books/a.epub",
    last_xpointer: "/body/p[1]",
    partial_md5_checksum: "0123456789abcdef0123456789abcdef",
    copt_font_size: 22.5,
  });
}

export function itemsOf(data: DataTable): DataTable[] {
  return listItems(getTable(data, "annotations")) as DataTable[];
}

export function highlight(datetime: string, at: number, note?: string): DataTable {
  const start = `/body/DocFragment[1]/p[${at}]/text().0`;
  return tableOf({
    datetime,
    drawer: "lighten",
    color: "yellow",
    text: `text \\${at}\n"q"`,
    chapter: "One",
    page: start,
    pos0: start,
    pos1: `/body/DocFragment[1]/p[${at}]/text().9`,
    pageno: at,
    note,
  });
}

function bookmark(datetime: string, at: number): DataTable {
  return tableOf({ datetime, page: `/body/DocFragment[1]/p[${at}]/text().0`, text: "in One", pageno: at });
}

/** What KOReader does when it opens a book with its engine for xpointers after the other one had it: the parked list comes back. */
function asRolling(data: DataTable): DataTable {
  const parked = getTable(data, "annotations_rolling");
  if (parked === undefined) return data;
  const swapped = withKey(withKey(data, "annotations", parked), "annotations_rolling", undefined);
  return withKey(withKey(swapped, "last_page", undefined), "last_xpointer", "/body/p[1]");
}

/** A session of KOReader on one book: opened, edited, closed, with the events that KOReader sends. */
export class Sitting {
  readonly edits: Edit[] = [];
  readonly statuses: StatusEdit[] = [];
  private readonly removed: string[] = [];

  constructor(
    private readonly device: Device,
    private readonly book: string,
    private readonly nextId: () => number,
    private readonly datetime: () => string,
  ) {
    const data = device.data(book);
    if (data !== undefined) device.write(book, asRolling(data));
    device.open(book, "session");
  }

  do(acts: readonly Act[]): void {
    const before = this.status();
    for (const each of acts) this.act(each);
    // A status that was changed and changed back between two looks was not changed.
    this.statuses.splice(0, this.statuses.length - (this.status() === before ? 0 : 1));
    this.device.look(this.book, { kind: "live", session: "session", removed: this.removed });
    for (const edit of [...this.edits, ...this.statuses]) edit.stamp = this.device.hlc + this.device.id;
  }

  private note(kind: Edit["kind"], uids: readonly string[], value: string): void {
    const { device, book } = this;
    const id = this.nextId();
    this.edits.push({ id, book, uids, kind, value, device: device.id, known: new Set(device.known), stamp: "" });
    device.known.add(id);
  }

  private act({ act, at }: Act): void {
    const data = this.device.data(this.book);
    if (data === undefined) return;
    const items = itemsOf(data);
    if (act === "status") this.setStatus(data, at);
    else if (act === "highlight" || act === "bookmark") this.create(data, items, act, at);
    else if (items.length > 0) this.change(data, items, act, at % items.length);
  }

  private status(): string | undefined {
    return getText(getTable(this.device.data(this.book), "summary"), "status");
  }

  private setStatus(data: DataTable, at: number): void {
    const value = STATUSES[at % 3] ?? "reading";
    const summary = getTable(data, "summary") ?? EMPTY;
    if (getText(summary, "status") === value) return;
    this.device.write(this.book, withKey(data, "summary", withKey(summary, "status", value)));
    const id = this.nextId();
    this.statuses.push({ id, book: this.book, value, known: new Set(this.device.known), stamp: "" });
    this.device.known.add(id);
  }

  private create(data: DataTable, items: DataTable[], act: "highlight" | "bookmark", at: number): void {
    const item = act === "highlight" ? highlight(this.datetime(), at % 5) : bookmark(this.datetime(), at % 3);
    this.save(data, [...items, item]);
    this.note("create", [uidOf(viewOf(item, {})?.key ?? "", sha256)], act);
  }

  /** The annotations that an item of the list stands for; none if it was made in this very session. */
  private uidsOf(item: DataTable): string[] {
    const key = viewOf(item, {})?.key;
    const shadow = Object.values(this.device.book(this.book).shadow?.annotations ?? {}).find(each => each.key === key);
    return Object.keys(shadow?.seen ?? {});
  }

  private change(data: DataTable, items: DataTable[], act: "note" | "colour" | "move" | "delete", index: number): void {
    const item = items[index] ?? EMPTY;
    const uids = this.uidsOf(item);
    const isMark = getText(item, "drawer") !== undefined;
    if (uids.length === 0 || (!isMark && act !== "delete" && act !== "note")) return;
    const isEdited = this.edits.some(edit => edit.uids.some(uid => uids.includes(uid)));
    // What was edited and deleted between two looks was only deleted.
    if (isEdited && act === "delete") return;
    if (act === "delete") {
      this.removed.push(viewOf(item, {})?.key ?? "");
      this.save(
        data,
        items.filter(each => each !== item),
      );
      this.note("delete", uids, "");
      return;
    }
    const word = `word ${this.edits.length}${this.device.id}${this.nextId()}`;
    const end = `/body/DocFragment[1]/p[9]/text().${this.nextId()}`;
    const change = { note: ["note", word], colour: ["color", word], move: ["pos1", end] }[act];
    const changed = withKey(item, change[0] ?? "", change[1] ?? "");
    // A moved highlight is known by its new place from now on: no second change to it in this session.
    if (act === "move" && isEdited) return;
    this.save(
      data,
      items.map(each => (each === item ? changed : each)),
    );
    this.note(act, uids, change[1] ?? "");
  }

  private save(data: DataTable, items: readonly DataTable[]): void {
    this.device.write(this.book, withKey(data, "annotations", listOf(items)));
  }
}
