import { mkdirSync, readdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { startShelf } from "../../src/shelf/shelf";
import { makeCbz } from "../support/node/books/comic";
import { colourOf, makePicture } from "../support/node/books/picture";
import { makeEpub, packageWith } from "../support/node/epub";
import { tempDir } from "../support/node/temp-dir";

const RED = await makePicture(800, 1200, { colour: "#c03030" });
const BLUE = await makePicture(80, 120, { colour: "#3030c0" });

async function shelfWith(files: Readonly<Record<string, Uint8Array | string>>) {
  const [booksDir, dataDir] = [tempDir(), tempDir()];
  const put = (path: string, bytes: Uint8Array | string) => {
    mkdirSync(dirname(join(booksDir, path)), { recursive: true });
    writeFileSync(join(booksDir, path), bytes);
  };
  for (const [path, bytes] of Object.entries(files)) put(path, bytes);
  const shelf = await startShelf({ dataDir, booksDir });
  onTestFinished(() => shelf.close());
  const { key } = shelf.addKey("Test");
  const ask = (id: number, headers: Record<string, string> = {}) =>
    fetch(`${shelf.origin}/api/books/${id}/cover`, { headers: { authorization: `Bearer ${key}`, ...headers } });
  const colour = async (id: number) => {
    const file = join(dataDir, "seen.jpg");
    writeFileSync(file, Buffer.from(await (await ask(id)).arrayBuffer()));
    return colourOf(file);
  };
  return { shelf, booksDir, dataDir, put, ask, colour };
}

describe("a cover", () => {
  it("is a small JPEG, made once, and not sent twice", async () => {
    const { ask, dataDir } = await shelfWith({ "a.cbz": makeCbz({ "1.jpg": RED }) });
    const [first, second] = await Promise.all([ask(1), ask(1)]);
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(first.headers.get("content-type")).toBe("image/jpeg");
    expect((await first.arrayBuffer()).byteLength).toBeLessThan(RED.length);
    const again = await ask(1, { "if-none-match": first.headers.get("etag") ?? "" });
    expect([again.status, await again.text()]).toEqual([304, ""]);
    expect(readdirSync(join(dataDir, "covers"))).toHaveLength(1);
  });

  it("is for who may see the book", async () => {
    const { shelf, ask } = await shelfWith({ "a.cbz": makeCbz({ "1.jpg": RED }) });
    const asked = (authorization: string) => fetch(`${shelf.origin}/api/books/1/cover`, { headers: { authorization } });
    expect((await fetch(`${shelf.origin}/api/books/1/cover`)).status).toBe(401);
    expect((await asked("Bearer tk_0")).status).toBe(401);
    expect((await asked(`Bearer ${await shelf.loginToken()}`)).status).toBe(200);
    expect((await ask(99)).status).toBe(404);
  });

  it("is missing in a book without one, and that is kept", async () => {
    const { ask, dataDir } = await shelfWith({ "a.epub": makeEpub("<dc:title>A</dc:title>"), "b.cbz": "broken" });
    expect([(await ask(1)).status, (await ask(2)).status, (await ask(1)).status]).toEqual([404, 404, 404]);
    expect(readdirSync(join(dataDir, "covers")).every(name => name.endsWith(".none"))).toBe(true);
  });

  it("is the picture that Calibre keeps beside the book, and follows it", async () => {
    const { colour, put, booksDir } = await shelfWith({
      "a/a.cbz": makeCbz({ "1.jpg": RED }),
      "a/metadata.opf": packageWith("<dc:title>A</dc:title>"),
      "a/cover.jpg": BLUE,
    });
    const [red = 0, , blue = 0] = await colour(1);
    expect(blue).toBeGreaterThan(red);
    put("a/cover.jpg", RED);
    utimesSync(join(booksDir, "a/cover.jpg"), 1, 1);
    const [redder = 0, , bluer = 0] = await colour(1);
    expect(redder).toBeGreaterThan(bluer);
  });

  it("is never fetched from outside the folder of books", async () => {
    const { ask, booksDir } = await shelfWith({ "a.cbz": makeCbz({ "1.jpg": RED }) });
    const outside = join(tempDir(), "secret.cbz");
    writeFileSync(outside, makeCbz({ "1.jpg": BLUE }));
    rmSync(join(booksDir, "a.cbz"));
    symlinkSync(outside, join(booksDir, "a.cbz"));
    expect((await ask(1)).status).toBe(404);
  });
});
