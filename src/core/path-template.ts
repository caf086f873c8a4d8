import { charactersOf } from "./characters";
import { failure, type Result, success } from "./result";

/** What a template may say of a book; the words are TomeSync's. */
export type Token = "book_type" | "series" | "title" | "author" | "volume";
export type Letters = "as they are" | "lower" | "upper";

export type Piece =
  | { readonly kind: "text"; readonly text: string }
  /** `digits`: a volume is written with at least so many, zeros in front. */
  | { readonly kind: "token"; readonly token: Token; readonly letters: Letters; readonly digits: number };

/** A path to be filled in, folder by folder; the last part is the file's name. */
export type PathTemplate = readonly (readonly Piece[])[];

/** Why a template is none; `token` is the wrong one as it was typed. */
export type TemplateProblem =
  | { readonly kind: "empty" | "no-token" | "too-long" | "too-deep" | "unopened" }
  | { readonly kind: "unclosed" | "unknown-token" | "unknown-change" | "bad-digits"; readonly token: string };

export const FLAT_TEMPLATE = "{series} - {volume:00} - {title}";
const MOST_CHARACTERS = 200;
const MOST_FOLDERS = 7;
const MOST_DIGITS = 4;

const TOKENS: readonly Token[] = ["book_type", "series", "title", "author", "volume"];

type Piecewise<Value> = Result<Value, TemplateProblem>;

/** A reader's template, read; the first problem from the left when it is none. */
export function parseTemplate(typed: string): Piecewise<PathTemplate> {
  if (charactersOf(typed).length > MOST_CHARACTERS) return failure({ kind: "too-long" });
  const pieces = piecesOf(typed);
  if (!pieces.ok) return pieces;
  const parts = pieces.value.filter(part => part.some(piece => saysSomething(piece)));
  if (parts.length === 0) return failure({ kind: "empty" });
  if (parts.length > MOST_FOLDERS + 1) return failure({ kind: "too-deep" });
  const isVaried = parts.some(part => part.some(({ kind }) => kind === "token"));
  return isVaried ? success(parts) : failure({ kind: "no-token" });
}

/** Dots and blanks name no folder: neither this one nor the one above. */
function saysSomething(piece: Piece): boolean {
  return piece.kind === "token" || piece.text.split("").some(char => char !== "." && char !== " ");
}

function piecesOf(typed: string): Piecewise<Piece[][]> {
  const parts: Piece[][] = [[]];
  let rest = typed;
  while (rest !== "") {
    const open = rest.indexOf("{");
    const text = open < 0 ? rest : rest.slice(0, open);
    if (text.includes("}")) return failure({ kind: "unopened" });
    addText(parts, text);
    if (open < 0) break;
    const close = rest.indexOf("}", open);
    if (close < 0) return failure({ kind: "unclosed", token: rest.slice(open) });
    const piece = tokenOf(rest.slice(open + 1, close));
    if (!piece.ok) return piece;
    lastOf(parts).push(piece.value);
    rest = rest.slice(close + 1);
  }
  return success(parts);
}

function lastOf(parts: Piece[][]): Piece[] {
  return parts[parts.length - 1] ?? [];
}

function addText(parts: Piece[][], text: string): void {
  const [first = "", ...folders] = text.split("/");
  if (first !== "") lastOf(parts).push({ kind: "text", text: first });
  for (const folder of folders) parts.push(folder === "" ? [] : [{ kind: "text", text: folder }]);
}

/** `series`, `volume:00`, `Lower(title)`; capitals do not matter, blanks neither. */
function tokenOf(inside: string): Piecewise<Piece> {
  const said = inside.split(" ").join("");
  const open = said.indexOf("(");
  if (open < 0) return plainToken(inside, said, "as they are");
  if (!said.endsWith(")")) return failure({ kind: "unclosed", token: `{${inside}}` });
  const change = said.slice(0, open).toLowerCase();
  if (change !== "lower" && change !== "upper") return failure({ kind: "unknown-change", token: `{${inside}}` });
  return plainToken(inside, said.slice(open + 1, -1), change);
}

function plainToken(inside: string, said: string, letters: Letters): Piecewise<Piece> {
  const colon = said.indexOf(":");
  const name = (colon < 0 ? said : said.slice(0, colon)).toLowerCase();
  const token = TOKENS.find(each => each === name);
  if (token === undefined) return failure({ kind: "unknown-token", token: `{${inside}}` });
  const zeros = colon < 0 ? "" : said.slice(colon + 1);
  const isWrong = colon >= 0 && (token !== "volume" || zeros === "" || zeros.length > MOST_DIGITS);
  if (isWrong || zeros.split("").some(digit => digit !== "0")) {
    return failure({ kind: "bad-digits", token: `{${inside}}` });
  }
  return success({ kind: "token", token, letters, digits: zeros.length });
}
