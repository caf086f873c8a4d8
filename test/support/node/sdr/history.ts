// Random histories of a household, and what must hold at their end.
import fc from "../fast-check";
import { isAlive, seenOf } from "../../../../src/core/sdr/book-state";
import { positionText } from "../../../../src/core/sdr/annotation-item";
import { jsonText, sameValue } from "../../../../src/core/sdr/json-text";
import { getText, listOf, withKey, tableOf, type DataTable } from "../../../../src/core/sdr/lua-value";
import { shownAnnotations, shownField, type Shown } from "../../../../src/core/sdr/shown";
import { isBaseline, stampHlc, type DeviceId, type Stamp } from "../../../../src/core/sdr/stamp";
import { putBack, restore, trashOf } from "../../../../src/core/sdr/trash";
import { isCovered, type VersionVector } from "../../../../src/core/sdr/version-vector";
import { Cloud } from "./cloud";
import { Device, Weather, type Knowledge } from "./device";
import { freshSidecar, highlight, itemsOf, Sitting, type Act, type Edit, type StatusEdit } from "./reader";

export type Command = { readonly device: number; readonly book: number } & (
  | { readonly do: "read"; readonly acts: readonly Act[] }
  | { readonly do: "sync"; readonly faults: readonly number[]; readonly crashes: boolean }
  | { readonly do: "harm"; readonly how: "older" | "reset" | "empty" | "swap" | "shorter" }
  | { readonly do: "restore"; readonly at: number }
);

export interface History {
  /** For each device how far its clock is off, in hours, and how many of the first sidecar's highlights it has copies of. */
  readonly devices: readonly { readonly skew: number; readonly copies: number }[];
  readonly commands: readonly Command[];
}

const act: fc.Arbitrary<Act> = fc.record({
  act: fc.constantFrom("highlight", "highlight", "bookmark", "note", "note", "colour", "move", "delete", "status"),
  at: fc.nat(8),
});
const where = { device: fc.nat(4), book: fc.nat(1) };
const fault = fc.oneof(
  { weight: 7, arbitrary: fc.constant(0) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 3 }) },
);

const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      ...where,
      do: fc.constant("read" as const),
      acts: fc.array(act, { minLength: 1, maxLength: 3 }),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      ...where,
      do: fc.constant("sync" as const),
      faults: fc.array(fault, { maxLength: 6 }),
      crashes: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      ...where,
      do: fc.constant("harm" as const),
      how: fc.constantFrom("older", "reset", "empty", "swap", "shorter"),
    }),
  },
  { weight: 1, arbitrary: fc.record({ ...where, do: fc.constant("restore" as const), at: fc.nat(5) }) },
);

export const history: fc.Arbitrary<History> = fc.record({
  devices: fc.array(fc.record({ skew: fc.constantFrom(0, 0, -1, 2, -490_000, 43_800), copies: fc.nat(3) }), {
    minLength: 2,
    maxLength: 5,
  }),
  commands: fc.array(command, { minLength: 4, maxLength: 28, size: "max" }),
});

const BOOKS = ["md5:0123456789abcdef0123456789abcdef", "md5:fedcba9876543210fedcba9876543210"];
const START = 1_795_248_000_000;

function two(value: number): string {
  return value < 10 ? `0${value}` : `${value}`;
}

/** The household, and beside it a list of what its readers did: the truth that the merge is held against. */
export class Household {
  readonly cloud = new Cloud();
  readonly devices: Device[];
  readonly edits: Edit[] = [];
  readonly statuses: StatusEdit[] = [];
  private readonly knowledge: Knowledge = new Map();
  private readonly older = new Map<string, DataTable>();
  private time = START;
  private ids = 0;

  constructor(devices: History["devices"]) {
    this.devices = devices.map(({ skew, copies }, index) => {
      const id = `dev${"abcdefg".charAt(index).repeat(7)}` as DeviceId;
      const device = new Device(
        id,
        () => this.time + skew * 3_600_000,
        this.knowledge,
        (each, edit) => this.hasHeard(each, edit),
      );
      const items = [1, 2, 3].slice(0, copies).map(at => highlight(`2026-01-0${at} 10:00:00`, at + 5, `word of ${at}`));
      for (const book of BOOKS) device.write(book, freshSidecar(book === BOOKS[0] ? items : []));
      return device;
    });
  }

  private hasHeard(device: Device, id: number): boolean {
    const covers = (seen: VersionVector | undefined, stamp: string): boolean => isCovered(seen ?? {}, stamp as Stamp);
    const status = this.statuses.find(each => each.id === id);
    if (status !== undefined)
      return covers(device.book(status.book).state.fields["summary.status"]?.seen, status.stamp);
    const edit = this.edits.find(each => each.id === id);
    if (edit === undefined || edit.kind === "delete") return true;
    return edit.uids.every(uid => covers(seenOf(device.book(edit.book).state.annotations[uid]), edit.stamp));
  }

  private device(command: { readonly device: number }): Device {
    const device = this.devices[command.device % this.devices.length];
    if (device === undefined) throw new Error("a household without devices");
    return device;
  }

