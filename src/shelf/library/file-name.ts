import { stemOf, volumeIn } from "./match-by-name";

export interface NameFacts {
  readonly title: string;
  readonly author: string | null;
  readonly series: string | null;
  readonly seriesIndex: number | null;
}

const BRACKETS = /\[[^\]]*\]|\([^)]*\)/gu;
const VOLUME =
  /[-\u2014,]?\s*(?:\b[vV]ol\.?\s*\d+(?:\.\d+)?|\bv\d{1,3}(?:\.\d+)?|[-\u2014]\s*\d{1,3}\s*(?=[-\u2014]|$)).*$/u;

/**
 * What a file's name says of a book, for files that say nothing themselves. With a volume number the words before it
 * are series and title; else "Author - Title"; else the whole name is the title. Brackets hold years and scanners' names.
 */
export function factsOfName(fileName: string): NameFacts {
  const stem = stemOf(fileName).replaceAll("_", " ");
  const bare = stem.replace(BRACKETS, " ").replace(/\s+/gu, " ").trim();
  const plain = bare === "" ? stem : bare;
  const volume = volumeIn(stem);
  const series = volume === undefined ? "" : plain.replace(VOLUME, "").trim();
  if (series !== "") return { title: series, author: null, series, seriesIndex: volume ?? null };
  const [author, title, ...more] = plain.split(" - ");
  const isPair = author !== undefined && title !== undefined && more.length === 0;
  const names = isPair ? { author: author.trim(), title: title.trim() } : { author: null, title: plain };
  return { ...names, series: null, seriesIndex: volume ?? null };
}
