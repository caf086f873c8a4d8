import koreader = require("gettext");
import lfs = require("libs/libkoreader-lfs");
import logger = require("logger");

/** What the build makes of a `po` file (scripts/catalogues.mjs). */
interface Catalogue {
  /** By the English text; one with a plural has its forms in a list. */
  readonly texts: Readonly<Record<string, unknown>>;
  /** Which form a number takes, from 0. */
  readonly plural: (this: void, count: number) => unknown;
}

/** The folder of the file that this stands in, which the build puts beside the catalogues. */
function ownFolder(): string {
  const [folder] = string.match(debug.getinfo(1, "S")?.source ?? "", "^@(.*/)");
  return folder ?? "./";
}

/** The language of the catalogue below, as KOReader calls it: a reader can change it at any time. */
let language = "C";
/** Until a text is missing there, the few that KOReader's start needs do. */
let isWhole = false;
let catalogue: Catalogue | undefined;

/** A text in the reader's language, else in KOReader's own words, else as it is. */
export function wordsFor(text: string): string {
  const found = entryOf(text);
  const words = type(found) === "table" ? (found as unknown[])[0] : found;
  return type(words) === "string" ? (words as string) : koreader(text);
}

/** The form of a text that a number takes. */
export function pluralOf(singular: string, plural: string, count: number): string {
  const forms = entryOf(singular);
  if (catalogue === undefined || type(forms) !== "table") return koreader.ngettext(singular, plural, count);
  const [worked, index] = pcall(catalogue.plural, count);
  const words = worked && type(index) === "number" ? (forms as unknown[])[index as number] : undefined;
  return type(words) === "string" ? (words as string) : koreader.ngettext(singular, plural, count);
}

function entryOf(text: string): unknown {
  if (language !== koreader.current_lang) {
    language = koreader.current_lang;
    isWhole = false;
    catalogue = open("-start");
  }
  const found = catalogue?.texts[text];
  if (found !== undefined || isWhole) return found;
  isWhole = true;
  catalogue = open("");
  return catalogue?.texts[text];
}

/** Of the language, else of what it is a variety of: "de_AT" may read what is written for "de". */
function open(which: "" | "-start"): Catalogue | undefined {
  const [full = ""] = string.match(language, "^[%w_]+");
  const [main = ""] = string.match(full, "^%a+");
  const fileOf = (name: string) => `${ownFolder()}l10n-${name}${which}.lua`;
  return read(fileOf(full)) ?? (main === full ? undefined : read(fileOf(main)));
}

/** Data only: the file sees no function but its own. A damaged one is as good as none, and the log tells of it. */
function read(file: string): Catalogue | undefined {
  if (lfs.attributes(file, "mode") !== "file") return undefined;
  const [chunk, problem] = loadfile(file, "t", {});
  if (chunk === undefined) return refused(file, problem);
  const [worked, found] = pcall(chunk);
  return worked && isCatalogue(found) ? found : refused(file, found);
}

function refused(file: string, problem: unknown): undefined {
  logger.warn("Ribbon: a damaged catalogue", file, problem);
}

function isCatalogue(found: unknown): found is Catalogue {
  if (type(found) !== "table") return false;
  const { texts, plural } = found as Partial<Catalogue>;
  return type(texts) === "table" && type(plural) === "function";
}
