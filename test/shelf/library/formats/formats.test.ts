import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { strToU8, zipSync } from "fflate";
import { FORMATS } from "../../../../src/shelf/library/formats";
import { kindOf } from "../../../../src/shelf/library/formats/kinds";
import { makeCbr, makeCbz } from "../../../support/node/books/comic";
import { makeDjvu } from "../../../support/node/books/djvu";
import { makeFb2 } from "../../../support/node/books/fb2";
import { database, makeMobi } from "../../../support/node/books/mobi";
import { makePdf } from "../../../support/node/books/pdf";
import { makePicture } from "../../../support/node/books/picture";
import { makeEpub, packageWith } from "../../../support/node/epub";
import { tempDir } from "../../../support/node/temp-dir";

function bookOf(name: string, bytes: Uint8Array | string) {
  const path = join(tempDir(), name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
  const kind = kindOf(name);
  if (kind === undefined) throw new Error(`${name} is no book`);
  return { read: () => FORMATS[kind].read(path), cover: () => FORMATS[kind].cover(path) };
}

const same = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");

describe("a PDF", () => {
  it("tells its title, author, subject, keywords, language and pages", async () => {
    const said = { Title: "Voilà, the Weather", Author: "Jules Réaux", Subject: "Rain.", Keywords: "sea, rain" };
    await expect(bookOf("a.pdf", makePdf(said, 3)).read()).resolves.toMatchObject({
      title: "Voilà, the Weather",
      author: "Jules Réaux",
      description: "Rain.",
      tags: ["sea", "rain"],
      language: "en",
      pageCount: 3,
    });
  });

  it.each(["Microsoft Word - draft2.doc", "untitled", "book_final.indd", "  "])("has no title %j", async Title => {
    await expect(bookOf("a.pdf", makePdf({ Title })).read()).resolves.toMatchObject({ title: null });
  });

  it("shows its first page", async () => {
    const cover = await bookOf("a.pdf", makePdf({})).cover();
    expect(Buffer.from(cover ?? []).toString("latin1", 1, 4)).toBe("PNG");
  });

  it("is refused with words when it is none", async () => {
    await expect(bookOf("a.pdf", "%PDF-1.4 and no more").read()).rejects.toThrow("It is no sound PDF.");
  });
});

const COMIC_INFO = `<?xml version="1.0"?><ComicInfo><Title>Low Tide</Title><Series>Gull &amp; Anchor</Series>
  <Number>2.5</Number><Writer>Mina Duarte, Ola Finch</Writer><Publisher>Quay Press</Publisher><Year>2019</Year>
  <Month>4</Month><LanguageISO>en</LanguageISO><Summary>Boats.</Summary><Genre>Sea, Birds</Genre>
  <Manga>YesAndRightToLeft</Manga><GTIN>9780000000019</GTIN></ComicInfo>`;

describe.each([
  ["cbz", makeCbz],
  ["cbr", makeCbr],
])("a comic in a %s", (extension, make) => {
  it("tells what ComicInfo.xml says, and how many pictures there are", async () => {
    const files = { "2.jpg": "b", "10.jpg": "c", "1.PNG": "a", "ComicInfo.xml": COMIC_INFO, "__MACOSX/._1.PNG": "x" };
    await expect(bookOf(`a.${extension}`, make(files)).read()).resolves.toMatchObject({
      title: "Low Tide",
      author: "Mina Duarte, Ola Finch",
      series: "Gull & Anchor",
      seriesIndex: 2.5,
      publisher: "Quay Press",
      published: "2019-04",
      language: "en",
      description: "Boats.",
      tags: ["Sea", "Birds"],
      identifiers: [{ scheme: "isbn", value: "9780000000019" }],
      bookType: "manga",
      pageCount: 3,
    });
  });

  it("shows the first picture as a reader counts", async () => {
    const files = { "page 10.jpg": "ten", "page 2.jpg": "two", "cover.txt": "no" };
    await expect(bookOf(`a.${extension}`, make(files)).cover()).resolves.toEqual(Buffer.from("two"));
  });

  it("has pages though its description is broken", async () => {
    const files = { "1.jpg": "a", "ComicInfo.xml": "<ComicInfo><Title>" };
    await expect(bookOf(`a.${extension}`, make(files)).read()).resolves.toMatchObject({ title: null, pageCount: 1 });
  });

  it.each(["../ribbon-escaped.jpg", "../../ribbon-escaped.jpg", "/tmp/ribbon-escaped.jpg"])(
    "writes nothing outside for a page called %s",
    async name => {
      await bookOf(`a.${extension}`, make({ [name]: "away" }))
        .cover()
        .catch(() => undefined);
      for (const folder of ["/tmp", "/", "."]) expect(existsSync(join(folder, "ribbon-escaped.jpg"))).toBe(false);
    },
  );

  it("is refused without pictures", async () => {
    await expect(bookOf(`a.${extension}`, make({ "a.txt": "a" })).read()).rejects.toThrow("no pictures");
  });
});

it("takes a ZIP for a ZIP, though it is called CBR", async () => {
  await expect(bookOf("a.cbr", makeCbz({ "1.jpg": "a" })).read()).resolves.toMatchObject({ pageCount: 1 });
});

describe.each(["mobi", "azw3", "azw", "prc"])("a Kindle book called %s", extension => {
  it("tells what its EXTH records say", async () => {
    const extras = [
      [503, "The Ferry Keeper"],
      [100, "Mara Lindqvist"],
      [100, "Ola Finch"],
      [101, "Quay Press"],
      [103, "<p>A ferry.</p>"],
      [104, "9780000000026"],
      [105, "Sea"],
      [106, "2019-04-01"],
      [112, "calibre:0c9b6f5e"],
      [113, "B000000001"],
      [524, "en"],
    ] as const;
    await expect(bookOf(`a.${extension}`, makeMobi({ title: "Other", extras })).read()).resolves.toMatchObject({
      title: "The Ferry Keeper",
      author: "Mara Lindqvist, Ola Finch",
      publisher: "Quay Press",
      description: "<p>A ferry.</p>",
      published: "2019-04-01",
      language: "en",
      tags: ["Sea"],
      identifiers: [
        { scheme: "isbn", value: "9780000000026" },
        { scheme: "asin", value: "B000000001" },
        { scheme: "calibre", value: "0c9b6f5e" },
      ],
    });
  });

  it("has its full name without them, in either encoding", async () => {
    const long = "Voilà, the Weather: a Title of More than Thirty-One Letters";
    for (const encoding of ["utf8", "latin1"] as const) {
      const bytes = makeMobi({ title: long, encoding });
      await expect(bookOf(`a.${extension}`, bytes).read()).resolves.toMatchObject({ title: long, author: null });
    }
  });

  it("shows its cover", async () => {
    const [first, second] = [await makePicture(10, 10), await makePicture(20, 20)];
    const bytes = makeMobi({ title: "A", extras: [[201, Uint8Array.of(0, 0, 0, 1)]], pictures: [first, second] });
    expect(same((await bookOf(`a.${extension}`, bytes).cover()) ?? new Uint8Array())).toBe(same(second));
    expect(await bookOf(`a.${extension}`, makeMobi({ title: "A" })).cover()).toBeUndefined();
  });

  it("goes by its short name when it is a PalmDoc", async () => {
    const bytes = database("A_Lamp", "TEXtREAd", [Buffer.alloc(16), Buffer.from("Text.")]);
    await expect(bookOf(`a.${extension}`, bytes).read()).resolves.toMatchObject({ title: "A Lamp" });
  });

  it("is refused when it is something else", async () => {
    await expect(bookOf(`a.${extension}`, "x".repeat(200)).read()).rejects.toThrow("no Kindle book");
  });
});

const TITLE_INFO = `<genre>sf</genre><author><first-name>Иван</first-name><last-name>Петров</last-name></author>
  <author><nickname>Ola</nickname></author><book-title>Паром</book-title><annotation><p>One.</p><p>Two.</p></annotation>
  <date value="1999">1999</date><lang>ru</lang><sequence name="Море" number="3"/>`;
const PUBLISH_INFO = "<publish-info><publisher>Quay</publisher><year>2001</year><isbn>5-00</isbn></publish-info>";

describe("a FictionBook", () => {
  const said = {
    title: "Паром",
    author: "Иван Петров, Ola",
    series: "Море",
    seriesIndex: 3,
    language: "ru",
    description: "One. Two.",
    publisher: "Quay",
    published: "2001",
    tags: ["sf"],
    identifiers: [{ scheme: "isbn", value: "5-00" }],
  };

  it("tells its description, plain and in a ZIP", async () => {
    const source = makeFb2(TITLE_INFO, { more: PUBLISH_INFO });
    await expect(bookOf("a.fb2", source).read()).resolves.toMatchObject(said);
    await expect(bookOf("a.fb2.zip", zipSync({ "a.fb2": strToU8(source) })).read()).resolves.toMatchObject(said);
  });

  it("is read in the encoding that it declares", async () => {
    const source = makeFb2("<book-title>Паром</book-title>").replace("utf-8", "windows-1251");
    const bytes = Buffer.from([...source].map(letter => cp1251(letter)));
    await expect(bookOf("a.fb2", bytes).read()).resolves.toMatchObject({ title: "Паром" });
  });

  it("shows its cover", async () => {
    const cover = await makePicture(10, 20);
    const book = bookOf("a.fb2", makeFb2(TITLE_INFO, { cover }));
    expect(same((await book.cover()) ?? new Uint8Array())).toBe(same(cover));
    expect(await bookOf("a.fb2", makeFb2(TITLE_INFO)).cover()).toBeUndefined();
  });

  it("is refused without a description", async () => {
    await expect(bookOf("a.fb2", "<FictionBook/>").read()).rejects.toThrow("no description");
    await expect(bookOf("a.fb2.zip", zipSync({ "a.txt": strToU8("a") })).read()).rejects.toThrow("no FictionBook");
  });
});

function cp1251(letter: string): number {
  const code = letter.codePointAt(0) ?? 0;
  return code < 128 ? code : code - 0x410 + 0xc0;
}

describe("a DjVu file", () => {
  const annotations = `(background #FFFFFF) (metadata (Title "Small \\"Boats\\"") (author "\\303\\205sa Quay") (year "1901"))`;

  it.each([1, 5])("tells the metadata among its annotations, with %i pages", async pages => {
    await expect(bookOf("a.djvu", makeDjvu(annotations, pages)).read()).resolves.toMatchObject({
      title: 'Small "Boats"',
      author: "Åsa Quay",
      published: "1901",
      pageCount: pages,
    });
  });

  it("says nothing when nobody described it", async () => {
    const said = { title: null, author: null, pageCount: 1 };
    await expect(bookOf("a.djv", makeDjvu("(zoom page)")).read()).resolves.toMatchObject(said);
  });

  it("is refused when it is something else", async () => {
    await expect(bookOf("a.djvu", "x".repeat(100)).read()).rejects.toThrow("no sound DjVu");
  });
});

describe("an EPUB's cover", () => {
  const cover = async (metadata: string, manifest: string, names: readonly string[]) => {
    const opf = packageWith(metadata).replace("<manifest/>", `<manifest>${manifest}</manifest>`);
    const book = bookOf("a.epub", makeEpub("", { "OPS/book.opf": opf, ...Object.fromEntries(names.map(n => [n, n])) }));
    const found = await book.cover();
    return found && Buffer.from(found).toString();
  };

  it.each([
    ["in EPUB 3", "", `<item id="i" properties="svg cover-image" href="../img/a%20b.png"/>`, "img/a b.png"],
    ["in EPUB 2", `<meta name="cover" content="i"/>`, `<item id="i" href="c.jpg"/>`, "OPS/c.jpg"],
    ["by its name alone", "", "", "OPS/images/Cover1.jpeg"],
    ["by its name, when what is named is a page", "", `<item properties="cover-image" href="c.xhtml"/>`, "cover.gif"],
  ])("is found %s", async (_, metadata, manifest, name) => {
    expect(await cover(metadata, manifest, ["OPS/c.xhtml", "OPS/other.png", name])).toBe(name);
  });

  it("may be missing", async () => {
    expect(await cover("", "", ["OPS/other.png"])).toBeUndefined();
    expect(await cover("", `<item properties="cover-image" href="../../../etc/passwd.png"/>`, [])).toBeUndefined();
  });
});
