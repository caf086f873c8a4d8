import type { CatalogueBook } from "./catalogue";
import { extensionOf, safeFile, safeFolder, safeName } from "./file-name";
import { lowerCase, upperCase } from "./letter-case";
import type { Letters, PathTemplate, Piece, Token } from "./path-template";
import { withoutGaps, type Written } from "./template-gaps";

/** A path below the folder of downloads, in parts that are safe each; never with "..", never empty. */
export interface BookPath {
  readonly folders: readonly string[];
  /** The file's name without its extension. */
  readonly stem: string;
  /** With its dot, or empty. */
  readonly extension: string;
}

/** `template` absent: `<book type>/<Series>/Vol. N — Title`, without a series `<book type>/<Author>/Title`. */
export function bookPath(template: PathTemplate | undefined, book: CatalogueBook, format: string): BookPath {
  const parts = (template ?? usual(book)).map(pieces => written(pieces, book));
  const stem = safeName(parts[parts.length - 1] ?? "");
  return {
    folders: parts
      .slice(0, -1)
      .map(part => safeFolder(part))
      .filter(folder => folder !== ""),
    // A template's last part may say nothing of this book: {series} of one without a series.
    stem:
      [stem, safeName(valueOf("title", book, 0)), safeName(`Book ${book.remoteId}`)].find(each => each !== "") ??
      "Book",
    extension: extensionOf(format),
  };
}

/** In front of the extension goes `mark`: " (2)". */
export function pathText({ folders, stem, extension }: BookPath, mark = ""): string {
  return folders.concat([safeFile(stem, extension, mark)]).join("/");
}

function said(token: Token): Piece {
  return { kind: "token", token, letters: "as they are", digits: 0 };
}

function usual(book: CatalogueBook): PathTemplate {
  const type = [said("book_type")];
  const title = [said("title")];
  if (valueOf("series", book, 0) === "") return [type, [said("author")], title];
  if (valueOf("volume", book, 0) === "") return [type, [said("series")], title];
  const volume: Piece[] = [{ kind: "text", text: "Vol. " }, said("volume"), { kind: "text", text: " — " }];
  return [type, [said("series")], volume.concat(title)];
}

function written(pieces: readonly Piece[], book: CatalogueBook): string {
  return withoutGaps(
    pieces.map((piece): Written => {
      if (piece.kind === "text") return { isValue: false, text: piece.text };
      return { isValue: true, text: inLetters(piece.letters, valueOf(piece.token, book, piece.digits)) };
    }),
  );
}

function inLetters(letters: Letters, text: string): string {
  switch (letters) {
    case "as they are":
      return text;
    case "lower":
      return lowerCase(text);
    case "upper":
      return upperCase(text);
  }
}

/** Safe already, so that a value of dots or blanks counts as none. */
function valueOf(token: Token, book: CatalogueBook, digits: number): string {
  switch (token) {
    case "book_type":
      return [safeName(book.bookType ?? ""), "book"].find(each => each !== "") ?? "book";
    case "series":
      return safeName(book.series ?? "");
    case "title":
      return safeName(book.title);
    case "author":
      return safeName(book.author ?? "");
    case "volume":
      return volumeText(book.volume, digits);
  }
}

/** More volumes than any series has; beyond it numbers are written differently in the two runtimes. */
const MOST_VOLUMES = 1_000_000;

/** At most two decimals, none of a whole number; a half volume is not padded. */
function volumeText(volume: number | undefined, digits: number): string {
  if (volume === undefined || !(volume >= 0) || volume > MOST_VOLUMES) return "";
  const hundredths = Math.floor(volume * 100 + 0.5);
  const whole = Math.floor(hundredths / 100);
  const rest = hundredths - whole * 100;
  if (rest === 0) return `${whole}`.padStart(digits, "0");
  const tenths = Math.floor(rest / 10);
  return rest === tenths * 10 ? `${whole}.${tenths}` : `${whole}.${`${rest}`.padStart(2, "0")}`;
}
