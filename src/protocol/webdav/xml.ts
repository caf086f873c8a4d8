import { decodeEntities } from "./xml-entities";
import { bindingsOf, localNameIn, type Bindings } from "./xml-names";
import { stripSpace } from "./xml-space";

/** Told of the elements of the namespace `DAV:`; of any other the name is empty. `depth` is 1 at the root. */
export interface XmlListener {
  open(name: string, depth: number): void;
  /** @param text of the element itself, behind its last child */
  close(name: string, depth: number, text: string): void;
}

/** Of one tag, text or comment. A server says nothing in a listing that is longer. */
const LONGEST_PIECE = 16 * 1024;
const DEEPEST = 32;

interface Element {
  readonly tag: string;
  readonly name: string;
  /** What prefixes mean outside of it. */
  readonly outer: Bindings;
}

/** Where a piece ends that begins so. What follows `<!` otherwise is a document type, which may define entities: refused. */
const SPECIAL: readonly (readonly [start: string, end: string])[] = [
  ["<!--", "-->"],
  ["<![CDATA[", "]]>"],
  ["<?", "?>"],
];

/**
 * Reads XML as it arrives, piece by piece, in memory that does not grow with it: UTF-8, namespaces, no document types. It takes
 * some things that are no XML, such as an attribute that comes twice, and never anything for what it is not.
 */
export class XmlReader {
  /** Why this is no XML that we read; then nothing more is taken. */
  problem: string | undefined;
  private pending = "";
  private text = "";
  private bindings: Bindings = { xml: "http://www.w3.org/XML/1998/namespace" };
  private readonly elements: Element[] = [];
  private hasRoot = false;

  constructor(private readonly listener: XmlListener) {}

  push(bytes: string): void {
    const text = this.pending + bytes;
    let at = 0;
    let next: number | undefined = 0;
    while (next !== undefined && this.problem === undefined) {
      at = next;
      next = this.step(text, at);
    }
    this.pending = text.slice(at);
    if (this.pending.length > LONGEST_PIECE) this.problem ??= "a tag or text is too long";
  }

  /** Nothing more comes. */
  end(): void {
    if (this.problem !== undefined) return;
    if (this.elements.length > 0 || !this.hasRoot) this.problem = "cut off";
    else if (stripSpace(this.pending) !== "") this.problem = "text after the end";
  }

  /** Takes the text up to the next markup, and that; gives where to go on when all of both has come. */
  private step(text: string, from: number): number | undefined {
    const start = text.indexOf("<", from);
    if (start < 0) return undefined;
    const special = SPECIAL.find(([mark]) => text.startsWith(mark, start));
    const end = special === undefined ? endOfTag(text, start) : endOfSpecial(text, start, special);
    if (end === undefined) return undefined;
    this.addText(decodeEntities(text.slice(from, start)));
    if (special === undefined) this.takeTag(text.slice(start + 1, end - 1));
    else if (special[1] === "]]>") this.addText(text.slice(start + special[0].length, end - special[1].length));
    return end;
  }

  private addText(text: string | undefined): void {
    if (text === undefined) this.problem = "an entity that is not known";
    else if (this.text.length + text.length > LONGEST_PIECE) this.problem = "a tag or text is too long";
    else this.text += text;
  }

  private takeTag(tag: string): void {
    if (tag.startsWith("!")) this.problem = "a document type";
    else if (tag.startsWith("/")) this.closeElement(stripSpace(tag.slice(1)));
    else {
      const isEmpty = tag.endsWith("/");
      const name = this.openElement(isEmpty ? tag.slice(0, tag.length - 1) : tag);
      if (isEmpty && this.problem === undefined) this.closeElement(name);
    }
  }

  private openElement(tag: string): string {
    const { bindings: outer } = this;
    const name = nameOf(tag);
    if (tag.includes("xmlns")) this.bindings = bindingsOf(tag, outer);
    if (this.elements.length >= DEEPEST) this.problem = "elements too deep in each other";
    else if (name === "" || (this.hasRoot && this.elements.length === 0)) this.problem = "no XML document";
    if (this.problem !== undefined) return name;
    this.hasRoot = true;
    this.text = "";
    this.elements.push({ tag: name, name: localNameIn(name, this.bindings), outer });
    this.listener.open(localNameIn(name, this.bindings), this.elements.length);
    return name;
  }

  private closeElement(tag: string): void {
    const depth = this.elements.length;
    const element = this.elements.pop();
    if (element?.tag !== tag) this.problem = `the end of ${tag.slice(0, 40)} comes out of turn`;
    else {
      this.bindings = element.outer;
      this.listener.close(element.name, depth, this.text);
      this.text = "";
    }
  }
}

function endOfSpecial(text: string, start: number, [mark, end]: readonly [string, string]): number | undefined {
  const at = text.indexOf(end, start + mark.length);
  return at < 0 ? undefined : at + end.length;
}

/** After the `>` of the tag at `start`; one in a quoted value does not count. */
function endOfTag(text: string, start: number): number | undefined {
  let end = text.indexOf(">", start);
  while (end >= 0 && isInQuotes(text.slice(start, end))) end = text.indexOf(">", end + 1);
  return end < 0 ? undefined : end + 1;
}

function isInQuotes(tag: string): boolean {
  let open = "";
  for (const char of tag.includes('"') || tag.includes("'") ? tag.split("") : []) {
    if (open === char) open = "";
    else if (open === "" && (char === '"' || char === "'")) open = char;
  }
  return open !== "";
}

/** Up to the first blank. */
function nameOf(tag: string): string {
  let end = 0;
  while (end < tag.length && tag.charCodeAt(end) > 32) end += 1;
  return tag.slice(0, end);
}
