import { sorted } from "../order";

/** Something of the reader's that is not to be seen, and what stands in its place. */
export interface Known {
  readonly value: string;
  readonly as: "secret" | "host" | "name" | "title" | "path";
}

/** A shorter one would be found in words that have nothing to do with it. */
const SHORTEST = 3;

/** A text without these, however their letters are written (capitals of ASCII only). The longest go first. */
export function without(text: string, known: readonly Known[]): string {
  const long = known.filter(({ value }) => value.length >= SHORTEST);
  const inOrder = sorted(long, (one, other) => one.value.length > other.value.length);
  let clean = text;
  for (const { value, as } of inOrder) clean = replaced(clean, value.toLowerCase(), `(${as})`);
  return clean;
}

function replaced(text: string, sought: string, by: string): string {
  const lower = text.toLowerCase();
  // Another length: some capital has more letters than one, and places no longer agree.
  if (lower.length !== text.length) return text.split(sought).join(by);
  const pieces: string[] = [];
  let from = 0;
  let at = lower.indexOf(sought);
  while (at >= 0) {
    pieces.push(text.slice(from, at), by);
    from = at + sought.length;
    at = lower.indexOf(sought, from);
  }
  return from === 0 ? text : pieces.concat(text.slice(from)).join("");
}
