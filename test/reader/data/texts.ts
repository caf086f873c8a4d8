/** Text functions of KOReader's `util`, `ffi/util` and `optmath`. */

/** Values for %1, %2, … */
export function template(text: string, ...values: (string | number)[]): string {
  return string.gsub(text, "%%([1-9][0-9]?)", index => {
    const value = values[(tonumber(index) ?? 0) - 1];
    return value === undefined ? `%${index}` : tostring(value);
  })[0];
}

export const urlEncode = (text: string): string =>
  string.gsub(string.gsub(text, "\n", "\r\n")[0], "[^%w%-%._~]", char => string.format("%%%02X", string.byte(char)))[0];

export const urlDecode = (text: string): string =>
  string.gsub(text, "%%(%x%x)", hex => string.char(tonumber(hex, 16) ?? 0))[0];

/** A UTF-8 character's length by its first byte; 0 for a byte that begins none. */
function charLength(byte: number): number {
  if (byte < 0x80) return 1;
  if (byte >= 0xc2 && byte < 0xe0) return 2;
  if (byte >= 0xe0 && byte < 0xf0) return 3;
  return byte >= 0xf0 && byte < 0xf5 ? 4 : 0;
}

function charAt(text: string, at: number): string | undefined {
  const length = charLength(string.byte(text, at));
  const char = string.sub(text, at, at + length - 1);
  if (length === 0 || string.len(char) < length) return undefined;
  return isContinuation(string.sub(char, 2)) ? char : undefined;
}

function isContinuation(tail: string): boolean {
  for (const index of $range(1, string.len(tail))) {
    const byte = string.byte(tail, index);
    if (byte < 0x80 || byte > 0xbf) return false;
  }
  return true;
}

function chars(text: string, replacement: string): string[] {
  const found: string[] = [];
  let at = 1;
  while (at <= string.len(text)) {
    const char = charAt(text, at);
    found.push(char ?? replacement);
    at += char === undefined ? 1 : string.len(char);
  }
  return found;
}

export const fixUtf8 = (text: string, replacement: string): string => chars(text, replacement).join("");

export const splitToChars = (text: string): string[] => chars(text, "");

/** The strict rules of vfat, which most e-readers use: the strictest is the safest look-alike. */
export function getSafeFilename(name: string, _folder?: string, limit = 240): string {
  const oneLine = string.gsub(string.gsub(name, "\r?\n", " ")[0], "\t", " ")[0];
  const [stem, suffix] = splitFileNameSuffix(oneLine);
  const isSuffix = suffix !== "" && string.len(suffix) <= 10;
  const short = fixUtf8(string.sub(isSuffix ? stem : oneLine, 1, limit), "");
  return isSuffix ? `${withoutInvalid(short)}.${withoutInvalid(suffix)}` : withoutInvalid(short);
}

const withoutInvalid = (text: string): string =>
  string.gsub(string.gsub(text, '[\\/:*?"<>|]', "_")[0], "[.%s]+$", "")[0];

export function splitFilePathName(file: string): LuaMultiReturn<[string, string]> {
  const [folder, name] = string.match(file, "^(.*/)([^/]*)$");
  if (folder === undefined) return $multi("", file);
  return $multi(folder, name ?? "");
}

/** At the last dot, even when it stands in a folder's name. */
export function splitFileNameSuffix(file: string): LuaMultiReturn<[string, string]> {
  const [stem, suffix] = string.match(file, "^(.*)%.(.*)$");
  if (stem === undefined) return $multi(file, "");
  return $multi(stem, suffix ?? "");
}

export function getFriendlySize(bytes: number): string {
  if (bytes > 1e9) return string.format("%.1f GB", bytes / 1e9);
  if (bytes > 1e6) return string.format("%.1f MB", bytes / 1e6);
  if (bytes > 1e3) return string.format("%.1f kB", bytes / 1e3);
  return string.format("%d B", bytes);
}

export const optmath: KOReader.OptMath = {
  round: value => Math.floor(value + 0.5),
  clamp: (value, min, max) => Math.min(Math.max(value, min), max),
  roundPercent: value => Math.floor(value * 10000) / 10000,
};
