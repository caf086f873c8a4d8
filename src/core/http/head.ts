import { failure, type Result, success } from "../result";
import { cut, hasControls, parseDigits, stripBlanks } from "./text";

export type Headers = Readonly<Record<string, string>>;

/** What stands before the body of an answer. */
export interface Head {
  /** HTTP/1.1 and not HTTP/1.0. */
  readonly isHttp11: boolean;
  readonly status: number;
  /** Names in lower case, repeated ones joined by ", ". */
  readonly headers: Headers;
}

/** `HTTP/1.1 200 OK`; some servers leave the words out. */
export function parseStatusLine(line: string): { isHttp11: boolean; status: number } | undefined {
  const [version, after] = cut(line, " ");
  const [code] = cut(after ?? "", " ");
  const status = code.length === 3 ? parseDigits(code) : undefined;
  const isHttp11 = version === "HTTP/1.1";
  if (status === undefined || status < 100 || (!isHttp11 && version !== "HTTP/1.0")) return undefined;
  return { isHttp11, status };
}

/** A line that begins with a blank goes on with the one before (RFC 9112, 5.2). */
function unfold(lines: readonly string[]): string[] {
  const whole: string[] = [];
  for (const line of lines) {
    const isMore = line.startsWith(" ") || line.startsWith("\t");
    const last = isMore ? whole.pop() : undefined;
    whole.push(last === undefined ? line : `${last} ${stripBlanks(line)}`);
  }
  return whole;
}

function parseField(line: string): [name: string, value: string] | undefined {
  const [name, value] = cut(line, ":");
  const key = stripBlanks(name).toLowerCase();
  return key === "" || value === undefined || hasControls(key, true) ? undefined : [key, stripBlanks(value)];
}

/** @returns the line that is no header field, when there is one */
export function parseFields(lines: readonly string[]): Result<Headers, string> {
  const values = new Map<string, string>();
  for (const line of unfold(lines)) {
    const field = parseField(line);
    if (field === undefined) return failure(line.slice(0, 40));
    const [name, value] = field;
    const before = values.get(name);
    values.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  return success(Object.fromEntries(values));
}

const withoutReturn = (line: string): string => (line.endsWith("\r") ? line.slice(0, line.length - 1) : line);

/**
 * @param text all lines up to the empty one, each with its line end
 * @param mostFields more of them are refused
 */
export function parseHead(text: string, mostFields: number): Result<Head, string> {
  const lines = text.split("\n").map(line => withoutReturn(line));
  const used = lines.filter(line => line !== "");
  const first = parseStatusLine(used[0] ?? "");
  if (first === undefined) return failure("not an HTTP answer");
  if (used.length - 1 > mostFields) return failure(`more than ${mostFields} header fields`);
  const fields = parseFields(used.slice(1));
  if (!fields.ok) return failure(`not a header field: ${fields.failure}`);
  return success({ ...first, headers: fields.value });
}

/** Where the head ends, after its empty line; nothing when that has not come. */
export function endOfHead(text: string): number | undefined {
  const ends = ["\n\r\n", "\n\n"].map(mark => ({ at: text.indexOf(mark), length: mark.length }));
  const [found, other] = ends.filter(end => end.at >= 0);
  if (found === undefined) return undefined;
  const first = other !== undefined && other.at < found.at ? other : found;
  return first.at + first.length;
}

/** Whether a comma-separated header holds a word, in any case. */
export function hasToken(value: string | undefined, token: string): boolean {
  return (value ?? "").split(",").some(part => stripBlanks(part).toLowerCase() === token);
}
