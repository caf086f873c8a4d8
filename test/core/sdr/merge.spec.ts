import {
  type DataTable,
  deleteHeld,
  type DeviceId,
  getText,
  heldCount,
  joinBooks,
  luaText,
  putBack,
  readShadow,
  restore,
  shadowText,
  stampOf,
  tick,
  NEVER,
  trashOf,
  withKey,
} from "../../../src/core/sdr/index";
import { describe, equal, it, ok, same } from "../../support/spec";
import { Device, exchange, mark, sidecar } from "../../support/sdr-devices";

const NOW = 1_795_248_000_000;
const PHONE = "phonephone" as DeviceId;
const TABLET = "tablettabl" as DeviceId;

/** Two devices that know the same; the tablet's clock is stuck in 1970. */
function pair(...marks: DataTable[]): [phone: Device, tablet: Device] {
  const phone = new Device(PHONE, sidecar(marks), NOW);
  const tablet = new Device(TABLET, sidecar([]), 0);
  exchange(phone, tablet);
  return [phone, tablet];
}

function texts(device: Device, key: string): string[] {
  const found = device.items().map(item => getText(item, key) ?? "");
  return found.join("|").split("|");
}

function edited(key: string, value: string | undefined): (this: void, items: DataTable[]) => DataTable[] {
  return items => items.map((item, index) => (index === 0 ? withKey(item, key, value) : item));
}

describe("two devices", () => {
  it("end up with the highlights of both", () => {
    const phone = new Device(PHONE, sidecar([mark(1)]), NOW);
    const tablet = new Device(TABLET, sidecar([mark(2)]), 0);
    exchange(phone, tablet);
    same(texts(phone, "text"), ["words of 1", "words of 2"]);
    same(texts(tablet, "text"), ["words of 2", "words of 1"]);
  });

  it("that have copies of one highlight have one", () => {
    const phone = new Device(PHONE, sidecar([mark(1)]), NOW);
    const tablet = new Device(TABLET, sidecar([mark(1)]), 0);
    exchange(phone, tablet);
    equal(phone.items().length, 1);
    equal(tablet.items().length, 1);
  });

  it("keep the colour of one and the note of the other", () => {
    const [phone, tablet] = pair(mark(1));
    phone.read(edited("color", "red"));
    tablet.read(edited("note", "mine"));
    exchange(phone, tablet);
    for (const device of [phone, tablet]) {
      same(texts(device, "color"), ["red"]);
      same(texts(device, "note"), ["mine"]);
    }
  });

  it("keep both notes when both wrote one, and one again when one of them was edited after", () => {
    const [phone, tablet] = pair(mark(1));
    phone.read(edited("note", "from the phone"));
    tablet.read(edited("note", "from the tablet"));
    exchange(phone, tablet);
    same(texts(phone, "note"), texts(tablet, "note"));
    const note = texts(phone, "note")[0] ?? "";
    ok(note.includes("from the phone") && note.includes("from the tablet"), note);
    tablet.read(edited("note", "settled"));
    exchange(phone, tablet);
    same(texts(phone, "note"), ["settled"]);
  });

  it("lose what one of them deleted, and get it back from the trash", () => {
    const [phone, tablet] = pair(mark(1), mark(2));
    tablet.read(items => items.slice(1));
    exchange(phone, tablet);
    same(texts(phone, "text"), texts(tablet, "text"));
    equal(phone.items().length, 1);
    const discarded = trashOf(phone.state)[0];
    equal(trashOf(phone.state).length, 1);
    const delta = restore(phone.state, discarded?.uid ?? "", stampOf(tick(tick(NEVER, NOW + 9), NOW + 99), PHONE));
    if (delta !== undefined) phone.state = joinBooks(phone.state, delta);
    exchange(phone, tablet);
    equal(phone.items().length, 2);
    equal(tablet.items().length, 2);
  });

  it("keep what one deleted while the other edited it", () => {
    const [phone, tablet] = pair(mark(1));
    phone.read(() => []);
    tablet.read(edited("color", "red"));
    exchange(phone, tablet);
    same(texts(phone, "color"), ["red"]);
    same(texts(tablet, "color"), ["red"]);
  });

  it("show one dog-ear where both folded the same page, and move a highlight whose end was moved", () => {
    const [phone, tablet] = pair(mark(1));
    const ear = withKey(withKey(mark(3), "drawer", undefined), "color", undefined);
    phone.read(items => items.concat([ear]));
    tablet.read(items => items.concat([withKey(ear, "datetime", "2026-11-09 09:00:00")]));
    phone.read(edited("pos1", "/body/p[1]/text().20"));
    exchange(phone, tablet);
    exchange(phone, tablet);
    equal(phone.items().length, 2);
    equal(tablet.items().length, 2);
    same(texts(tablet, "pos1")[0], "/body/p[1]/text().20");
  });

  it("have nothing to say when nothing happened", () => {
    const [phone, tablet] = pair(mark(1, { note: "a" }), mark(2));
    exchange(phone, tablet);
    for (const device of [phone, tablet]) same([device.outgoing.length, device.incoming.length], [0, 0]);
  });
});

