import { posix } from "node:path";
import type { Identifier } from "../store/books";
import { descendants, parseXml, type Element } from "./xml";
import { openArchive, type Archive } from "./zip-entries";

/** What an EPUB says about itself. */
export interface EpubFacts {
  readonly title: string | null;
  /** All authors, joined with ", ". */
  readonly author: string | null;
  readonly series: string | null;
  readonly seriesIndex: number | null;
  readonly language: string | null;
  readonly description: string | null;
  readonly identifiers: readonly Identifier[];
  /** Its subjects, each once. */
  readonly tags: readonly string[];
}

/** Reads the metadata of an EPUB 2 or 3. Rejects, with a reason that can be shown, when the file is no sound EPUB. */
export async function readEpub(path: string): Promise<EpubFacts> {
  const archive = await openArchive(path);
  const container = parseXml(member(archive, "META-INF/container.xml"));
  const rootfile = descendants(container, "rootfile")[0]?.attributes["full-path"];
  if (rootfile === undefined) throw new Error("container.xml names no package document");
  return factsOfPackage(member(archive, posix.normalize(rootfile)));
}

/** Reads the metadata of a package document (`content.opf`). Throws when it is no XML. */
export function factsOfPackage(source: string): EpubFacts {
  const metadata = descendants(parseXml(source), "metadata")[0];
  const elements = metadata ? everything(metadata) : [];
  return {
    title: titleOf(elements),
    author: authorsOf(elements),
    ...seriesOf(elements),
    language: textsOf(elements, "language")[0] ?? null,
    description: textsOf(elements, "description")[0] ?? null,
    identifiers: elements.filter(element => element.name === "identifier").flatMap(identifierOf),
    tags: [...new Set(textsOf(elements, "subject"))],
  };
}

function member(archive: Archive, name: string): string {
  const text = archive.text(name);
  if (text === undefined) throw new Error(`${name} is not in the archive`);
  return text;
}

/** EPUB 2.0 files of old wrap their elements in `dc-metadata`, so depth must not matter. */
function everything(parent: Element): Element[] {
  return parent.children.flatMap(child => [child, ...everything(child)]);
}

function titleOf(elements: readonly Element[]): string | null {
  const titles = elements.filter(element => element.name === "title" && element.text !== "");
  const main = titles.find(title => refinement(elements, title, "title-type") === "main");
  return (main ?? titles[0])?.text ?? null;
}

function authorsOf(elements: readonly Element[]): string | null {
  const names = elements
    .filter(element => element.name === "creator" && element.text !== "")
    .filter(creator => (creator.attributes["role"] ?? refinement(elements, creator, "role") ?? "aut") === "aut")
    .map(creator => creator.text);
  return names.length === 0 ? null : names.join(", ");
}

function seriesOf(elements: readonly Element[]): Pick<EpubFacts, "series" | "seriesIndex"> {
  const named = (name: string) => elements.find(element => element.attributes["name"] === name)?.attributes["content"];
  const calibre = named("calibre:series")?.trim();
  if (calibre !== undefined && calibre !== "")
    return { series: calibre, seriesIndex: number(named("calibre:series_index")) };
  const collection = elements
    .filter(element => element.attributes["property"] === "belongs-to-collection" && element.text !== "")
    .find(element => (refinement(elements, element, "collection-type") ?? "series") === "series");
  if (!collection) return { series: null, seriesIndex: null };
  return { series: collection.text, seriesIndex: number(refinement(elements, collection, "group-position")) };
}

/** EPUB 3 says more about an element in a `meta` that points at its id. */
function refinement(elements: readonly Element[], subject: Element, property: string): string | undefined {
  const id = subject.attributes["id"];
  if (id === undefined) return undefined;
  return elements.find(({ attributes }) => attributes["refines"] === `#${id}` && attributes["property"] === property)
    ?.text;
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

function number(source: string | undefined): number | null {
  const value = Number.parseFloat(source ?? "");
  return Number.isFinite(value) ? value : null;
}
