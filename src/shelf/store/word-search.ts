import type { Filter } from "./shelf-filters";

const MOST_WORDS = 10;
/** Scripts without blanks between words: a title is one word to the index. */
const UNPARTED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}]/u;

/** A condition on the books `b`: every word begins one in title, author or series, whatever its case and accents. */
export function wordCondition(typed: string): Filter {
  const words = (typed.normalize("NFC").match(/[\p{L}\p{N}\p{M}]+/gu) ?? []).slice(0, MOST_WORDS);
  const parted = words.filter(word => !UNPARTED.test(word));
  const unparted = words.filter(word => UNPARTED.test(word));
  const indexed = "b.id IN (SELECT rowid FROM book_words WHERE book_words MATCH @match)";
  const anywhere = unparted.map(
    (_, n) => `b.title || ' ' || coalesce(b.author, '') || ' ' ||
    coalesce(b.series, '') LIKE @part${n}`,
  );
  return {
    where: [...(parted.length > 0 ? [indexed] : []), ...anywhere, "1 = 1"].join(" AND "),
    values: {
      ...(parted.length > 0 && { match: parted.map(word => `"${word}"*`).join(" ") }),
      ...Object.fromEntries(unparted.map((word, n) => [`part${n}`, `%${word}%`])),
    },
  };
}
