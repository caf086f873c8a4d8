// A device that dies while a closed book is written: KOReader finds the sidecar whole, as it was or as it was to be.
import { describe, equal, it, ok, same } from "../support/spec";
import { newDevice, put, textOf } from "../support/lua/sidecar-device";
import { onFullDisk, survives } from "../support/lua/sudden-death";
import { docSettings } from "../reader/settings/doc-settings";
import { find } from "../../src/koreader/sidecars/find";
import { fromNative } from "../../src/koreader/sidecars/native";
import { read } from "../../src/koreader/sidecars/read";
import { write } from "../support/lua/write-sidecar";
import type { SidecarReading } from "../../src/ports/sidecars";

const OLD = ["sooner", "later"];
const NEW = ["sooner", "from the other device", "later"];

const listOf = (texts: readonly string[]) =>
  texts.map(text => ({ datetime: "2026-01-01 10:00:00", page: "/p[1].0", text }));

function bookThatWasRead(from: string, to: string, age: number): string {
  const books = newDevice({ document_metadata_folder: from });
  const book = `${books}/foo.epub`;
  put(book, "the same bytes");
  docSettings.open(book).saveSetting("annotations", listOf(OLD)).saveSetting("other", string.rep("x", 9000)).flush();
  const main = docSettings.findSidecarFile(book)[0] ?? error("no sidecar");
  put(main, textOf(main) ?? "", age);
  G_reader_settings.saveSetting("document_metadata_folder", to);
  return book;
}

function reading(book: string): SidecarReading {
  const result = read(find(book) ?? error("no sidecar"));
  return result.ok ? result.value : error(result.failure);
}

/** What KOReader shows when it opens the book afterwards. */
function shown(book: string): string {
  const settings = docSettings.open(book);
  equal(string.len((settings.readSetting("other") as string | undefined) ?? ""), 9000);
  const list = (settings.readSetting("annotations") ?? []) as { text: string }[];
  return list.map(({ text }) => text).join(", ");
}

const change = () => ({ keys: [{ key: "annotations", value: fromNative(listOf(NEW)) ?? error("no data") }] });

/** A book in whose n-th operation of writing the device dies, unless it comes to its end before. */
function dying(from: string, to: string, age: number, n: number): { book: string; isAlive: boolean } {
  const book = bookThatWasRead(from, to, age);
  const before = reading(book);
  const isAlive = survives(n, () => {
    ok(write(before, change()).ok);
  });
  return { book, isAlive };
}

/** Dies at each operation in turn, until one writing comes to its end; gives what was found after each death. */
function deaths(from: string, to: string, age: number): string[] {
  const found: string[] = [];
  for (const n of $range(1, 100)) {
    const { book, isAlive } = dying(from, to, age, n);
    found.push(shown(book));
    if (isAlive) return found;
    // Or it is written anew before KOReader looks at it, which would remove what is torn.
    const another = dying(from, to, age, n).book;
    ok(write(reading(another), change()).ok, `after death ${n}`);
    equal(shown(another), NEW.join(", "));
  }
  return error("it never came to its end");
}

/** Writes on a disk that is full at its n-th writing, or from then on; gives what was found and what the writing said. */
function written(from: string, to: string, n: number, isForGood: boolean): [string, string] {
  const book = bookThatWasRead(from, to, 10);
  const before = reading(book);
  let said = "";
  onFullDisk(n, isForGood, () => {
    const result = write(before, change());
    said = result.ok ? "ok" : result.failure;
  });
  return [said, shown(book)];
}

describe("a disk that is full while a closed book is written", () => {
  for (const [from, to] of [
    ["doc", "doc"],
    ["dir", "doc"],
  ] as [string, string][]) {
    for (const isForGood of [false, true]) {
      it(`leaves the sidecar as it was: from ${from} to ${to}, ${isForGood ? "for good" : "for a moment"}`, () => {
        for (const n of [1, 2, 3]) same(written(from, to, n, isForGood), ["disk", OLD.join(", ")]);
        same(written(from, to, 9, isForGood), ["ok", NEW.join(", ")]);
      });
    }
  }
});

describe("a device that dies while a closed book is written", () => {
  for (const [from, to] of [
    ["doc", "doc"],
    ["dir", "dir"],
    ["hash", "hash"],
    ["dir", "doc"],
    ["doc", "hash"],
    ["hash", "dir"],
  ] as [string, string][]) {
    for (const age of [1000, 59, 0]) {
      it(`finds the sidecar whole: from ${from} to ${to}, ${age} s after its last change`, () => {
        const found = deaths(from, to, age);
        // A backup, KOReader's file and what goes before them: at least an opening and a writing each.
        ok(found.length >= 5, `only ${found.length} operations`);
        for (const list of found) ok(list === OLD.join(", ") || list === NEW.join(", "), list);
        equal(found[0], OLD.join(", "));
        equal(found[found.length - 1], NEW.join(", "));
      });
    }
  }
});
