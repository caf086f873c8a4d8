import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { startShelf } from "../../src/shelf/shelf";
import { send } from "../support/node/contracts/send";
import { tempDir } from "../support/node/temp-dir";

async function serve(name: string, bytes: string | Uint8Array) {
  const booksDir = join(tempDir(), "books");
  mkdirSync(booksDir);
  writeFileSync(join(booksDir, name), bytes);
  const shelf = await startShelf({ dataDir: tempDir(), booksDir });
  onTestFinished(() => shelf.close());
  const { key } = shelf.addKey("Clara");
  const get = (headers: Record<string, string> = {}) =>
    send(shelf.origin, "GET", "/api/tome-sync/download/1/1", { Authorization: `Bearer ${key}`, ...headers });
  return { shelf, booksDir, path: join(booksDir, name), get };
}

describe("a download", () => {
  it("brings the file as it lies in the folder, in the size that the lists announce", async () => {
    const { shelf, get } = await serve("Ash.pdf", "0123456789");
    const received = await get();
    expect(received.body.toString()).toBe("0123456789");
    expect(received.headers).toMatchObject({
      "content-type": "application/octet-stream",
      "content-length": "10",
      "accept-ranges": "bytes",
      "content-disposition": 'attachment; filename="Ash.pdf"',
    });
    expect(shelf.books()[0]?.files[0]?.size).toBe(10);
  });

  it("goes on where it broke off, but starts again when the file is another", async () => {
    const { path, get } = await serve("Ash.pdf", "0123456789");
    const { etag = "" } = (await get()).headers;
    const rest = { Range: "bytes=4-", "If-Range": etag };
    expect(await get(rest)).toMatchObject({ status: 206, body: Buffer.from("456789") });
    writeFileSync(path, "abcdefghijkl");
    expect(await get(rest)).toMatchObject({ status: 200, body: Buffer.from("abcdefghijkl") });
  });

  it.each([
    ["Ночной поезд.pdf", "%D0%9D%D0%BE%D1%87"],
    ["It's a *star*.pdf", "It%27s%20a%20%2astar%2a.pdf"],
    ['A";\r\nX-Evil: 1.pdf', "A%22%3B%20X-Evil%3A%201.pdf"],
  ])("tells the name of %j in a header that nothing can break out of", async (name, expected) => {
    const { headers } = await (await serve(name, "x")).get();
    expect(headers["content-disposition"]).toContain(`filename*=utf-8''`);
    expect(headers["content-disposition"]).toContain(expected);
    expect(headers).not.toHaveProperty("x-evil");
  });

  it("of an empty file is empty", async () => {
    const { get } = await serve("Ash.pdf", "");
    expect(await get()).toMatchObject({ status: 200, body: Buffer.alloc(0), headers: { "content-length": "0" } });
    expect((await get({ Range: "bytes=0-" })).status).toBe(416);
  });

  it("of a file that is gone, or a folder by now, says so", async () => {
    const { path, get } = await serve("Ash.pdf", "x");
    rmSync(path);
    expect(await get()).toMatchObject({ status: 404, body: Buffer.from('{"detail":"File no longer on disk"}') });
    mkdirSync(path);
    expect((await get()).status).toBe(404);
  });

  it("does not leave the folder of books by a link that was put there later", async () => {
    const { path, get } = await serve("Ash.pdf", "x");
    const outside = join(tempDir(), "secret.pdf");
    renameSync(path, outside);
    symlinkSync(outside, path);
    expect((await get()).status).toBe(404);
  });

  it("of a large file arrives whole, also by two readers at once", async () => {
    const bytes = Buffer.alloc(8 * 1024 * 1024, "shelf ");
    const { get } = await serve("Ash.pdf", bytes);
    const both = await Promise.all([get(), get({ Range: "bytes=1000000-" })]);
    expect(both[0].body.equals(bytes)).toBe(true);
    expect(both[1].body.equals(bytes.subarray(1_000_000))).toBe(true);
  });
});
