import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readEpub } from "../../../../src/shelf/library/formats/epub";
import { factsOfPackage } from "../../../../src/shelf/library/formats/opf";
import { makeEpub, packageWith } from "../../../support/node/epub";
import { tempDir } from "../../../support/node/temp-dir";

const facts = (metadata: string, version?: string) => factsOfPackage(packageWith(metadata, version));

describe("the metadata of an EPUB", () => {
  it("has title, author, language, description and identifiers", () => {
    const metadata = `
      <dc:title>Salt &amp; Signal</dc:title><dc:creator>Ines Calloway</dc:creator><dc:language>en-GB</dc:language>
      <dc:description>Boats come home.</dc:description>
      <dc:identifier id="uid">urn:uuid:0c9b</dc:identifier>
      <dc:identifier opf:scheme="ISBN">9780000000002</dc:identifier>
      <dc:identifier>loose</dc:identifier>
      <dc:subject>Sea</dc:subject><dc:subject>Radio</dc:subject><dc:subject>Sea</dc:subject>`;
    expect(facts(metadata)).toEqual({
      title: "Salt & Signal",
      author: "Ines Calloway",
      series: null,
      seriesIndex: null,
      language: "en-GB",
      description: "Boats come home.",
      publisher: null,
      published: null,
      pageCount: null,
      identifiers: [
        { scheme: "uuid", value: "0c9b" },
        { scheme: "isbn", value: "9780000000002" },
        { scheme: "", value: "loose" },
      ],
      tags: ["Sea", "Radio"],
    });
  });

  it.each([
    [
      "calibre",
      `<meta name="calibre:series" content="Orchard"/><meta name="calibre:series_index" content="1.5"/>`,
      1.5,
    ],
    ["calibre, without index", `<meta content="Orchard" name="calibre:series"/>`, null],
    [
      "EPUB 3",
      `<meta property="belongs-to-collection" id="c">Orchard</meta>
       <meta refines="#c" property="collection-type">series</meta>
       <meta refines="#c" property="group-position">2</meta>`,
      2,
    ],
    [
      "EPUB 3, beside a set",
      `<meta property="belongs-to-collection" id="s">Classics</meta><meta refines="#s" property="collection-type">set</meta>
       <meta property="belongs-to-collection" id="c">Orchard</meta><meta refines="#c" property="group-position">3.0</meta>`,
      3,
    ],
  ])("knows the series the way of %s", (_, metadata, seriesIndex) => {
    expect(facts(metadata)).toMatchObject({ series: "Orchard", seriesIndex });
  });

  it("joins authors and leaves out translators, in EPUB 2 and 3", () => {
    const two = `<dc:creator opf:role="aut">A</dc:creator><dc:creator opf:role="trl">T</dc:creator><dc:creator>B</dc:creator>`;
    const three = `<dc:creator id="a">A</dc:creator><dc:creator id="t">T</dc:creator>
      <meta refines="#t" property="role">trl</meta><dc:creator>B</dc:creator>`;
    expect(facts(two, "2.0").author).toBe("A, B");
    expect(facts(three).author).toBe("A, B");
  });

  it("takes the main title among several", () => {
    const metadata = `<dc:title id="s">A Side Story</dc:title><meta refines="#s" property="title-type">subtitle</meta>
      <dc:title id="m">Windfall</dc:title><meta refines="#m" property="title-type">main</meta>`;
    expect(facts(metadata).title).toBe("Windfall");
  });

  it("keeps figures as text, and characters of every script", () => {
    expect(facts("<dc:title>1984</dc:title><dc:creator>Željko Ćirić</dc:creator>")).toMatchObject({
      title: "1984",
      author: "Željko Ćirić",
    });
    expect(facts("<dc:title>夜行&#x5217;車</dc:title>").title).toBe("夜行列車");
  });

  it("reads the wrapped elements of old EPUB 2 files", () => {
    expect(facts("<dc-metadata><dc:title>Old</dc:title></dc-metadata>", "2.0").title).toBe("Old");
  });

  it("is empty where the book says nothing", () => {
    expect(facts("<dc:title></dc:title><dc:creator/>")).toMatchObject({ title: null, author: null, identifiers: [] });
  });
});

describe("an EPUB file", () => {
  const fileWith = (bytes: Uint8Array | string) => {
    const path = join(tempDir(), "book.epub");
    writeFileSync(path, bytes);
    return path;
  };

  it("is read through its container", async () => {
    const path = fileWith(makeEpub("<dc:title>Ash</dc:title>"));
    await expect(readEpub(path)).resolves.toMatchObject({ title: "Ash" });
  });

  it.each([
    ["no archive", "this is not a ZIP file"],
    ["empty", ""],
    ["cut short", makeEpub("<dc:title>Ash</dc:title>").slice(0, 200)],
    [
      "without its package",
      makeEpub("", { "META-INF/container.xml": `<container><rootfile full-path="x.opf"/></container>` }),
    ],
    ["without a root file", makeEpub("", { "META-INF/container.xml": "<container/>" })],
    ["of broken XML", makeEpub("", { "OPS/book.opf": "<package><metadata></package>" })],
    ["a bomb", makeEpub("", { "OPS/book.opf": "x".repeat(5 * 1024 * 1024) })],
  ])("is refused when it is %s", async (_, bytes) => {
    await expect(readEpub(fileWith(bytes))).rejects.toThrow();
  });

  it("is not expanded without end by entities that refer to each other", async () => {
    const entities = Array.from({ length: 20 }, (_, n) => `<!ENTITY e${n + 1} "&e${n};&e${n};&e${n};&e${n};">`).join(
      "",
    );
    const opf = `<!DOCTYPE p [<!ENTITY e0 "lol">${entities}]><package><metadata><title>&e20;</title></metadata></package>`;
    const read = readEpub(fileWith(makeEpub("", { "OPS/book.opf": opf })));
    const title = await read.then(
      ({ title }) => title ?? "",
      () => "",
    );
    expect(title.length).toBeLessThan(100_000);
  });
});
