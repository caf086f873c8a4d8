// What a real Tome 2.3 answered, fed to the plugin's client: every answer must come out as a value or as a reason.
import fs from "node:fs";
import { describe, expect, it } from "vitest";
import type { Reason } from "../../src/core/failure";
import type { ConnectionId } from "../../src/core/outbox";
import { type EpochSeconds, fraction, seconds } from "../../src/core/units";
import type { Http, HttpResponse } from "../../src/ports/http";
import type { Json } from "../../src/ports/json";
import type { Server } from "../../src/ports/server";
import { openServer } from "../../src/protocol/servers";

interface Exchange {
  readonly id: string;
  readonly kind: string;
  readonly group: string;
  readonly title: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly response_headers: Record<string, string>;
  readonly response_body: unknown;
}

const GROUPS = [
  ...["authentication", "plugin keys", "resolve", "position", "session", "malformed requests"],
  ...["catalogue", "status"],
];
const exchanges = fs
  .readFileSync("test/fixtures/contracts/exchanges.jsonl", "utf8")
  .trim()
  .split("\n")
  .map(line => JSON.parse(line) as Exchange)
  .filter(({ kind, group }) => kind === "request" && GROUPS.includes(group));

const json: Json = {
  encode: value => JSON.stringify(value),
  decode: text => {
    try {
      return { ok: true, value: JSON.parse(text) as unknown };
    } catch (error) {
      return { ok: false, failure: String(error) };
    }
  },
};

function answering({ status, response_headers, response_body }: Exchange): Server {
  const isText = typeof response_body === "string";
  const response: HttpResponse = {
    status,
    headers: response_headers,
    body: isText ? response_body : JSON.stringify(response_body),
  };
  const http: Http = { send: () => ({ ok: true, value: response }) };
  const connection = { id: "main" as ConnectionId, name: "Home", kind: "tome", url: "http://x", key: "tk_x" } as const;
  return openServer(connection, "Clara", { http, json, encode: encodeURIComponent, now: () => 0 as EpochSeconds });
}

/** The reason that a reader should get for an answer that is no success. */
function expectedReason({ status, response_headers }: Exchange): Reason {
  const isJson = (response_headers["content-type"] ?? "").startsWith("application/json");
  if (!isJson) return status === 405 ? "unsupported" : status >= 500 ? "server" : "garbled";
  const known: Record<number, Reason> = {
    400: "rejected",
    401: "auth",
    404: "missing",
    405: "unsupported",
    422: "rejected",
  };
  return known[status] ?? "server";
}

const isJsonSuccess = ({ status, response_headers }: Exchange): boolean =>
  status < 300 && (response_headers["content-type"] ?? "").startsWith("application/json");

const named = (pattern: RegExp, method: string) =>
  exchanges
    .filter(exchange => pattern.test(exchange.path) && exchange.method === method)
    .map(each => [each.id, each.title, each] as const);

describe("a recorded answer to a look for a book", () => {
  it.each(named(/\/tome-sync\/resolve$/, "GET"))("%s: %s", (_id, _title, exchange) => {
    const found = answering(exchange).books?.resolve("x.epub", "0".repeat(32));
    if (exchange.status === 404) return expect(found).toEqual({ ok: true, value: undefined });
    if (!isJsonSuccess(exchange))
      return expect(found).toMatchObject({ ok: false, failure: { reason: expectedReason(exchange) } });
    const { book_id, method } = exchange.response_body as { book_id: number; method?: string };
    return expect(found).toEqual({
      ok: true,
      value: { remoteId: String(book_id), method: method === undefined ? "name" : "digest" },
    });
  });
});

describe("a recorded answer to a look for a place", () => {
  it.each(named(/\/tome-sync\/position\//, "GET"))("%s: %s", (_id, _title, exchange) => {
    const read = answering(exchange).positions?.read("9");
    const body = exchange.response_body as {
      detail?: string;
      percentage: number;
      progress: string | null;
      device: string | null;
    };
    if (body.detail === "No position stored") return expect(read).toEqual({ ok: true, value: undefined });
    if (!isJsonSuccess(exchange))
      return expect(read).toMatchObject({ ok: false, failure: { reason: expectedReason(exchange) } });
    if (read?.ok !== true) throw new Error("no value");
    expect(read.value).toMatchObject({ fraction: body.percentage, stamp: "<iso-utc>" });
    expect(read.value?.device).toBe(body.device ?? undefined);
    const isReadable = body.progress?.startsWith("/") === true || Number(body.progress) > 0;
    return expect(read.value?.locator).toBe(isReadable ? body.progress : undefined);
  });
});

