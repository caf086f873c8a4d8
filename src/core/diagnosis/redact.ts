import { hasKnownEnding, isAddress, isHostName, isSecret } from "./telling-words";

/** What the system says of a file: the only words behind a path that stay. */
const ERRORS = [
  "No such file or directory",
  "Permission denied",
  "No space left on device",
  "Read-only file system",
  "Input/output error",
  "Is a directory",
  "Not a directory",
  "Directory not empty",
  "File name too long",
  "File exists",
  "Too many open files",
  "database is locked",
  "database disk image is malformed",
];

/** Words with a slash that are no paths. */
const PLAIN = ["and/or", "text/html", "application/json", "input/output", "i/o"];
/** Where code of KOReader's lies, as traces name it. */
const CODE = ["frontend/", "plugins/", "common/", "ffi/", "libs/", "socket/", "ssl/"];
const OWN = "ribbon.koplugin/";
/** What stands before a word and is no part of it. */
const BEFORE = ["(", "[", "{", "'", "=", ",", "<", "@", "`"];
/** The word after these is a secret, also the rest of the line. */
const ANNOUNCE = [
  "authorization:",
  "authorization",
  "bearer",
  "basic",
  "cookie:",
  "set-cookie:",
  "password",
  "passwort",
];

/** A text that says something of its word, or of the whole rest of the line. */
interface Verdict {
  readonly text: string;
  readonly swallowsRest: boolean;
}

const word = (text: string): Verdict => ({ text, swallowsRest: false });
const rest = (text: string): Verdict => ({ text, swallowsRest: true });

/**
 * A line for a log that people post in public: addresses, hosts, paths with all that follows them, quoted words, keys and
 * anything that looks like one are replaced by what they are. What a log needs stays: reasons, numbers, places in code.
 */
export function redact(line: string): string {
  const words = withoutQuoted(line).split(" ");
  const kept: string[] = [];
  for (const [index, each] of words.entries()) {
    const verdict = judge(each, words[index - 1]);
    kept.push(verdict.text);
    if (verdict.swallowsRest) return kept.concat(errorsIn(words.slice(index).join(" "))).join(" ");
  }
  return kept.join(" ");
}

/** Several lines, each by itself. */
export function redactLines(text: string): string {
  return text
    .split("\n")
    .map(line => redact(line))
    .join("\n");
}

function errorsIn(text: string): string[] {
  return ERRORS.filter(error => text.includes(error));
}

function withoutQuoted(line: string): string {
  let text = "";
  // Outside and inside in turn; a quotation that does not end goes on to the end.
  let isInside = false;
  for (const part of line.split('"')) {
    text += isInside ? "(quoted)" : part;
    isInside = !isInside;
  }
  return text;
}

function judge(text: string, before: string | undefined): Verdict {
  const isAnnounced = before !== undefined && ANNOUNCE.includes(before.toLowerCase());
  if (isAnnounced && text !== "") return rest("(secret)");
  let start = 0;
  while (start < text.length && BEFORE.includes(text.charAt(start))) start += 1;
  const lead = text.slice(0, start);
  const verdict = judgeBare(text.slice(start));
  return { ...verdict, text: `${lead}${verdict.text}` };
}

function judgeBare(text: string): Verdict {
  const scheme = text.indexOf("://");
  if (scheme >= 0) return rest("(address)");
  if (text.includes("\\")) return rest("(path)");
  if (text.includes("/")) return judgePath(text);
  if (text.includes("@")) return word("(name)");
  if (isAddress(text)) return word("(address)");
  if (isSecret(text)) return word("(secret)");
  if (isHostName(text)) return word("(host)");
  return word(text);
}

function judgePath(text: string): Verdict {
  const own = text.indexOf(OWN);
  if (own >= 0) return hasKnownEnding(text) ? word(text.slice(own)) : rest("(path)");
  if (PLAIN.includes(text.toLowerCase())) return word(text);
  const isCode = CODE.some(folder => text.startsWith(folder)) && hasKnownEnding(text);
  return isCode ? word(text) : rest("(path)");
}
