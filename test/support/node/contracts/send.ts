import { request, type IncomingHttpHeaders } from "node:http";
import type { BodyFill, Exchange } from "./exchange";
import type { Placeholders } from "./placeholders";

export interface Received {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Sends a recorded request, byte for byte as recorded but for its placeholders, and returns the answer. */
export function sendExchange(origin: string, exchange: Exchange, placeholders: Placeholders): Promise<Received> {
  const headers = Object.entries(exchange.headers).map(([name, value]) => [name, placeholders.fill(value)]);
  const path = placeholders.fill(exchange.path) + queryOf(exchange, placeholders);
  return send(origin, exchange.method, path, Object.fromEntries(headers), bodyOf(exchange, placeholders));
}

/** Sends one request. `path` goes out as it stands: nothing is normalised or escaped. */
export function send(
  origin: string,
  method: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  body?: Buffer | string,
): Promise<Received> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(origin);
    const length = body === undefined ? {} : { "Content-Length": Buffer.byteLength(body) };
    const sent = request(
      { hostname, port, method, path, agent: false, headers: { ...headers, ...length } },
      response => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) });
        });
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}

function queryOf({ query, raw_query, raw_query_fill: fill }: Exchange, placeholders: Placeholders): string {
  if (fill) return `?${fill.prefix}${fill.unit.repeat(fill.times)}${fill.suffix}`;
  if (raw_query !== undefined) return `?${raw_query}`;
  if (query === null) return "";
  const pairs = Object.entries(query).map(([name, value]) => [name, placeholders.fill(value)]);
  return `?${new URLSearchParams(Object.fromEntries(pairs) as Record<string, string>)}`;
}

function bodyOf(exchange: Exchange, placeholders: Placeholders): Buffer | string | undefined {
  if (exchange.body_base64 !== undefined) return Buffer.from(exchange.body_base64, "base64");
  if (exchange.body_raw !== undefined) return exchange.body_raw;
  if (exchange.body === null) return undefined;
  const body = structuredClone(exchange.body);
  if (exchange.body_fill) fillBody(body, exchange.body_fill);
  return placeholders.fill(spacedJson(body));
}

/** JSON with the blanks that Python puts in: one recorded answer quotes its request. */
function spacedJson(value: unknown): string {
  return JSON.stringify(value, null, 1)
    .replace(/(?<=[[{])\n\s*|\n\s*(?=[\]}])/g, "")
    .replace(/\n\s*/g, " ");
}

function fillBody(body: unknown, fill: BodyFill): void {
  const parents = fill.at.slice(0, -1);
  const parent = parents.reduce((value, key) => (value as Record<string, unknown>)[key], body) as Record<
    string,
    unknown
  >;
  const last = fill.at.at(-1) ?? "";
  parent[last] =
    "text" in fill ? fill.text.repeat(fill.times) : [...Array<unknown>(fill.times).fill(fill.item), ...fill.then];
}
