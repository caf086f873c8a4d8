/** Opens a document by the suffix of its file. */
import { splitFileNameSuffix } from "../data/texts";
import { basename, isFile } from "../system/paths";
import { readEpub } from "./epub";
import { openCbz, openPdf } from "./paging-document";
import { RollingDocument } from "./rolling-document";

let pagesOfBook = 300;

/** How many pages every reflowable book has from now on. */
export function setPages(pages: number): void {
  pagesOfBook = pages;
}

const PAGING: Record<string, (file: string) => KOReader.Document> = { pdf: openPdf, cbz: openCbz };

/** Reflowable documents without an EPUB's metadata. */
const PLAIN = ["txt", "html", "fb2", "mobi"];

const suffixOf = (file: string): string => string.lower(splitFileNameSuffix(file)[1]);

/** Nothing when no engine knows the file, or when it is broken. */
export function openDocument(file: string): KOReader.Document | undefined {
  const suffix = suffixOf(file);
  if (!isFile(file)) return undefined;
  if (PLAIN.includes(suffix)) return new RollingDocument(file, { props: {}, fragments: 1 }, pagesOfBook);
  if (suffix !== "epub") return PAGING[suffix]?.(file);
  const epub = readEpub(file);
  return epub === undefined ? undefined : new RollingDocument(file, epub, pagesOfBook);
}

/** With the name of the file where the book has no title. */
export function displayProps(document: KOReader.Document): KOReader.DisplayProps {
  const { identifiers: _identifiers, ...props } = document.getProps();
  const [stem] = splitFileNameSuffix(basename(document.file));
  return { ...props, display_title: props.title ?? stem };
}