  run(command: Command): void {
    this.time += 61_000;
    const device = this.device(command);
    const book = BOOKS[command.book] ?? "";
    if (command.do === "read") this.read(device, book, command.acts);
    else if (command.do === "sync") device.sync(this.cloud, new Weather(command.faults), command.crashes);
    else if (command.do === "harm") this.harm(device, book, command.how);
    else this.restore(device, book, command.at);
  }

  private datetime(): string {
    this.time += 1000;
    const seconds = Math.floor((this.time - START) / 1000);
    return `2026-11-21 ${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  }

  private read(device: Device, book: string, acts: readonly Act[]): void {
    if (device.data(book) === undefined) device.write(book, freshSidecar());
    this.older.set(`${device.id}${book}`, device.data(book) ?? freshSidecar());
    const sitting = new Sitting(
      device,
      book,
      () => (this.ids += 1),
      () => this.datetime(),
    );
    sitting.do(acts);
    this.edits.push(...sitting.edits);
    this.statuses.push(...sitting.statuses);
  }

  /** What happens to sidecars outside of KOReader: none of it is the reader's word. */
  private harm(device: Device, book: string, how: "older" | "reset" | "empty" | "swap" | "shorter"): void {
    const data = device.data(book);
    if (data === undefined) return;
    const items = itemsOf(data);
    const older = this.older.get(`${device.id}${book}`);
    if (how === "reset") device.book(book).sidecar = undefined;
    else if (how === "empty") device.write(book, withKey(data, "annotations", listOf([])));
    else if (how === "shorter") device.write(book, withKey(data, "annotations", listOf(items.slice(0, -1))));
    else if (how === "older" && older !== undefined) {
      // An older copy lacks what came since. What both have is left as it is now: an old text would be an edit.
      const times = new Set(itemsOf(older).map(item => getText(item, "datetime")));
      const kept = items.filter(item => times.has(getText(item, "datetime")));
      device.write(book, withKey(data, "annotations", listOf(kept)));
    } else if (how === "swap") {
      const paged = tableOf({ annotations: listOf([]), annotations_rolling: listOf(items), last_page: 3 });
      device.write(book, withKey(paged, "summary", undefined));
    }
  }

  private restore(device: Device, book: string, at: number): void {
    const trash = trashOf(device.book(book).state);
    const discarded = trash[at % Math.max(trash.length, 1)];
    if (discarded === undefined) return;
    const stamp = device.stamp();
    const delta = restore(device.book(book).state, discarded.uid, stamp);
    if (delta === undefined) return;
    device.take(book, delta);
    this.ids += 1;
    const known = new Set(device.known);
    this.edits.push({
      id: this.ids,
      book,
      uids: [discarded.uid],
      kind: "restore",
      value: "",
      device: device.id,
      known,
      stamp,
    });
    device.known.add(this.ids);
  }

  /** Good weather until everybody knows everything. What is held is put back, which is the answer that loses nothing. */
  settle(): void {
    for (let round = 0; round < 3; round += 1) {
      this.time += 61_000;
      for (const device of this.devices) {
        for (const [id, book] of device.books) {
          if (device.data(id) === undefined) device.write(id, freshSidecar());
          if (book.shadow !== undefined) book.shadow = putBack(book.shadow, Object.keys(book.shadow.held));
        }
        device.sync(this.cloud);
      }
    }
  }
}

function fail(why: string): never {
  throw new Error(why);
}

/** Edits that no later one of their kind knew. */
function standing<Each extends { readonly id: number; readonly known: ReadonlySet<number> }>(
  edits: readonly Each[],
): Each[] {
  return edits.filter(edit => !edits.some(other => other.known.has(edit.id)));
}

function latestOf<Each extends { readonly stamp: string }>(edits: readonly Each[]): Each | undefined {
  return edits.reduce<Each | undefined>(
    (best, each) => (best === undefined || each.stamp > best.stamp ? each : best),
    undefined,
  );
}

/** Every device knows the same, and shows it. */
function checkConvergence(household: Household, book: string): void {
  const pictures = household.devices.map(device => jsonText(picture(shownAnnotations(device.book(book).state))));
  if (new Set(pictures).size > 1) fail(`the devices know different things: ${pictures.join(" | ")}`);
  for (const device of household.devices) {
    const { state, shadow } = device.book(book);
    const view = device.view(book);
    const shown = shownAnnotations(state).map(
      each => `${positionText(each.pos)}${jsonText(each.note ?? "")}${jsonText(each.sty)}`,
    );
    const kept = new Set(Object.keys(shadow?.kept ?? {}).map(uid => shadow?.annotations[uid]?.key));
    const here = (view?.annotations ?? [])
      .filter(each => !kept.has(each.key))
      .map(each => `${positionText(each.pos)}${jsonText(each.note ?? "")}${jsonText(each.sty)}`);
    if (shown.sort().join() !== here.sort().join()) fail(`${device.id} shows ${here.join()} and knows ${shown.join()}`);
  }
}

function picture(shown: readonly Shown[]): DataTable {
  return listOf(shown.map(({ uids, pos, sty, note }) => tableOf({ uids: listOf(uids), pos, sty, note })));
}

/** What was made and not deleted is there; what was deleted stays so, unless somebody edited it who did not know. */
function checkLife(household: Household, book: string): void {
  const state = household.devices[0]?.book(book).state ?? fail("no device");
  const edits = household.edits.filter(edit => edit.book === book);
  for (const uid of new Set(edits.flatMap(edit => edit.uids))) {
    const own = edits.filter(edit => edit.uids.includes(uid));
    const deletions = own.filter(edit => edit.kind === "delete");
    // A first sight is no edit: a copy that was there before raises nothing.
    const lives = own.filter(edit => edit.kind !== "delete" && !isBaseline(stampHlc(edit.stamp as Stamp)));
    const isUnseen = lives.some(edit => !deletions.some(deletion => deletion.known.has(edit.id)));
    const expected = deletions.length === 0 || isUnseen;
    const annotation = state.annotations[uid];
    const actual = annotation !== undefined && isAlive(annotation);
    if (expected !== actual)
      fail(`${uid} should be ${expected ? "there" : "gone"}: ${own.map(each => `${each.kind}${each.id}`).join()}`);
    const isShown = shownAnnotations(state).some(shown => shown.uids.includes(uid));
    if (actual && !isShown) fail(`${uid} is alive and not shown`);
  }
}

/** No note is lost that nobody wrote over, no colour either; of colours set apart the later one counts. */
function checkContent(household: Household, book: string): void {
  const state = household.devices[0]?.book(book).state ?? fail("no device");
  const edits = household.edits.filter(edit => edit.book === book);
  for (const shown of shownAnnotations(state)) {
    const touching = edits.filter(edit => edit.uids.some(uid => shown.uids.includes(uid)));
    for (const note of standing(touching.filter(edit => edit.kind === "note"))) {
      if (!(getText(shown.note, "note") ?? "").includes(note.value)) fail(`the note ${note.value} is lost`);
    }
    const colours = standing(touching.filter(edit => edit.kind === "colour"));
    const expected = latestOf(colours)?.value;
    // Two marks at one place share the colour that was set last, be it by the making of one of them.
    const isSame = expected === undefined || shown.uids.length > 1 || getText(shown.sty, "color") === expected;
    if (!isSame) fail(`the colour is ${jsonText(shown.sty)}, not ${expected}`);
  }
}

function checkStatus(household: Household, book: string): void {
  const edits = standing(household.statuses.filter(edit => edit.book === book));
  if (edits.length === 0) return;
  const isFinished = edits.some(edit => edit.value === "complete");
  const eligible = isFinished ? edits.filter(edit => edit.value !== "reading") : edits;
  const expected = latestOf(eligible)?.value;
  for (const device of household.devices) {
    const status = shownField("summary.status", device.book(book).state.fields["summary.status"]);
    if (!sameValue(status, expected)) fail(`the status is ${String(status)}, not ${String(expected)}`);
  }
}

/** Whoever reads the folder anew, in any order and some files twice, sees what all the others see. */
function checkRereading(household: Household, book: string): void {
  const reader = new Device("newdevicea" as DeviceId, () => START, new Map());
  const names = [...household.cloud.files.keys()].sort((a, b) => (a.slice(-20) < b.slice(-20) ? -1 : 1));
  const bytes = [...names, ...names.filter((_name, index) => index % 2 === 0)].map(
    name => household.cloud.files.get(name) ?? "",
  );
  for (const each of bytes) reader.join(each.split("\n").slice(1, -1));
  const there = jsonText(picture(shownAnnotations(household.devices[0]?.book(book).state ?? fail("no device"))));
  const anew = jsonText(picture(shownAnnotations(reader.book(book).state)));
  if (there !== anew) fail(`a new reader sees ${anew} and not ${there}`);
}

/** A sync after the last one finds nothing to say and nothing to do. */
function checkRest(household: Household): void {
  const before = household.cloud.list().length;
  const sidecars = household.devices.map(device => BOOKS.map(book => device.book(book).sidecar).join());
  for (const device of household.devices) device.sync(household.cloud);
  // Compaction may still replace files; no new change may be written.
  const fresh = household.cloud
    .list()
    .slice(before)
    .filter(({ name }) => name.split("-")[2] === "d");
  if (fresh.length > 0) fail(`an idle sync sends ${household.cloud.files.get(fresh[0]?.name ?? "") ?? ""}`);
  household.devices.forEach((device, index) => {
    if (BOOKS.map(book => device.book(book).sidecar).join() !== sidecars[index]) fail("an idle sync writes a sidecar");
  });
}

/** Runs one history to its end and fails if anything is lost, raised or different. */
export function hold({ devices, commands }: History): void {
  const household = new Household(devices);
  for (const command of commands) household.run(command);
  household.settle();
  for (const book of BOOKS) {
    checkConvergence(household, book);
    checkLife(household, book);
    checkContent(household, book);
    checkStatus(household, book);
    checkRereading(household, book);
  }
  checkRest(household);
}
