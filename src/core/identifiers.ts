const MOST_IDENTIFIERS = 4;
const MOST_LENGTH = 100;
const SCHEMES = ["urn:uuid:", "uuid:", "urn:isbn:", "isbn:", "doi:"];

/** Not what a careless program puts in place of a number: zeros, or next to nothing. */
function isNumber(text: string): boolean {
  let others = 0;
  for (const char of text.split("")) if (char !== text.charAt(0) && char !== "-") others += 1;
  return text.length >= 9 && text.length <= MOST_LENGTH && others >= 5;
}

/**
 * Of the lines that KOReader keeps as a book's identifiers, those that name a publication everywhere in the world:
 * `isbn:9780306406157`.
 */
export function identifiersIn(lines: string): string[] {
  const found: string[] = [];
  for (const line of lines.toLowerCase().split("\n")) {
    const scheme = SCHEMES.find(each => line.startsWith(each));
    if (scheme === undefined || found.length >= MOST_IDENTIFIERS) continue;
    const value = line.slice(scheme.length);
    const kind = scheme.startsWith("urn:") ? scheme.slice(4) : scheme;
    if (isNumber(value)) found.push(`${kind}${value}`);
  }
  return found;
}

/** What calibre calls the book in the library that it came from, whatever its title became since. */
export function calibreUuidIn(lines: string): string | undefined {
  for (const line of lines.toLowerCase().split("\n")) {
    if (line.startsWith("calibre:") && isNumber(line.slice(8))) return line.slice(8);
  }
  return undefined;
}
