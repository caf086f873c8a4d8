/** A library has thousands of titles to compare with; what follows in a longer one would not decide. */
const LONGEST = 120;

/**
 * How alike two texts are, 0 to 1: one minus the share of letters that must change. Case and marks do not count. Texts
 * of very different lengths, which cannot be alike by half, are 0.
 */
export function similarity(a: string, b: string): number {
  const [left, right] = [plain(a), plain(b)];
  const [shorter, longer] = [Math.min(left.length, right.length), Math.max(left.length, right.length)];
  return shorter * 2 < longer || longer === 0 ? 0 : 1 - distance(left, right) / longer;
}

/** Letters and digits in words, cut where comparing would take too long. */
function plain(text: string): string {
  return (
    text
      .slice(0, LONGEST)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  ).join(" ");
}

/** The fewest insertions, deletions and replacements that make one text of another (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = at(row, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, at(row, j) + 1, at(next, j - 1) + 1));
    }
    row = next;
  }
  return at(row, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Infinity;
}
