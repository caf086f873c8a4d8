import { formatOf } from "./kinds";
import { withBytes } from "./bytes";
import { joinedOrNull, LARGEST_PICTURE_BYTES, NOTHING_SAID, numberOrNull, textOrNull, Unreadable } from "./said";
import type { Format, Picture, Said } from "./said";
import { descendants, parseXml, type Element } from "./xml";
import { withArchive } from "./zip";

/** A FictionBook holds its pictures as text, so it may be large; its description stands before all of them. */
const LARGEST_BOOK_BYTES = 128 * 1024 * 1024;
const HEAD_BYTES = 1024 * 1024;

/** FictionBook 2, plain or in a ZIP. */
export const fb2: Format = {
  read: async path => saidIn(descriptionIn(await sourceOf(path, HEAD_BYTES))),
  cover: async path => coverIn(await sourceOf(path, LARGEST_BOOK_BYTES)),
};

/** The document's bytes, those of a plain file up to `most`. */
async function sourceOf(path: string, most: number): Promise<Buffer> {
  if (formatOf(path) !== "fb2.zip") {
    return withBytes(path, bytes => {
      if (bytes.size > LARGEST_BOOK_BYTES) throw new Unreadable("It is too large to look into (more than 128 MiB).");
      return bytes.at(0, most);
    });
  }
  return withArchive(path, async archive => {
    const name = archive.names.find(each => each.toLowerCase().endsWith(".fb2"));
    const bytes = name === undefined ? undefined : await archive.read(name, LARGEST_BOOK_BYTES);
    if (bytes === undefined) throw new Unreadable("There is no FictionBook in it.");
    return Buffer.from(bytes);
  });
}

/** Parses nothing but the description: the text of a whole book would take many times its size. */
function descriptionIn(source: Buffer): Element {
  const start = source.indexOf("<description");
  const end = source.indexOf("</description>");
  if (start < 0 || end < start) throw new Unreadable("It is no sound FictionBook: it has no description.");
  return parseXml(decoderOf(source).decode(source.subarray(start, end + "</description>".length)));
}

/** Of the encoding that the document declares; many a Russian book is in windows-1251. */
function decoderOf(source: Buffer): InstanceType<typeof TextDecoder> {
  const [, declared = "utf-8"] = /encoding\s*=\s*["']([\w-]+)["']/.exec(source.toString("latin1", 0, 200)) ?? [];
  try {
    return new TextDecoder(declared);
  } catch {
    return new TextDecoder();
  }
}

function saidIn(description: Element): Said {
  const titleInfo = descendants(description, "title-info")[0];
  const publishInfo = descendants(description, "publish-info")[0];
  const inTitle = (name: string) => textOrNull(titleInfo && child(titleInfo, name)?.text);
  const inPublish = (name: string) => textOrNull(publishInfo && child(publishInfo, name)?.text);
  const sequence = titleInfo && child(titleInfo, "sequence");
  const isbn = inPublish("isbn");
  return {
    ...NOTHING_SAID,
    title: inTitle("book-title"),
    author: joinedOrNull((titleInfo?.children ?? []).filter(({ name }) => name === "author").map(nameOf)),
    series: textOrNull(sequence?.attributes["name"]),
    seriesIndex: numberOrNull(sequence?.attributes["number"]),
    language: inTitle("lang"),
    description: textOrNull(titleInfo && wordsOf(child(titleInfo, "annotation"))),
    publisher: inPublish("publisher"),
    published: inPublish("year") ?? inTitle("date"),
    identifiers: isbn === null ? [] : [{ scheme: "isbn", value: isbn }],
    tags: [...new Set((titleInfo?.children ?? []).filter(({ name }) => name === "genre").map(({ text }) => text))],
  };
}

function nameOf(author: Element): string | null {
  const parts = ["first-name", "middle-name", "last-name"].map(part => child(author, part)?.text ?? "");
  return textOrNull(parts.join(" ")) ?? textOrNull(child(author, "nickname")?.text);
}

function coverIn(source: Buffer): Picture | undefined {
  const image = descendants(descriptionIn(source), "coverpage").flatMap(page => descendants(page, "image"))[0];
  const id = image?.attributes["href"]?.replace(/^#/, "");
  const start = id === undefined ? -1 : source.indexOf(`id="${id}"`, source.indexOf("<binary"));
  if (start < 0) return undefined;
  const from = source.indexOf(">", start) + 1;
  const until = source.indexOf("</binary>", from);
  if (from === 0 || until < 0 || until - from > LARGEST_PICTURE_BYTES * 1.5) return undefined;
  return Buffer.from(source.toString("latin1", from, until), "base64");
}

function child(parent: Element, name: string): Element | undefined {
  return parent.children.find(each => each.name === name);
}

function wordsOf(element: Element | undefined): string {
  return element ? [element.text, ...element.children.map(wordsOf)].join("\n") : "";
}
