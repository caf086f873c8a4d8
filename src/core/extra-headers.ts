import { failure, type Result, success } from "./result";

/** A header that something before the server wants to see, Cloudflare Access for instance. */
export interface ExtraHeader {
  readonly name: string;
  readonly value: string;
}

/** Why a header cannot be sent along. */
export type HeaderProblem = "name" | "reserved" | "value" | "long" | "many" | "twice";

/** More than any reverse proxy asks for. */
export const MOST_HEADERS = 8;
const LONGEST_NAME = 64;
const LONGEST_VALUE = 2048;
/** RFC 9110, 5.6.2. */
const TOKEN_MARKS = "!#$%&'*+-.^_`|~";
const FIRST_PRINTABLE = 32;
const LAST_PRINTABLE = 126;

/** Ours, the connection's, or such as another host may see after a redirect. */
const RESERVED = [
  "accept",
  "accept-language",
  "authorization",
  "connection",
  "content-length",
  "content-type",
  "expect",
  "host",
  "if-range",
  "keep-alive",
  "proxy-authorization",
  "range",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "user-agent",
];

function isTokenChar(char: string): boolean {
  const isLetter = (char >= "a" && char <= "z") || (char >= "A" && char <= "Z");
  return isLetter || (char >= "0" && char <= "9") || TOKEN_MARKS.includes(char);
}

const isPrintable = (text: string): boolean =>
  text.split("").every(char => char.charCodeAt(0) >= FIRST_PRINTABLE && char.charCodeAt(0) <= LAST_PRINTABLE);

/** A header as a person typed it: blanks around it do not count. */
export function checkHeader(typedName: string, typedValue: string): Result<ExtraHeader, HeaderProblem> {
  const name = withoutBlanks(typedName);
  const value = withoutBlanks(typedValue);
  if (name === "" || !name.split("").every(char => isTokenChar(char))) return failure("name");
  if (RESERVED.includes(name.toLowerCase())) return failure("reserved");
  if (value === "" || !isPrintable(value)) return failure("value");
  return name.length > LONGEST_NAME || value.length > LONGEST_VALUE ? failure("long") : success({ name, value });
}

function withoutBlanks(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && text.charAt(start) === " ") start += 1;
  while (end > start && text.charAt(end - 1) === " ") end -= 1;
  return text.slice(start, end);
}

const isNamed = (header: ExtraHeader, name: string): boolean => header.name.toLowerCase() === name.toLowerCase();

/** The headers with one more, in the place of `replaced` where that is given. Names count once, in any case. */
export function putHeader(
  headers: readonly ExtraHeader[],
  header: ExtraHeader,
  replaced?: string,
): Result<ExtraHeader[], HeaderProblem> {
  const at = replaced === undefined ? -1 : headers.findIndex(each => isNamed(each, replaced));
  const others = headers.filter((_each, index) => index !== at);
  if (others.some(each => isNamed(each, header.name))) return failure("twice");
  if (others.length >= MOST_HEADERS) return failure("many");
  return success(at < 0 ? others.concat([header]) : headers.map((each, index) => (index === at ? header : each)));
}

/** Headers as they stand in a file; what could not be sent is passed over. */
export function headersOf(stored: readonly unknown[]): ExtraHeader[] {
  let headers: ExtraHeader[] = [];
  for (const entry of stored) {
    const { name, value } = (typeof entry === "object" ? entry : {}) as Record<string, unknown>;
    if (typeof name !== "string" || typeof value !== "string") continue;
    const header = checkHeader(name, value);
    const more = header.ok ? putHeader(headers, header.value) : header;
    if (more.ok) headers = more.value;
  }
  return headers;
}

/** What may be shown of a secret: its last four characters, of a short one none. */
export function masked(value: string): string {
  return value.length < 12 ? "••••" : `••••${value.slice(value.length - 4)}`;
}