describe("a device that joins", () => {
  it("has nothing taken away, and raises nothing that was deleted", () => {
    const [phone, tablet] = pair(mark(1), mark(2));
    phone.read(items => items.slice(1));
    exchange(phone, tablet);
    const old = new Device("oldoldoldo" as DeviceId, sidecar([mark(1), mark(2)]), NOW + 5_000_000);
    exchange(phone, old);
    equal(phone.items().length, 1);
    equal(old.items().length, 2);
    exchange(phone, old);
    equal(old.items().length, 2);
    // Until its reader touches it: that is an edit.
    old.read(edited("note", "still mine"));
    exchange(phone, old);
    equal(phone.items().length, 2);
  });

  it("yields to what was changed on purpose elsewhere, however late it joins", () => {
    const [phone] = pair(mark(1));
    phone.read(edited("color", "red"));
    const late = new Device("latelatela" as DeviceId, sidecar([mark(1)]), NOW + 5_000_000);
    exchange(phone, late);
    same(texts(phone, "color"), ["red"]);
    same(texts(late, "color"), ["red"]);
  });
});

describe("what is missing from a sidecar", () => {
  const four = [mark(1), mark(2), mark(3), mark(4), mark(5)];

  it("is not deleted when nobody saw it go, but held until the reader decides", () => {
    const [phone, tablet] = pair(...four);
    phone.set(phone.items().slice(0, 4));
    exchange(phone, tablet);
    equal(tablet.items().length, 5);
    equal(phone.items().length, 4);
    const shadow = phone.shadow;
    ok(shadow !== undefined);
    if (shadow === undefined) return;
    same(heldCount(shadow), { held: 1, of: 5 });
    const uids = Object.keys(shadow.held);
    phone.shadow = putBack(shadow, uids);
    exchange(phone, tablet);
    equal(phone.items().length, 5);
    const decided = deleteHeld(shadow, uids);
    phone.state = joinBooks(phone.state, decided.delta);
    exchange(phone, tablet);
    equal(tablet.items().length, 4);
  });

  it("is put back when the whole list is gone, also when the other engine parked it", () => {
    const [phone, tablet] = pair(...four);
    phone.set([]);
    exchange(phone, tablet);
    equal(phone.items().length, 5);
    equal(tablet.items().length, 5);
    const parked = withKey(
      withKey(phone.data, "annotations_rolling", phone.data.values[0]),
      "last_xpointer",
      undefined,
    );
    phone.data = withKey(withKey(parked, "annotations", undefined), "last_page", 3);
    exchange(phone, tablet);
    equal(tablet.items().length, 5);
  });

  it("is held when a session took more than a few away without a word", () => {
    const [phone, tablet] = pair(...four);
    phone.read(items => items.slice(0, 1));
    exchange(phone, tablet);
    equal(tablet.items().length, 5);
  });
});

describe("what is delivered", () => {
  it("leaves everything else in the sidecar as it is", () => {
    const [phone, tablet] = pair(mark(1));
    tablet.data = withKey(withKey(tablet.data, "copt_font_size", 22.5), "doc_path", "/here.epub");
    tablet.set(tablet.items().map(item => withKey(withKey(item, "pageno", 7), "unknown", "kept")));
    phone.read(edited("note", "new"));
    phone.data = withKey(withKey(phone.data, "copt_font_size", 30), "doc_path", "/there.epub");
    exchange(phone, tablet);
    const text = luaText(tablet.data);
    for (const part of ['"/here.epub"', "22.5", '["pageno"] = 7', '"kept"', '"new"', "externally_modified"])
      ok(text.includes(part), part);
    ok(!text.includes("/there.epub"));
  });

  it("survives the store", () => {
    const [phone] = pair(mark(1, { note: 'a "b"\n' }));
    const text = shadowText(phone.shadow ?? ({} as never));
    const read = readShadow(text);
    ok(read.ok);
    if (read.ok) equal(shadowText(read.value), text);
    ok(!readShadow("{").ok);
  });
});
