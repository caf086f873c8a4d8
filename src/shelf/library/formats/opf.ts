import type { Identifier } from "../../store/books";
import { joinedOrNull, NOTHING_SAID, numberOrNull, textOrNull, type Said } from "./said";
import { descendants, parseXml, type Element } from "./xml";

/** A package document: `content.opf` of an EPUB, `metadata.opf` of a Calibre library. */
export interface Package {
  readonly said: Said;
  /** Where its cover stands, as the document writes it: relative to itself, percent-encoded. */
  readonly coverHref: string | undefined;
}

/** Reads a package document. Throws when it is no XML. */
export function readPackage(source: string): Package {
  const root = parseXml(source);
  const metadata = descendants(root, "metadata")[0];
  const elements = metadata ? everything(metadata) : [];
  return { said: saidIn(elements), coverHref: coverIn(root, elements) };
}

/** The metadata of a package document. Throws when it is no XML. */
export function factsOfPackage(source: string): Said {
  return readPackage(source).said;
}

function saidIn(elements: readonly Element[]): Said {
  return {
    ...NOTHING_SAID,
    title: titleOf(elements),
    author: authorsOf(elements),
    ...seriesOf(elements),
    language: textsOf(elements, "language")[0] ?? null,
    description: textsOf(elements, "description")[0] ?? null,
    publisher: textsOf(elements, "publisher")[0] ?? null,
    published: publishedIn(elements),
    identifiers: elements.filter(element => element.name === "identifier").flatMap(identifierOf),
    tags: [...new Set(textsOf(elements, "subject"))],
  };
}

/** EPUB 2.0 files of old wrap their elements in `dc-metadata`, so depth must not matter. */
function everything(parent: Element): Element[] {
  return parent.children.flatMap(child => [child, ...everything(child)]);
}

function titleOf(elements: readonly Element[]): string | null {
  const titles = elements.filter(element => element.name === "title" && element.text !== "");
  const main = titles.find(title => refinement(elements, title, "title-type") === "main");
  return textOrNull((main ?? titles[0])?.text);
}

function authorsOf(elements: readonly Element[]): string | null {
  const names = elements
    .filter(element => element.name === "creator" && element.text !== "")
    .filter(creator => (creator.attributes["role"] ?? refinement(elements, creator, "role") ?? "aut") === "aut")
    .map(creator => textOrNull(creator.text));
  return joinedOrNull(names);
}

function seriesOf(elements: readonly Element[]): Pick<Said, "series" | "seriesIndex"> {
  const series = textOrNull(contentOf(elements, "calibre:series"));
  if (series !== null) return { series, seriesIndex: numberOrNull(contentOf(elements, "calibre:series_index")) };
  const collection = elements
    .filter(element => element.attributes["property"] === "belongs-to-collection" && element.text !== "")
    .find(element => (refinement(elements, element, "collection-type") ?? "series") === "series");
  if (!collection) return { series: null, seriesIndex: null };
  return { series: collection.text, seriesIndex: numberOrNull(refinement(elements, collection, "group-position")) };
}

/** Calibre writes the year 101 when it knows none. */
function publishedIn(elements: readonly Element[]): string | null {
  const dates = elements.filter(element => element.name === "date" && element.text !== "");
  const said = dates.find(date => date.attributes["event"] === "publication") ?? dates[0];
  return said === undefined || said.text.startsWith("0101-") ? null : said.text;
}

/** EPUB 3 says more about an element in a `meta` that points at its id. */
function refinement(elements: readonly Element[], subject: Element, property: string): string | undefined {
  const id = subject.attributes["id"];
  if (id === undefined) return undefined;
  return elements.find(({ attributes }) => attributes["refines"] === `#${id}` && attributes["property"] === property)
    ?.text;
}

/** EPUB 3 marks the cover among its files; EPUB 2 names its id in the metadata; Calibre has a guide. */
function coverIn(root: Element, elements: readonly Element[]): string | undefined {
  const items = descendants(root, "item");
  const marked = items.find(item => item.attributes["properties"]?.split(/\s+/).includes("cover-image") === true);
  const id = contentOf(elements, "cover");
  const named = id === undefined ? undefined : items.find(item => item.attributes["id"] === id);
  const guide = descendants(root, "reference").find(reference => reference.attributes["type"] === "cover");
  return (marked ?? named ?? guide)?.attributes["href"];
}

function contentOf(elements: readonly Element[], name: string): string | undefined {
  return elements.find(element => element.attributes["name"] === name)?.attributes["content"];
}

function identifierOf({ text, attributes }: Element): Identifier[] {
  const [, urnScheme, urnValue] = /^urn:([a-z0-9][a-z0-9-]*):(.+)$/i.exec(text) ?? [];
  const scheme = (urnScheme ?? attributes["scheme"] ?? "").toLowerCase();
  const value = urnValue ?? text;
  return value === "" ? [] : [{ scheme, value }];
}

function textsOf(elements: readonly Element[], name: string): string[] {
  return elements.filter(element => element.name === name && element.text !== "").map(element => element.text);
}