describe("a recorded answer to a place that we send", () => {
  it.each(named(/\/tome-sync\/position\//, "PUT"))("%s: %s", (_id, _title, exchange) => {
    const written = answering(exchange).positions?.write("9", { fraction: fraction(0.5) });
    if (isJsonSuccess(exchange)) expect(written).toEqual({ ok: true, value: "<iso-utc>" });
    else expect(written).toMatchObject({ ok: false, failure: { reason: expectedReason(exchange) } });
  });
});

describe("a recorded answer to a session that we send", () => {
  const start = 1_795_248_000 as EpochSeconds;
  const session = {
    id: "9b1f",
    startedAt: start,
    endedAt: (start + 60) as EpochSeconds,
    duration: seconds(60),
    progressStart: fraction(0.1),
    progressEnd: fraction(0.2),
    pageTurns: 3,
  };
  it.each(named(/\/tome-sync\/session$/, "POST"))("%s: %s", (_id, _title, exchange) => {
    const sent = answering(exchange).sessions?.record("9", session);
    if (isJsonSuccess(exchange)) expect(sent).toEqual({ ok: true, value: true });
    else expect(sent).toMatchObject({ ok: false, failure: { reason: expectedReason(exchange) } });
  });
});

describe("a recorded answer to a test of the connection", () => {
  it.each(named(/\/tome-sync\/rating\/0$/, "GET"))("%s: %s", (_id, _title, exchange) => {
    const tested = answering(exchange).test();
    if (exchange.status === 404) expect(tested).toEqual({ ok: true, value: {} });
    else expect(tested).toMatchObject({ ok: false, failure: { reason: expectedReason(exchange) } });
  });
});

interface RecordedBook {
  readonly id: number;
  readonly title: string;
  readonly author: string | null;
  readonly series_index: number | null;
  readonly book_type: string | null;
  readonly series?: string;
  readonly files: readonly { readonly format: string; readonly file_size: number | null }[];
}

describe("a recorded list of groups", () => {
  const lists = ["series", "authors", "shelves"] as const;
  const cases = lists.flatMap(list =>
    named(new RegExp(`/tome-sync/${list}$`), "GET").map(
      ([id, title, exchange]) => [id, title, list, exchange] as const,
    ),
  );
  it("is among what was recorded", () => expect(cases.length).toBeGreaterThan(8));
  it.each(cases)("%s: %s", (_id, _title, list, exchange) => {
    const groups = answering(exchange).catalogue?.groups(list);
    if (!isJsonSuccess(exchange))
      return expect(groups).toMatchObject({ ok: false, failure: { reason: expectedReason(exchange) } });
    const recorded = exchange.response_body as { name: string; book_count: number }[];
    if (groups?.ok !== true) throw new Error("no value");
    expect(groups.value.map(({ books }) => books)).toEqual(recorded.map(({ book_count }) => book_count));
    return expect(groups.value.map(({ name }) => name)).toEqual(
      recorded.map(({ name }) => (name.startsWith("__") ? undefined : name)),
    );
  });
});

describe("a recorded list of books", () => {
  const cases = named(/\/tome-sync\/(series\/[^/]+|author-books|shelf-books|search)$/, "GET");
  it("is among what was recorded", () => expect(cases.length).toBeGreaterThan(25));
  it.each(cases)("%s: %s", (_id, _title, exchange) => {
    const list = answering(exchange).catalogue?.books({ kind: "series-books", id: "9" });
    if (!isJsonSuccess(exchange))
      return expect(list).toMatchObject({ ok: false, failure: { reason: expectedReason(exchange) } });
    const { books, unsupported_filters } = exchange.response_body as {
      books: RecordedBook[];
      unsupported_filters?: string[];
    };
    if (list?.ok !== true) throw new Error("no value");
    expect(list.value.ignoredFilters).toEqual(unsupported_filters ?? []);
    return expect(
      list.value.books.map(({ remoteId, title, author, volume, series, files }) => {
        return { remoteId, title, author, volume, series, files: files.map(({ format, bytes }) => [format, bytes]) };
      }),
    ).toEqual(
      books.map(book => ({
        remoteId: String(book.id),
        title: book.title,
        author: book.author === null || book.author === "" ? undefined : book.author,
        volume: book.series_index ?? undefined,
        series: book.series,
        files: book.files.map(({ format, file_size }) => [format, file_size]),
      })),
    );
  });
});

describe("a recorded answer to a mark", () => {
  it.each(named(/\/tome-sync\/status\//, "PUT"))("%s: %s", (_id, _title, exchange) => {
    const marked = answering(exchange).catalogue?.mark("11", "read");
    if (isJsonSuccess(exchange)) expect(marked).toEqual({ ok: true, value: true });
    else expect(marked).toMatchObject({ ok: false, failure: { reason: expectedReason(exchange) } });
  });
});
