import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "../../support/node/fast-check";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { kindOf, type Kind } from "../../../src/shelf/library/formats/kinds";
import { makeParsers, type Parsers } from "../../../src/shelf/library/parsing/parsers";
import { makeCbr, makeCbz } from "../../support/node/books/comic";
import { makeDjvu } from "../../support/node/books/djvu";
import { makeFb2 } from "../../support/node/books/fb2";
import { makeMobi } from "../../support/node/books/mobi";
import { makePdf } from "../../support/node/books/pdf";
import { makePicture, sizeOfPicture } from "../../support/node/books/picture";
import { makeEpub } from "../../support/node/epub";
import { tempDir } from "../../support/node/temp-dir";

const patient = makeParsers({ deadlineMs: 120_000 });
afterAll(() => patient.close());

const kind = (name: string) => kindOf(name) as Kind;
const read = (parsers: Parsers, path: string) => parsers.read({ path, kind: kind(path) });

describe("a parser process", () => {
  it("that hangs is ended, and the next file is read", async () => {
    const dir = tempDir();
    // Nobody ever writes into this pipe.
    execFileSync("mkfifo", [join(dir, "endless.epub")]);
    writeFileSync(join(dir, "a.epub"), makeEpub("<dc:title>A</dc:title>"));
    const parsers = makeParsers({ processes: 1, deadlineMs: 3_000 });
    const [endless, next] = await Promise.all(["endless.epub", "a.epub"].map(name => read(parsers, join(dir, name))));
    parsers.close();
    expect(endless).toMatchObject({ why: "Reading it took too long.", said: { title: null } });
    expect(next).toMatchObject({ said: { title: "A" } });
  });

  it("says that the server stops, to whatever it was asked", async () => {
    const parsers = makeParsers({ processes: 1 });
    const asked = ["/a.epub", "/b.epub"].map(path => read(parsers, path));
    parsers.close();
    for (const reading of await Promise.all(asked)) expect(reading.why).toBe("The server was stopped.");
  });

  it.each(["SIGINT", "SIGTERM"] as const)(
    "that hears %s, meant for the server, blames no file for it",
    async signal => {
      const path = join(tempDir(), "a.epub");
      writeFileSync(path, makeEpub("<dc:title>A</dc:title>"));
      const parsers = makeParsers({ processes: 1 });
      onTestFinished(() => parsers.close());
      const others = new Set(children());
      const tell = () =>
        children()
          .filter(pid => !others.has(pid))
          .forEach(pid => process.kill(pid, signal));
      const first = read(parsers, path);
      tell();
      expect(await first).toMatchObject({ said: { title: "A" } });
      tell();
      const second = await read(parsers, path);
      expect(second).toMatchObject({ said: { title: "A" } });
      expect(second.why).toBeUndefined();
    },
  );

  it("says in words why a file cannot be read", async () => {
    expect(await read(patient, "/nowhere/a.pdf")).toMatchObject({ why: "It is not there any more." });
  });

  it("writes covers scaled down, and keeps small ones as large as they are", async () => {
    const dir = tempDir();
    const cover = async (width: number, height: number) => {
      const path = join(dir, `${width}.cbz`);
      writeFileSync(path, makeCbz({ "1.png": await makePicture(width, height, { format: "png" }) }));
      expect(await patient.cover({ path, kind: "comic", to: `${path}.jpg` })).toBe(true);
      return sizeOfPicture(`${path}.jpg`);
    };
    expect(await cover(2000, 3000)).toEqual({ format: "jpeg", width: 400, height: 600 });
    expect(await cover(90, 120)).toEqual({ format: "jpeg", width: 90, height: 120 });
    expect(await cover(3000, 10)).toEqual({ format: "jpeg", width: 400, height: 1 });
  });

  it.each([
    ["no picture", () => "text"],
    [
      "a drawing that could refer to other files",
      () => "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>",
    ],
    ["cut short at its beginning", async () => (await makePicture(90, 120)).subarray(0, 40)],
    ["a bomb of pixels", () => pngOf(60_000, 60_000)],
  ])("writes no cover that is %s", async (_, make) => {
    const path = join(tempDir(), "a.cbz");
    writeFileSync(path, makeCbz({ "1.png": await make() }));
    expect(await patient.cover({ path, kind: "comic", to: `${path}.jpg` })).toBe(false);
  });
});

/** The processes that this one has started. */
function children(): number[] {
  const listed = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, "utf8");
  return listed
    .split(" ")
    .filter(pid => pid !== "")
    .map(Number);
}

/** The beginning of a PNG that claims to be large. */
function pngOf(width: number, height: number): Buffer {
  const header = Buffer.from("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0\0\0\0\0\x08\x02\0\0\0\0\0\0\0", "latin1");
  header.writeUInt32BE(width, 16);
  header.writeUInt32BE(height, 20);
  return header;
}

const cover = await makePicture(30, 40);
const SAMPLES: Readonly<Record<string, Uint8Array>> = {
  "a.epub": makeEpub("<dc:title>A</dc:title><dc:creator>B</dc:creator>", { "OPS/cover.jpg": "picture" }),
  "a.pdf": makePdf({ Title: "A", Author: "B" }, 3),
  "a.cbz": makeCbz({ "1.jpg": cover, "ComicInfo.xml": "<ComicInfo><Title>A</Title></ComicInfo>" }),
  "a.cbr": makeCbr({ "1.jpg": cover, "ComicInfo.xml": "<ComicInfo><Title>A</Title></ComicInfo>" }),
  "a.mobi": makeMobi({
    title: "A",
    extras: [
      [503, "A"],
      [201, Uint8Array.of(0, 0, 0, 0)],
    ],
    pictures: [cover],
  }),
  "a.fb2": Buffer.from(makeFb2("<book-title>A</book-title>", { cover })),
  "a.djvu": makeDjvu('(metadata (title "A"))', 3),
};

/** Where a file is cut or written over, and with what; positions are parts of its length. */
const damage = fc.record({
  cut: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: 1, freq: 3 }),
  spots: fc.array(
    fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      bytes: fc.oneof(
        fc.uint8Array({ minLength: 1, maxLength: 8 }),
        fc.constantFrom(
          Uint8Array.of(255, 255, 255, 255),
          Uint8Array.of(0, 0, 0, 0),
          Uint8Array.of(127, 255, 255, 255),
        ),
      ),
    }),
    { maxLength: 4 },
  ),
});

function damaged(sample: Uint8Array, { cut, spots }: typeof damage extends fc.Arbitrary<infer T> ? T : never): Buffer {
  const bytes = Buffer.from(sample);
  for (const { at, bytes: patch } of spots)
    bytes.set(
      patch.subarray(0, bytes.length - Math.floor(at * (bytes.length - 8))),
      Math.floor(at * (bytes.length - 8)),
    );
  return bytes.subarray(0, Math.ceil(cut * bytes.length));
}

describe.each(Object.entries(SAMPLES))("a damaged %s", (name, sample) => {
  it("never hangs or crashes what reads it", async () => {
    const path = join(tempDir(), name);
    const property = fc.asyncProperty(damage, async how => {
      writeFileSync(path, damaged(sample, how));
      const { why = "" } = await read(patient, path);
      expect(why).not.toMatch(/too long|nothing can read it/);
      await patient.cover({ path, kind: kind(name), to: `${path}.jpg` });
    });
    await fc.assert(property, { numRuns: 60, endOnFailure: true });
  });
});
