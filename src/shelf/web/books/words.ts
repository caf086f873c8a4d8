/** Volume 2, Volume 1.5. */
export function volumeWords(series: string | null, index: number | null): string {
  if (series === null) return "";
  return index === null ? series : `${series}, volume ${index}`;
}

/** 12 KB, 3.4 MB: as file managers count. */
export function sizeWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const [unit, value] = bytes < 1_000_000 ? ["KB", bytes / 1000] : ["MB", bytes / 1_000_000];
  return `${value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString("en-GB")} ${unit}`;
}

/** Four and a half stars. */
export function ratingWords(rating: number | null): string {
  if (rating === null) return "Not rated";
  return `${rating} of 5 stars`;
}

const LONGEST_DESCRIPTION = 20_000;
const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };

/** A description's paragraphs as plain text: books and Calibre write HTML, which is not to be trusted. */
export function paragraphsOf(description: string | null): string[] {
  return (description ?? "")
    .slice(0, LONGEST_DESCRIPTION)
    .replace(/<(?:\/p|\/div|\/li|br\s*\/?)[^<>]*>/gi, "\n\n")
    .replace(/<\/?[a-z][^<>]*>/gi, "")
    .replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,6}));/gi, letterOf)
    .split(/\n\s*\n/)
    .map(paragraph => paragraph.replace(/\s+/g, " ").trim())
    .filter(paragraph => paragraph !== "");
}

function letterOf(entity: string, decimal?: string, hex?: string, name?: string): string {
  if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? entity;
  const code = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal);
  return code > 31 && code <= 0x10ffff ? String.fromCodePoint(code) : " ";
}
