/** One way in which a server wants to be asked again (RFC 9110, 11.6.1). */
export interface Challenge {
  /** In lower case: `basic`, `digest`, … */
  readonly scheme: string;
  /** By their names in lower case. */
  readonly params: Readonly<Record<string, string>>;
}

/** No server says more; a hostile one is not read to its end. */
const LONGEST = 8 * 1024;

interface Token {
  readonly text: string;
  readonly kind: "word" | "quoted" | "sign";
}

const SIGNS = ["=", ","];
const BLANKS = [" ", "\t"];
const STOPS = SIGNS.concat(BLANKS, '"');

/** The words, quoted texts, `=` and `,` of a header. */
function tokensOf(value: string): Token[] {
  const chars = value.slice(0, LONGEST).split("");
  const tokens: Token[] = [];
  let at = 0;
  while (at < chars.length) {
    const char = chars[at] ?? "";
    if (char === '"') {
      const [text, end] = quotedAt(chars, at + 1);
      tokens.push({ text, kind: "quoted" });
      at = end;
    } else if (SIGNS.includes(char) || BLANKS.includes(char)) {
      if (SIGNS.includes(char)) tokens.push({ text: char, kind: "sign" });
      at += 1;
    } else {
      const text = wordAt(chars, at);
      tokens.push({ text, kind: "word" });
      at += text.length;
    }
  }
  return tokens;
}

function quotedAt(chars: readonly string[], from: number): [text: string, end: number] {
  const pieces: string[] = [];
  let at = from;
  while (at < chars.length && chars[at] !== '"') {
    if (chars[at] === "\\") at += 1;
    pieces.push(chars[at] ?? "");
    at += 1;
  }
  return [pieces.join(""), at + 1];
}

function wordAt(chars: readonly string[], from: number): string {
  let at = from;
  // A token68 such as `abc==` is read as a word with signs behind it, and means nothing to us.
  while (at < chars.length && !STOPS.includes(chars[at] ?? "")) at += 1;
  return chars.slice(from, at).join("");
}

/** Of `WWW-Authenticate`, of which a server may send several: they arrive joined by commas, as their own parts are. */
export function parseChallenges(value: string): Challenge[] {
  const challenges: { scheme: string; params: Record<string, string> }[] = [];
  const tokens = tokensOf(value);
  for (const [index, { text, kind }] of tokens.entries()) {
    const isName = tokens[index + 1]?.text === "=" && tokens[index + 1]?.kind === "sign";
    const isValue = tokens[index - 1]?.text === "=" && tokens[index - 1]?.kind === "sign";
    const current = challenges[challenges.length - 1];
    if (kind === "word" && !isName && !isValue) challenges.push({ scheme: text.toLowerCase(), params: {} });
    else if (isName && current !== undefined) {
      const next = tokens[index + 2];
      if (next !== undefined && next.kind !== "sign") current.params[text.toLowerCase()] = next.text;
    }
  }
  return challenges;
}
