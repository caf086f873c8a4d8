import { XMLParser } from "fast-xml-parser";

/** An element: its attributes by local name, its children in order, its text. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  readonly text: string;
}

type Node = Record<string, unknown>;

const ATTRIBUTES = ":@";
const TEXT = "#text";

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: "",
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: true,
  htmlEntities: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
});

/** Parses a document and returns its root's parent, without namespace prefixes. Throws on what is not XML. */
export function parseXml(source: string): Element {
  return { name: "", attributes: {}, text: "", children: elementsOf(parser.parse(source, true)) };
}

/** All elements of a name, at any depth, in the order of the document. */
export function descendants(parent: Element, name: string): Element[] {
  return parent.children.flatMap(child => [...(child.name === name ? [child] : []), ...descendants(child, name)]);
}

function elementsOf(nodes: unknown): Element[] {
  return Array.isArray(nodes) ? (nodes as Node[]).flatMap(elementOf) : [];
}

function elementOf(node: Node): Element[] {
  const name = Object.keys(node).find(key => key !== ATTRIBUTES && key !== TEXT);
  if (name === undefined) return [];
  const children = node[name];
  const attributes = (node[ATTRIBUTES] ?? {}) as Record<string, string>;
  return [{ name, attributes, children: elementsOf(children), text: textOf(children) }];
}

function textOf(nodes: unknown): string {
  if (!Array.isArray(nodes)) return "";
  return (nodes as Node[])
    .map(node => node[TEXT])
    .filter(text => typeof text === "string")
    .join("");
}
