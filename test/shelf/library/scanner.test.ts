import { appendFileSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { makeParsers } from "../../../src/shelf/library/parsing/parsers";
import { Scanner } from "../../../src/shelf/library/scanner";
import { Stillness } from "../../../src/shelf/library/stillness";
import { openStore } from "../../../src/shelf/store/store";
import { makeEpub } from "../../support/node/epub";
import { tempDir } from "../../support/node/temp-dir";

const parsers = makeParsers();
afterAll(() => parsers.close());

function house() {
  const root = tempDir();
  const store = openStore(tempDir());
  const scanner = new Scanner({ store, root, now: () => new Date(), parsers });
  onTestFinished(async () => {
    await scanner.close();
    store.close();
  });
  const put = (path: string, bytes: string | Uint8Array) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), bytes);
  };
  const titles = () => store.books.all().map(book => book.title);
  return { root, store, scanner, put, titles };
}

const epub = (title: string) => makeEpub(`<dc:title>${title}</dc:title>`);
const NEVER = 3_600_000;
const soon = { timeout: 60_000, interval: 20 };

describe("a scanner", () => {
  it("tells how far it is, and what it found", async () => {
    const { scanner, put } = house();
    put("a.epub", epub("A"));
    put("broken.epub", "broken");
    const scan = scanner.scan();
    expect(scanner.state()).toMatchObject({ isRunning: true, finishedAt: undefined });
    await scan;
    expect(scanner.state()).toMatchObject({
      isRunning: false,
      done: 2,
      total: 2,
      report: { added: ["a.epub", "broken.epub"] },
    });
    expect(scanner.problems()).toMatchObject([{ path: "broken.epub" }]);
    await scanner.scan();
    expect(scanner.problems()).toMatchObject([{ path: "broken.epub" }]);
  });

  it("looks again when it is asked while it looks", async () => {
    const { scanner, put, titles } = house();
    put("a.epub", epub("A"));
    const first = scanner.scan();
    put("b.epub", epub("B"));
    await Promise.all([first, scanner.scan(), scanner.scan()]);
    expect(titles()).toEqual(["A", "B"]);
  });

  it("says why the folder cannot be read, and goes on when it can", async () => {
    const { root, scanner, put, titles } = house();
    rmSync(root, { recursive: true });
    await expect(scanner.scan()).rejects.toThrow("ENOENT");
    expect(scanner.state().error).toContain("ENOENT");
    put("a.epub", epub("A"));
    await scanner.scan();
    expect(scanner.state().error).toBeUndefined();
    expect(titles()).toEqual(["A"]);
  });
});

describe("watching a folder", () => {
  const times = { stillMs: 60, afterChangeMs: 20, everyMs: NEVER };

  it("takes in what is added, changed, moved and removed, in new folders too", async () => {
    const { root, scanner, put, titles, store } = house();
    await scanner.scan();
    scanner.startWatching(times);
    expect(scanner.state().isWatching).toBe(true);
    put("new/a.epub", epub("A"));
    await vi.waitFor(() => expect(titles()).toEqual(["A"]), soon);
    put("new/a.epub", epub("A, second edition"));
    await vi.waitFor(() => expect(titles()).toEqual(["A, second edition"]), soon);
    renameSync(join(root, "new/a.epub"), join(root, "b.epub"));
    await vi.waitFor(() => expect(store.books.all()).toMatchObject([{ id: 1, files: [{ path: "b.epub" }] }]), soon);
    rmSync(join(root, "b.epub"));
    await vi.waitFor(() => expect(titles()).toEqual([]), soon);
  });

  it("finds what nobody tells of with the next look", async () => {
    const { root, scanner, put, titles } = house();
    await scanner.scan();
    scanner.startWatching({ ...times, everyMs: 100 });
    // As on a network drive: the watches are there, and silent.
    const moved = `${root}-elsewhere`;
    renameSync(root, moved);
    mkdirSync(root);
    onTestFinished(() => rmSync(moved, { recursive: true }));
    put("a.epub", epub("A"));
    await vi.waitFor(() => expect(titles()).toEqual(["A"]), soon);
  });
});

describe("a file that is being copied", () => {
  it("is still only when it looked the same for long enough", () => {
    let now = 0;
    const stillness = new Stillness(100, () => now);
    const sight = (at: number, look: string) => {
      now = at;
      return stillness.isStill("a.epub", look);
    };
    expect([sight(0, "1"), sight(50, "1"), sight(99, "2"), sight(150, "2"), sight(199, "2")]).toEqual([
      ...[false, false, false, false, true],
    ]);
  });

  /** Piece by piece, and how long it lay still at most between two of them, in milliseconds. */
  async function copySlowly(bytes: Uint8Array, file: string): Promise<number> {
    let [longest, before] = [0, performance.now()];
    writeFileSync(file, bytes.subarray(0, 10));
    for (let at = 10; at < bytes.length; at += 100) {
      await new Promise(resolve => setTimeout(resolve, 40));
      appendFileSync(file, bytes.subarray(at, at + 100));
      longest = Math.max(longest, performance.now() - before);
      before = performance.now();
    }
    return longest;
  }

  it("is not taken in before it is complete", async () => {
    const STILL = 400;
    const watched = async () => {
      const { root, scanner, store } = house();
      await scanner.scan();
      scanner.startWatching({ stillMs: STILL, afterChangeMs: 10, everyMs: NEVER });
      // On a busy machine the copy itself may pause for as long as a complete one does: then another try is needed.
      return { store, pause: await copySlowly(epub("A"), join(root, "a.epub")) };
    };
    let { store, pause } = await watched();
    while (pause >= STILL) ({ store, pause } = await watched());
    await vi.waitFor(() => expect(store.books.all()).toMatchObject([{ title: "A" }]), soon);
    // The digest of a half is known to nobody.
    expect(store.files.withProblems()).toEqual([]);
  });
});
