import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import { hashPassword } from "../../src/shelf/accounts/password";
import { makeParsers } from "../../src/shelf/library/parsing/parsers";
import { openDatabase } from "../../src/shelf/store/database";
import { makeCbz } from "../support/node/books/comic";
import { makePicture } from "../support/node/books/picture";
import { makeEpub } from "../support/node/epub";
import { tempDir } from "../support/node/temp-dir";
import { signedInVisitor, WebVisitor } from "../support/node/web-visitor";

const parsers = makeParsers();
afterAll(() => parsers.close());

type Files = Readonly<Record<string, Uint8Array | string>>;

const epub = (title: string, more = "") => makeEpub(`<dc:title>${title}</dc:title>${more}`);
const by = (name: string) => `<dc:creator>${name}</dc:creator>`;
const series = (name: string, index: number) =>
  `<meta name="calibre:series" content="${name}"/><meta name="calibre:series_index" content="${index}"/>`;

async function library(files: Files) {
  const booksDir = tempDir();
  const put = (path: string, bytes: Uint8Array | string) => {
    mkdirSync(dirname(join(booksDir, path)), { recursive: true });
    writeFileSync(join(booksDir, path), bytes);
  };
  for (const [path, bytes] of Object.entries(files)) put(path, bytes);
  const { shelf, web } = await signedInVisitor({ booksDir, parsers });
  const titles = async (path: string) =>
    [...(await web.open(path)).html.matchAll(/<span class="title">([^<]*)</g)].map(([, title]) => title);
  return { shelf, web, put, titles, booksDir };
}

const FOUR = {
  "a.epub": epub("The Ferry Keeper", by("Mara Lindqvist") + series("Harbour", 2)),
  "b.epub": epub("A Lamp", by("Mara Lindqvist") + series("Harbour", 1)),
  "c.epub": epub("Voilà, the Weather", by("Jules Okonkwo")),
  "d.epub": epub("夜行列車", by("山田")),
};

describe("the first page", () => {
  it("says how to begin when there is nothing yet", async () => {
    const { web, booksDir } = await library({});
    const { html } = await web.open("/");
    expect(html).toContain('<a href="/connect">Connect your e-reader</a>');
    expect(html).toContain(`Copy some into <code>${booksDir}`);
  });

  it("leads to the books in hand, the last one first, and to what is new", async () => {
    const { shelf, web, titles } = await library(FOUR);
    shelf.addKey("Clara");
    for (const title of ["A Lamp", "The Ferry Keeper"]) {
      const id = shelf.books().find(book => book.title === title)?.id;
      await web.open(`/books/${id}`);
      await web.submit(`/books/${id}/opinion`, { status: "reading", rating: "" });
    }
    const { html } = await web.open("/");
    expect(html).not.toContain("No device is connected yet");
    expect((await titles("/")).slice(0, 2)).toEqual(["The Ferry Keeper", "A Lamp"]);
    expect(html.indexOf("Read on")).toBeLessThan(html.indexOf("New in the library"));
    expect((await titles("/")).slice(2).toSorted()).toEqual((await titles("/books")).toSorted());
  });
});

