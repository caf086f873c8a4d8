/** A word, a string in quotes, or a parenthesis of the annotations. */
const TOKEN = /"((?:[^"\\]|\\[^])*)"|([()])|([^\s()"]+)/gu;
const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", a: "", b: "", f: "", v: "" };
const MOST_ENTRIES = 100;

/**
 * The `(metadata (title "…") …)` among a DjVu file's annotations, keys in lower case; the first of several counts.
 * Whatever is no such list is passed over.
 */
export function readDjvuMetadata(annotations: string): Map<string, string> {
  const tokens = [...annotations.matchAll(TOKEN)];
  const metadata = new Map<string, string>();
  const start = tokens.findIndex(([token], n) => token === "(" && tokens[n + 1]?.[0] === "metadata");
  if (start < 0) return metadata;
  for (let at = start + 2; tokens[at]?.[0] === "(" && metadata.size < MOST_ENTRIES; at += 4) {
    const key = tokens[at + 1]?.[0].toLowerCase();
    const value = tokens[at + 2]?.[1];
    if (key === undefined || value === undefined || tokens[at + 3]?.[0] !== ")") break;
    if (!metadata.has(key)) metadata.set(key, unescaped(value));
  }
  return metadata;
}

/** Bytes beyond ASCII may stand as octal escapes, of which several make one letter. */
function unescaped(value: string): string {
  if (!value.includes("\\")) return value;
  const bytes = value.replace(/(?:\\[0-7]{1,3})+/g, octals => {
    const codes = octals
      .slice(1)
      .split("\\")
      .map(code => Number.parseInt(code, 8) & 0xff);
    return new TextDecoder().decode(Uint8Array.from(codes));
  });
  return bytes.replace(/\\([^])/gu, (_, letter: string) => ESCAPES[letter] ?? letter);
}
