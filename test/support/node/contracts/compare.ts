import { createHash } from "node:crypto";
import type { Exchange } from "./exchange";
import type { Placeholders } from "./placeholders";
import type { Received } from "./send";

const COMPARED_HEADERS = [
  ...["content-range", "accept-ranges", "allow", "www-authenticate", "location", "etag", "last-modified"],
];

/** What differs between a recorded answer and a received one, in words; empty when they agree. */
export function differences(exchange: Exchange, received: Received, placeholders: Placeholders): string[] {
  // The five recorded failures of the server are met by any failure.
  if (exchange.status === 500) return received.status >= 500 ? [] : [`status: 5xx expected, got ${received.status}`];
  return [
    ...(exchange.status === received.status ? [] : [`status: ${exchange.status} expected, got ${received.status}`]),
    ...headerDifferences(exchange, received, placeholders),
    ...bodyDifferences(exchange, received, placeholders),
  ];
}

function headerDifferences(exchange: Exchange, { headers }: Received, placeholders: Placeholders): string[] {
  const recorded = exchange.response_headers;
  const media = (type: string | undefined) => type?.split(";")[0]?.trim();
  const type = media(recorded["content-type"]);
  const wrongType = type !== undefined && type !== media(headers["content-type"]);
  return [
    ...(wrongType ? [`content-type: ${type} expected, got ${headers["content-type"]}`] : []),
    ...COMPARED_HEADERS.filter(name => recorded[name] !== undefined)
      .filter(name => !headerAgrees(recorded[name] ?? "", headers[name], placeholders))
      .map(name => `${name}: ${recorded[name]} expected, got ${String(headers[name])}`),
    ...lengthDifferences(exchange, headers),
  ];
}

function headerAgrees(expected: string, actual: string | string[] | undefined, placeholders: Placeholders): boolean {
  return placeholders.matches(expected, actual) ?? placeholders.fill(expected) === actual;
}

/** Only of files: how long JSON is depends on its blanks. */
function lengthDifferences({ response_body, response_headers }: Exchange, headers: Received["headers"]): string[] {
  const expected = response_headers["content-length"];
  if (!isFile(response_body) || expected === undefined || expected === headers["content-length"]) return [];
  return [`content-length: ${expected} expected, got ${headers["content-length"]}`];
}

function bodyDifferences(exchange: Exchange, received: Received, placeholders: Placeholders): string[] {
  const expected = exchange.response_body;
  const text = received.body.toString();
  if (expected === null) return text === "" ? [] : [`no body expected, got ${text.slice(0, 80)}`];
  if (expected === "<html>") return /<html/i.test(text) ? [] : ["a web page expected"];
  if (isFile(expected)) return fileDifferences(expected, received.body);
  if (!isJson(received)) return text === expected ? [] : [`body: ${JSON.stringify(expected)} expected, got ${text}`];
  const ignored = exchange.status === 422 ? ["msg", "ctx"] : [];
  return valueDifferences(expected, JSON.parse(text), "body", placeholders, ignored);
}

function isJson({ headers }: Received): boolean {
  return headers["content-type"]?.startsWith("application/json") === true;
}

interface FileDigest {
  readonly size: number;
  readonly sha256: string;
}

function isFile(expected: unknown): expected is FileDigest {
  return typeof expected === "object" && expected !== null && Object.keys(expected).join() === "size,sha256";
}

function fileDifferences(expected: FileDigest, bytes: Buffer): string[] {
  if (bytes.length !== expected.size) return [`${expected.size} bytes expected, got ${bytes.length}`];
  return createHash("sha256").update(bytes).digest("hex") === expected.sha256 ? [] : ["other bytes than recorded"];
}

function valueDifferences(
  expected: unknown,
  actual: unknown,
  at: string,
  placeholders: Placeholders,
  ignored: readonly string[],
): string[] {
  const inside = (wanted: unknown, got: unknown, key: string | number) =>
    valueDifferences(wanted, got, `${at}.${key}`, placeholders, ignored);
  const matched = typeof expected === "string" ? placeholders.matches(expected, actual) : undefined;
  if (matched !== undefined) return matched ? [] : [`${at}: ${String(expected)} expected, got ${String(actual)}`];
  if (Array.isArray(expected) && Array.isArray(actual) && expected.length === actual.length) {
    return expected.flatMap((item, index) => inside(item, actual[index], index));
  }
  if (isObject(expected) && isObject(actual)) {
    const keys = [...new Set([...Object.keys(expected), ...Object.keys(actual)])].filter(key => !ignored.includes(key));
    return keys.flatMap(key => inside(expected[key], actual[key], key));
  }
  return Object.is(expected, actual) || (expected === 0 && actual === 0)
    ? []
    : [`${at}: ${JSON.stringify(expected)} expected, got ${JSON.stringify(actual)}`];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