describe("the page of all books", () => {
  it("says what to do when there are none", async () => {
    const { web, booksDir } = await library({});
    const { html } = await web.open("/books");
    expect(html).toContain("No books yet. Copy some into");
    expect(html).toContain(booksDir);
  });

  const QUERIES: readonly (readonly [string, readonly string[]])[] = [
    ["", ["A Lamp", "The Ferry Keeper", "Voilà, the Weather", "夜行列車"]],
    ["?q=ferr", ["The Ferry Keeper"]],
    ["?q=WEATHER%20voila", ["Voilà, the Weather"]],
    ["?q=%E8%A1%8C%E5%88%97", ["夜行列車"]],
    ["?q=mara%20har", ["A Lamp", "The Ferry Keeper"]],
    ["?q=%22%20OR%20*%20NEAR(", []],
    ["?q=erry", []],
    ["?author=Mara+Lindqvist&sort=series", ["A Lamp", "The Ferry Keeper"]],
    ["?series=Harbour", ["A Lamp", "The Ferry Keeper"]],
    ["?status=reading", []],
    ["?sort=added", ["夜行列車", "Voilà, the Weather", "A Lamp", "The Ferry Keeper"]],
    ["?sort=nonsense&status=x&page=-1&shelf=77", ["A Lamp", "The Ferry Keeper", "Voilà, the Weather", "夜行列車"]],
  ];

  it("shows what is looked for, in the order that is asked for", async () => {
    const { titles } = await library(FOUR);
    for (const [query, expected] of QUERIES) expect(await titles(`/books${query}`), query).toEqual(expected);
  });

  it("shows them as a list, too, and says when nothing is found", async () => {
    const { web } = await library(FOUR);
    expect((await web.open("/books?view=list")).html).toContain(
      '<a href="/books?series=Harbour">Harbour, volume 1</a>',
    );
    expect((await web.open("/books?q=zebra")).html).toContain("No book is like that.");
  });

  it("goes page by page through many", async () => {
    const files = Object.fromEntries(
      Array.from({ length: 50 }, (_, n) => [`${n}.epub`, epub(`Book ${String(n).padStart(2, "0")}`)]),
    );
    const { web, titles } = await library(files);
    expect(await titles("/books")).toHaveLength(48);
    expect(await titles("/books?page=2")).toEqual(["Book 48", "Book 49"]);
    expect(await titles("/books?page=9")).toEqual(["Book 48", "Book 49"]);
    expect((await web.open("/books")).html).toContain('<a class="button quiet" href="/books?page=2" rel="next">');
  });

  it("shows the books whose files are gone when it is asked", async () => {
    const { shelf, web, titles, booksDir } = await library(FOUR);
    rmSync(join(booksDir, "a.epub"));
    await shelf.rescan();
    expect(await titles("/books?status=missing")).toEqual(["The Ferry Keeper"]);
    expect(await titles("/books")).not.toContain("The Ferry Keeper");
    const { html } = await web.open("/books/1");
    expect(html).toContain("Its file is gone");
    expect(html).not.toContain("Send to KOReader");
    expect((await web.open("/books/1/files/1")).status).toBe(404);
  });

  it("takes titles for text", async () => {
    const evil = "&lt;script&gt;alert(1)&lt;/script&gt;\"'&lt;img src=x onerror=alert(1)&gt;";
    const { web } = await library({
      "a.epub": epub(
        evil,
        by(evil) + series(evil.replaceAll('"', "&quot;"), 1) + `<dc:description>${evil}</dc:description>`,
      ),
    });
    for (const path of [
      "/books",
      "/books?view=list",
      "/series",
      "/books/1",
      `/books?q=${encodeURIComponent("<script>x")}`,
      "/books/1/reading",
    ]) {
      const { html, status } = await web.open(path);
      expect(status, path).toBe(200);
      expect(html, path).not.toMatch(/<script|<img src=x/);
    }
    const cover = await web.open("/covers/1");
    expect(cover.headers.get("content-type")).toBe("image/svg+xml");
    expect(cover.html).not.toMatch(/<script|<img/);
    expect(cover.headers.get("content-security-policy")).toContain("default-src 'none'");
  });
});

describe("a book's page", () => {
  it("tells what is known, and hands out its files", async () => {
    const description =
      "<dc:description>&lt;p&gt;One &amp;amp; two.&lt;/p&gt;&lt;p&gt;Three.&lt;/p&gt;</dc:description>";
    const bytes = epub(
      "Salt",
      `${by("Mara")}${description}<dc:language>en-GB</dc:language><dc:publisher>Quay</dc:publisher>`,
    );
    const { web, shelf } = await library({ "x/a.epub": bytes });
    const { html } = await web.open("/books/1");
    for (const words of ["British English", "Quay", "<p>One &amp; two.</p>", "<p>Three.</p>", "x/a.epub", "EPUB"])
      expect(html).toContain(words);
    const file = await web.open("/books/1/files/1");
    expect(file.headers.get("content-type")).toBe("application/epub+zip");
    expect(Number(file.headers.get("content-length"))).toBe(bytes.length);
    expect(file.headers.get("content-disposition")).toBe("attachment; filename*=utf-8''Salt.epub");
    expect((await web.open("/books/2")).status).toBe(404);
    expect(
      (await fetch(`${shelf.origin}/books/1/files/1`, { headers: { accept: "text/html" }, redirect: "manual" })).status,
    ).toBe(303);
  });

  it("shows its cover", async () => {
    const { web } = await library({ "a.cbz": makeCbz({ "1.jpg": await makePicture(30, 40) }) });
    expect((await web.open("/covers/1")).headers.get("content-type")).toBe("image/jpeg");
    expect((await web.open("/covers/9")).status).toBe(404);
  });

  it("sends the book to the reader once, and takes it back", async () => {
    const { shelf, web } = await library(FOUR);
    const headers = { authorization: `Bearer ${shelf.addKey("Kobo").key}` };
    const inbox = async () =>
      (
        (await (await fetch(`${shelf.origin}/api/tome-sync/inbox`, { headers })).json()) as {
          items: { title: string }[];
        }
      ).items;
    await web.open("/books/2");
    expect((await web.submit("/books/2/send", {})).headers.get("location")).toBe("/books/2");
    expect((await web.open("/books/2")).html).toContain("On its way.");
    await web.submit("/books/2/send", {});
    expect(await inbox()).toMatchObject([{ title: "A Lamp" }]);
    await web.open("/books/2");
    await web.submit("/books/2/take-back", {});
    expect(await inbox()).toEqual([]);
  });

  it("changes status and rating, each without the other", async () => {
    const { shelf, web } = await library(FOUR);
    await web.open("/books/1");
    await web.submit("/books/1/opinion", { status: "reading", rating: "4.5" });
    expect(shelf.statuses()).toMatchObject([{ status: "reading", rating: 4.5 }]);
    await web.open("/books/1");
    await web.submit("/books/1/opinion", { status: "read", rating: "" });
    expect(shelf.statuses()).toMatchObject([{ status: "read", rating: null }]);
    await web.open("/books/1");
    expect((await web.submit("/books/1/opinion", { status: "read", rating: "7" })).status).toBe(422);
    await web.open("/books/1");
    expect((await web.submit("/books/1/opinion", { status: "eaten", rating: "" })).status).toBe(422);
    expect((await web.open("/books?status=read")).html).toContain("The Ferry Keeper");
  });
});

