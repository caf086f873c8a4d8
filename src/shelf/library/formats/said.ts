import type { Identifier } from "../../store/books";

/** What a file says of the book in it; null where it says nothing. */
export interface Said {
  readonly title: string | null;
  /** All authors, joined with ", ". */
  readonly author: string | null;
  readonly series: string | null;
  readonly seriesIndex: number | null;
  readonly language: string | null;
  /** As it stands in the file: plain text or HTML. */
  readonly description: string | null;
  readonly publisher: string | null;
  /** As the file has it: a year, a day or a moment. */
  readonly published: string | null;
  /** Only of files whose pages are fixed, and where counting them is cheap. */
  readonly pageCount: number | null;
  readonly identifiers: readonly Identifier[];
  /** Its subjects, each once. */
  readonly tags: readonly string[];
  /** Tome's type slug, of files that tell. */
  readonly bookType?: "comic" | "manga";
}

/** The picture on the front, as it stands in the file: a JPEG, a PNG, … or something broken. */
export type Picture = Uint8Array;

/** How files of one kind are read. Both reject with `Unreadable` when the file is not sound. */
export interface Format {
  read(path: string): Promise<Said>;
  /** Undefined when the book has no cover. */
  cover(path: string): Promise<Picture | undefined>;
}

export const NOTHING_SAID: Said = {
  title: null,
  author: null,
  series: null,
  seriesIndex: null,
  language: null,
  description: null,
  publisher: null,
  published: null,
  pageCount: null,
  identifiers: [],
  tags: [],
};

/** A file that is not what it should be; the message is a sentence for the owner of the library. */
export class Unreadable extends Error {}

/** No picture on a front is larger; what claims to be is a bomb. */
export const LARGEST_PICTURE_BYTES = 32 * 1024 * 1024;

/** A text of a book with its blanks in order; null when nothing is left. */
export function textOrNull(text: string | undefined): string | null {
  const tidy = (text ?? "").replace(/[\s\0]+/gu, " ").trim();
  return tidy === "" ? null : tidy;
}

export function numberOrNull(source: string | undefined): number | null {
  const value = Number.parseFloat(source ?? "");
  return Number.isFinite(value) ? value : null;
}

export function joinedOrNull(names: readonly (string | null)[]): string | null {
  return textOrNull(names.filter(name => name !== null).join(", "));
}
