import { charactersOf } from "./characters";

/** A piece of a part of a path, filled in: what the template says itself, or what it says of the book. */
export interface Written {
  readonly isValue: boolean;
  readonly text: string;
}

/** What stands between two tokens, and dangles when one of them is empty. */
const SEPARATORS = [" ", "-", "_", ",", "–", "—"];
const BRACKETS = ["()", "[]"];

function trimmedStart(text: string): string {
  const separator = SEPARATORS.find(each => text.startsWith(each));
  return separator === undefined ? text : trimmedStart(text.slice(separator.length));
}

function trimmedEnd(text: string): string {
  const separator = SEPARATORS.find(each => text.endsWith(each));
  return separator === undefined ? text : trimmedEnd(text.slice(0, text.length - separator.length));
}

/**
 * What the template says around an empty value, as one: of the separators on both sides the longer stay, none beside a
 * bracket, and brackets around nothing go.
 */
function bridged(before: string, after: string): string {
  const isFirst = before === "" || BRACKETS.some(pair => before.endsWith(pair.charAt(0)));
  const rest = isFirst ? trimmedStart(after) : after;
  const stem = BRACKETS.some(pair => rest.startsWith(pair.charAt(1))) ? trimmedEnd(before) : before;
  const isPair = BRACKETS.some(pair => stem.endsWith(pair.charAt(0)) && rest.startsWith(pair.charAt(1)));
  return isPair ? bridged(stem.slice(0, -1), rest.slice(1)) : joined(stem, rest);
}

function joined(before: string, after: string): string {
  const stem = trimmedEnd(before);
  const rest = trimmedStart(after);
  const one = before.slice(stem.length);
  const other = after.slice(0, after.length - rest.length);
  if (one === "" || other === "") return `${before}${after}`;
  return `${stem}${charactersOf(other).length > charactersOf(one).length ? other : one}${rest}`;
}

/** Values that say nothing, out; the texts around each become one. */
function withoutEmpty(pieces: readonly Written[]): Written[] {
  const kept: Written[] = [];
  let wasEmpty = false;
  for (const piece of pieces) {
    const last = kept[kept.length - 1];
    if (piece.isValue && piece.text === "") {
      wasEmpty = true;
    } else if (wasEmpty && !piece.isValue && (last === undefined || !last.isValue)) {
      kept.pop();
      kept.push({ isValue: false, text: bridged(last?.text ?? "", piece.text) });
      wasEmpty = false;
    } else {
      kept.push(piece);
      wasEmpty = false;
    }
  }
  return kept;
}

/** The text of the pieces; an empty value takes with it what would dangle. A text without any value stays: a folder "_New". */
export function withoutGaps(pieces: readonly Written[]): string {
  if (!pieces.some(({ isValue }) => isValue)) return pieces.map(({ text }) => text).join("");
  const kept = withoutEmpty(pieces);
  const last = kept.length - 1;
  return kept
    .map(({ isValue, text }, index) => {
      if (isValue) return text;
      const start = index === 0 ? trimmedStart(text) : text;
      return index === last ? trimmedEnd(start) : start;
    })
    .join("");
}