describe("the page of the folder", () => {
  it("looks through it now, and lists what could not be read and why", async () => {
    const { web, put, titles } = await library({ "a.epub": epub("A") });
    expect((await web.open("/folder")).html).toContain("Every file could be read.");
    put("Ola Finch - Broken.epub", "broken");
    await web.submit("/folder/scan", {});
    const html = await vi.waitFor(
      async () => {
        const page = (await web.open("/folder")).html;
        expect(page).toContain("1 file added");
        return page;
      },
      { timeout: 60_000 },
    );
    expect(html).toContain("1 file could not be read");
    expect(html).toContain("Ola Finch - Broken.epub");
    expect(html).toContain("perhaps it was not copied to its end");
    expect(await titles("/books")).toEqual(["A", "Broken"]);
    expect((await web.open("/books")).html).toContain("1 file could not be read.");
  });

  it("says that the folder is gone, and keeps its books", async () => {
    const { web, shelf, titles, booksDir } = await library({ "a.epub": epub("A") });
    rmSync(booksDir, { recursive: true });
    await shelf.rescan().catch(() => undefined);
    expect((await web.open("/folder")).html).toContain("The folder could not be read");
    expect(await titles("/books")).toEqual(["A"]);
    mkdirSync(booksDir);
  });
});

describe("the page of series", () => {
  it("leads to the books of each", async () => {
    const { web } = await library(FOUR);
    expect((await web.open("/series")).html).toContain('<a href="/books?series=Harbour&amp;sort=series">Harbour</a>');
  });
});

describe("a book in somebody's private library", () => {
  it("is on no page of another user", async () => {
    const [dataDir, booksDir] = [tempDir(), tempDir()];
    for (const title of ["Mine", "For all"])
      writeFileSync(join(booksDir, `${title}.epub`), epub(title, series(title, 1)));
    const { shelf, web: owner } = await signedInVisitor({ dataDir, booksDir, parsers });
    const mine = shelf.books().find(({ title }) => title === "Mine")?.id ?? 0;
    const db = openDatabase(dataDir);
    db.exec(`INSERT INTO libraries (name, is_public, owner_id) VALUES ('private', 0, 1);
      INSERT INTO library_books VALUES (1, ${mine});
      INSERT INTO users (username, role, password_hash, created_at) VALUES ('Ola', 'member', '${await hashPassword("seven blue ribbons")}', '2026-01-01T00:00:00Z')`);
    db.close();
    const member = new WebVisitor(shelf.origin);
    await member.open("/sign-in");
    await member.submit("/sign-in", { username: "Ola", password: "seven blue ribbons" });
    for (const path of ["/books", "/books?q=mine", "/books?view=list", "/series"]) {
      expect((await owner.open(path)).html, path).toContain(">Mine<");
      expect((await member.open(path)).html, path).not.toContain(">Mine<");
    }
    expect((await member.open("/books")).html).toContain("For all");
    for (const path of ["", "/files/1", "/files/2", "/reading"])
      expect((await member.open(`/books/${mine}${path}`)).status, path).toBe(404);
    expect((await member.open(`/covers/${mine}`)).status).toBe(404);
    for (const action of ["send", "take-back", "opinion"]) {
      await member.open("/account");
      const sent = await member.submit(`/books/${mine}/${action}`, { status: "read", rating: "1" });
      expect(sent.status, action).toBe(404);
    }
    expect((await member.open("/folder")).status).toBe(403);
    expect(shelf.statuses()).toEqual([]);
  });
});
