/** A document of fixed pages: PDF or CBZ. */
import { readFile } from "../system/paths";
import { memberNames } from "./archive";

const PAGES_OF_AN_ODD_PDF = 100;

export class PagingDocument implements KOReader.Document {
  readonly info: KOReader.DocumentInfo;
  readonly is_pdf: boolean;

  constructor(
    readonly file: string,
    private readonly pages: number,
    private readonly props: KOReader.DocProps,
  ) {
    this.info = { has_pages: true, number_of_pages: pages };
    this.is_pdf = string.match(string.lower(file), "%.pdf$")[0] !== undefined;
  }

  getPageCount(): number {
    return this.pages;
  }

  getProps(): KOReader.DocProps {
    return { ...this.props };
  }
}

function count(text: string, pattern: string): number {
  const [, found] = string.gsub(text, pattern, "%0");
  return found;
}

/** Only what is not compressed can be read this way; the rest is made up. */
export function openPdf(file: string): KOReader.Document {
  const text = readFile(file) ?? "";
  const pages = count(text, "/Type%s*/Page[^s]");
  const [title] = string.match(text, "/Title%s*%(([^)]*)%)");
  const [author] = string.match(text, "/Author%s*%(([^)]*)%)");
  const props: KOReader.DocProps = {};
  if (title !== undefined) props.title = title;
  if (author !== undefined) props.authors = author;
  return new PagingDocument(file, pages === 0 ? PAGES_OF_AN_ODD_PDF : pages, props);
}

export function openCbz(file: string): KOReader.Document {
  const isImage = (name: string): boolean => string.match(string.lower(name), "%.(%a+)$")[0] !== "xml";
  const images = memberNames(file).filter(name => string.sub(name, -1) !== "/" && isImage(name));
  return new PagingDocument(file, Math.max(images.length, 1), {});
}
