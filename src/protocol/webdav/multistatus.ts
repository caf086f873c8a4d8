import { parseStatusLine } from "../../core/http/head";
import { parseDigits } from "../../core/http/text";
import { XmlReader } from "./xml";
import { stripSpace } from "./xml-space";

/** One thing in a listing, as the server tells of it. */
export interface DavEntry {
  /** As it was sent: encoded, absolute or not. */
  readonly href: string;
  readonly isFolder: boolean;
  /** In bytes. */
  readonly size?: number;
}

interface Properties {
  isFolder?: boolean;
  size?: number;
}

const isGood = (status: string): boolean => {
  const code = parseStatusLine(stripSpace(status))?.status ?? 0;
  return code >= 200 && code < 300;
};

/**
 * Reads an answer of PROPFIND (RFC 4918, 13) as it arrives. What a server says of a thing it could not look at (a status other
 * than 2xx) is passed over. Depths: multistatus 1, response 2, href, propstat and status 3, prop and its status 4, properties 5.
 */
export class MultistatusReader {
  private readonly xml: XmlReader;
  private href: string | undefined;
  private isThere = true;
  private found: Properties = {};
  private told: Properties = {};
  private isToldForSure = true;
  private complaint: string | undefined;

  /** @param take says why there must be no more of it */
  constructor(private readonly take: (entry: DavEntry) => string | undefined) {
    this.xml = new XmlReader({
      open: (name, depth) => this.open(name, depth),
      close: (name, depth, text) => this.close(name, depth, text),
    });
  }

  /** Why this is no listing. */
  problem(): string | undefined {
    return this.xml.problem ?? this.complaint;
  }

  push(bytes: string): void {
    if (this.problem() === undefined) this.xml.push(bytes);
  }

  end(): void {
    if (this.problem() === undefined) this.xml.end();
  }

  private open(name: string, depth: number): void {
    if (depth === 1 && name !== "multistatus") this.complaint ??= "no multistatus";
    if (depth === 2) {
      this.href = undefined;
      this.isThere = true;
      this.found = {};
    }
    if (depth === 3 && name === "propstat") {
      this.told = {};
      this.isToldForSure = true;
    }
  }

  private close(name: string, depth: number, text: string): void {
    if (depth === 6 && name === "collection") this.told.isFolder = true;
    else if (depth === 5 && name === "getcontentlength") this.takeSize(text);
    else if (depth === 4 && name === "status") this.isToldForSure = isGood(text);
    else if (depth === 3) this.closePart(name, text);
    else if (depth === 2 && name === "response") this.closeResponse();
  }

  private takeSize(text: string): void {
    const size = parseDigits(stripSpace(text));
    if (size !== undefined) this.told.size = size;
  }

  private closePart(name: string, text: string): void {
    if (name === "href") this.href ??= stripSpace(text);
    else if (name === "status") this.isThere = isGood(text);
    else if (name === "propstat" && this.isToldForSure) this.found = { ...this.found, ...this.told };
  }

  private closeResponse(): void {
    if (this.href === undefined || !this.isThere || this.complaint !== undefined) return;
    const { isFolder = false, size } = this.found;
    this.complaint = this.take({ href: this.href, isFolder, ...(size === undefined ? {} : { size }) });
  }
}
