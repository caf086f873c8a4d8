/** Endings of file names of ours and of KOReader's code, which look like a host's name. */
const ENDINGS = ["lua", "sqlite3", "json", "pem", "log", "txt", "old", "ts"];
const SHORTEST_SECRET = 14;

const between = (letter: string, first: string, last: string): boolean => letter >= first && letter <= last;
const isDigit = (letter: string): boolean => between(letter, "0", "9");
const isLetter = (letter: string): boolean => between(letter, "a", "z") || between(letter, "A", "Z");
const isHex = (letter: string): boolean => isDigit(letter) || between(letter.toLowerCase(), "a", "f");

const all = (text: string, test: (letter: string) => boolean): boolean =>
  text !== "" && text.split("").every(letter => test(letter));
const some = (text: string, test: (letter: string) => boolean): boolean => text.split("").some(letter => test(letter));

/** Without what a sentence puts behind a word. */
function bare(text: string): string {
  let end = text.length;
  while (end > 0 && ".,;:!?)]}'>".includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

/** `ribbon.lua:12:` and its like: a place in code. */
export function hasKnownEnding(text: string): boolean {
  const [file = ""] = bare(text).split(":");
  return ENDINGS.some(ending => file.endsWith(`.${ending}`));
}

/** An IPv4 or IPv6 address, perhaps with a port; not a time of day, nor a version of three numbers. */
export function isAddress(text: string): boolean {
  const plain = bare(text);
  const [beforePort = ""] = plain.split(":");
  const numbers = beforePort.split(".");
  if (numbers.length === 4 && numbers.every(number => all(number, isDigit))) return true;
  const groups = plain.split("]")[0]?.split("%")[0]?.split(":") ?? [];
  const isTime = groups.length <= 3 && !plain.includes("::");
  return !isTime && groups.every(group => group === "" || all(group, isHex) || group.includes("."));
}

/** Letters and digits, so many and so mixed that no language has such a word. */
export function isSecret(text: string): boolean {
  const plain = bare(text);
  if (plain.startsWith("tk_")) return true;
  if (plain.length < SHORTEST_SECRET || hasKnownEnding(plain)) return false;
  return some(plain, isDigit) && some(plain, isLetter);
}

/** `nas.example.org`, `cloud.lan:8443`; a single name is like any other word. */
export function isHostName(text: string): boolean {
  const [plain = ""] = bare(text).split(":");
  const labels = plain.split(".");
  const last = labels[labels.length - 1] ?? "";
  if (labels.length < 2 || ENDINGS.includes(last)) return false;
  return last.length > 1 && all(last, isLetter) && labels.every(label => label !== "");
}
