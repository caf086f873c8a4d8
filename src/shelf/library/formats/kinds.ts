/** The kinds of files that Shelf looks into. */
export type Kind = "epub" | "pdf" | "comic" | "mobi" | "fb2" | "djvu";

interface BookType {
  readonly kind: Kind;
  /** The media type with which the web names such a file. */
  readonly media: string;
}

/** What KOReader opens as a book (its document registry), by extension; pictures, office files and plain texts left out. */
const BOOK_TYPES: Readonly<Record<string, BookType>> = {
  epub: { kind: "epub", media: "application/epub+zip" },
  epub3: { kind: "epub", media: "application/epub+zip" },
  pdf: { kind: "pdf", media: "application/pdf" },
  cbz: { kind: "comic", media: "application/vnd.comicbook+zip" },
  cbr: { kind: "comic", media: "application/vnd.comicbook-rar" },
  mobi: { kind: "mobi", media: "application/x-mobipocket-ebook" },
  azw: { kind: "mobi", media: "application/vnd.amazon.mobi8-ebook" },
  azw3: { kind: "mobi", media: "application/vnd.amazon.mobi8-ebook" },
  prc: { kind: "mobi", media: "application/x-mobipocket-ebook" },
  fb2: { kind: "fb2", media: "application/x-fictionbook+xml" },
  "fb2.zip": { kind: "fb2", media: "application/zip" },
  djvu: { kind: "djvu", media: "image/vnd.djvu" },
  djv: { kind: "djvu", media: "image/vnd.djvu" },
};

/** The formats of which a book's facts are taken when it has several, the best first. */
const BY_RICHNESS = Object.keys(BOOK_TYPES);

/** The file's format as Tome 2.3 names it: the extension in lower case; `fb2.zip` counts as one. */
export function formatOf(path: string): string {
  const name = path.toLowerCase();
  if (name.endsWith(".fb2.zip")) return "fb2.zip";
  const dot = name.lastIndexOf(".");
  return dot <= name.lastIndexOf("/") + 1 ? "" : name.slice(dot + 1);
}

/** Undefined for what is no book. */
export function kindOf(path: string): Kind | undefined {
  return bookTypeOf(formatOf(path))?.kind;
}

export function mediaTypeOf(format: string): string {
  return bookTypeOf(format)?.media ?? "application/octet-stream";
}

/** A path without the extension by which its format goes. */
export function stemOfBook(path: string): string {
  return path.slice(0, path.length - formatOf(path).length - 1);
}

/** The lower, the more such a file says of its book. */
export function richnessRank(format: string): number {
  const at = BY_RICHNESS.indexOf(format);
  return at < 0 ? BY_RICHNESS.length : at;
}

function bookTypeOf(format: string): BookType | undefined {
  return Object.hasOwn(BOOK_TYPES, format) ? BOOK_TYPES[format] : undefined;
}
