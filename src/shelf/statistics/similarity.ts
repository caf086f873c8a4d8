/** A library has thousands of titles to compare with; what follows in a longer one would not decide. */
const LONGEST = 120;

/** A text reduced to what is compared: words of letters and digits, in lower case. */
export function plainText(text: string): string {
  return (
    text
      .slice(0, LONGEST)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  ).join(" ");
}

/**
 * How alike two plain texts are, 0 to 1: one minus the share of letters that must change. 0 also for what is less alike
 * than is asked for.
 */
export function similarity(a: string, b: string, atLeast = 0): number {
  const longer = Math.max(a.length, b.length);
  if (longer === 0) return 0;
  const most = Math.floor((1 - atLeast) * longer + 1e-9);
  if (Math.abs(a.length - b.length) > most) return 0;
  const changes = distance(a, b, most);
  return changes > most ? 0 : 1 - changes / longer;
}

/**
 * The fewest insertions, deletions and replacements that make one text of another (Levenshtein), or more than `most`
 * as soon as it is sure to be more.
 */
function distance(a: string, b: string, most: number): number {
  let row = Uint16Array.from({ length: b.length + 1 }, (_, index) => index);
  let next = new Uint16Array(b.length + 1);
  for (let i = 1; i <= a.length; i += 1) {
    if (fillRow(row, next, a.charCodeAt(i - 1), b, i) > most) return most + 1;
    [row, next] = [next, row];
  }
  return row[b.length] ?? 0;
}

/** Fills the row of one letter; returns the least in it. */
function fillRow(row: Uint16Array, next: Uint16Array, letter: number, b: string, i: number): number {
  let left = i;
  let least = i;
  next[0] = i;
  for (let j = 1; j <= b.length; j += 1) {
    const replaced = (row[j - 1] ?? 0) + (letter === b.charCodeAt(j - 1) ? 0 : 1);
    left = Math.min(replaced, (row[j] ?? 0) + 1, left + 1);
    next[j] = left;
    if (left < least) least = left;
  }
  return least;
}
