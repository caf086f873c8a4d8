/** What an EPUB says of itself: the metadata and the spine of its package document. */
import { readMember } from "./archive";

export interface Epub {
  readonly props: KOReader.DocProps;
  /** How many files the text is in: crengine calls each a DocFragment. */
  readonly fragments: number;
}

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

const decoded = (text: string): string => string.gsub(text, "&(%a+);", name => ENTITIES[name] ?? `&${name};`)[0];

const stripped = (text: string): string => string.match(string.gsub(text, "<[^>]*>", "")[0], "^%s*(.-)%s*$")[0] ?? "";

/** An element's attributes and text, wherever it stands, with any prefix. */
function elements(xml: string, name: string): { readonly attributes: string; readonly text: string }[] {
  const found: { attributes: string; text: string }[] = [];
  const pattern = `<[%w]*:?${name}([^>]*)>(.-)</[%w]*:?${name}>`;
  const [withContent] = string.gsub(xml, "<[^>]*/>", "");
  for (const [attributes, text] of string.gmatch(withContent, pattern)) {
    found.push({ attributes: attributes as string, text: decoded(stripped(text as string)) });
  }
  return found;
}

function attribute(attributes: string, name: string): string | undefined {
  const [, value] = string.match(attributes, `${name}=(["'])(.-)%1`);
  return value === undefined ? undefined : decoded(value);
}

/** One value a line, or nothing. */
function lines(texts: readonly string[]): string | undefined {
  const present = texts.filter(text => text !== "");
  return present.length === 0 ? undefined : present.join("\n");
}

/** EPUB 2's meta elements, which calibre writes too. */
function metaContents(xml: string, name: string): string[] {
  const found: string[] = [];
  for (const [attributes] of string.gmatch(xml, "<[%w]*:?meta([^>]*)/?>")) {
    const content = attribute(attributes as string, "content");
    if (attribute(attributes as string, "name") === name && content !== undefined) found.push(content);
  }
  return found;
}

function series(xml: string): Partial<KOReader.DocProps> {
  const [calibre] = metaContents(xml, "calibre:series");
  const [index] = metaContents(xml, "calibre:series_index");
  const metas = elements(xml, "meta");
  const collection = metas.find(meta => attribute(meta.attributes, "property") === "belongs-to-collection");
  const position = metas.find(meta => attribute(meta.attributes, "property") === "group-position");
  const name = calibre ?? collection?.text;
  const number = tonumber(index ?? position?.text);
  if (name === undefined) return {};
  return number === undefined ? { series: name } : { series: name, series_index: number };
}

/** EPUB 2 gives `scheme:value`, EPUB 3 the raw text. */
function identifiers(xml: string): string | undefined {
  const all = elements(xml, "identifier").map(({ attributes, text }) => {
    const scheme = attribute(attributes, "opf:scheme");
    return scheme === undefined || text === "" ? text : `${scheme}:${text}`;
  });
  return lines(all);
}

type Writable = { -readonly [Key in keyof KOReader.DocProps]: KOReader.DocProps[Key] };

function propsOf(xml: string): KOReader.DocProps {
  const props: Writable = series(xml);
  const set = (
    key: "title" | "authors" | "language" | "keywords" | "description" | "identifiers",
    text?: string,
  ): void => {
    if (text !== undefined) props[key] = text;
  };
  const all = (name: string): string | undefined => lines(elements(xml, name).map(element => element.text));
  const first = (name: string): string | undefined =>
    lines(
      elements(xml, name)
        .slice(0, 1)
        .map(element => element.text),
    );
  set("title", first("title"));
  set("authors", all("creator"));
  set("language", first("language"));
  set("keywords", all("subject"));
  set("description", first("description"));
  set("identifiers", identifiers(xml));
  return props;
}

/** Nothing when the file is no EPUB. */
export function readEpub(file: string): Epub | undefined {
  const container = readMember(file, "META-INF/container.xml");
  const [, packagePath] = string.match(container, `full%-path=(["'])(.-)%1`);
  if (packagePath === undefined) return undefined;
  const xml = readMember(file, packagePath);
  let fragments = 0;
  for (const [_] of string.gmatch(xml, "<[%w]*:?itemref")) fragments += 1;
  return { props: propsOf(xml), fragments: Math.max(fragments, 1) };
}
