import { joinedOrNull, NOTHING_SAID, numberOrNull, textOrNull, type Said } from "./said";
import { parseXml } from "./xml";

/** The file inside of a comic that describes it, in whatever folder and case. */
export function isComicInfo(name: string): boolean {
  return /(?:^|\/)comicinfo\.xml$/i.test(name);
}

/**
 * Reads `ComicInfo.xml` (the form of ComicRack, kept by the Anansi project). A comic without a title of its own goes by
 * its series. Throws when it is no XML.
 */
export function readComicInfo(source: string): Said {
  const fields = new Map(parseXml(source).children[0]?.children.map(({ name, text }) => [name, text]));
  const of = (name: string) => textOrNull(fields.get(name));
  const series = of("Series");
  return {
    ...NOTHING_SAID,
    title: of("Title") ?? series,
    author: joinedOrNull([of("Writer") ?? of("Penciller")]),
    series,
    seriesIndex: numberOrNull(fields.get("Number") ?? fields.get("Volume")),
    language: of("LanguageISO"),
    description: of("Summary"),
    publisher: of("Publisher"),
    published: dateOf(of("Year"), of("Month"), of("Day")),
    identifiers: [...isbn(of("GTIN")), ...web(of("Web"))],
    tags: [...new Set((of("Genre") ?? "").split(",").map(tag => tag.trim()))].filter(tag => tag !== ""),
    bookType: /^yes/i.test(of("Manga") ?? "") ? "manga" : "comic",
  };
}

function dateOf(year: string | null, ...more: readonly (string | null)[]): string | null {
  if (year === null || !/^\d{4}$/.test(year)) return null;
  const known = more.slice(0, more.indexOf(null) < 0 ? more.length : more.indexOf(null));
  return [year, ...known.map(part => part?.padStart(2, "0"))].join("-");
}

function isbn(value: string | null): Said["identifiers"] {
  return value === null ? [] : [{ scheme: "isbn", value }];
}

function web(value: string | null): Said["identifiers"] {
  return value === null ? [] : [{ scheme: "uri", value }];
}
