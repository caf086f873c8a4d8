import { AnswerReader } from "../../src/core/http/answer";
import type { HttpResponse } from "../../src/ports/http";
import { describe, equal, it, same } from "../support/spec";

const LIMITS = { headBytes: 200, fields: 4, bodyBytes: 20 };

interface Outcome {
  readonly response?: HttpResponse;
  readonly problem?: string;
  readonly keeps?: boolean;
}

/** What a reader makes of these pieces and, where `closed`, of the end after them. */
function outcome(pieces: readonly string[], closed = false, method = "GET"): Outcome {
  const reader = new AnswerReader(method, LIMITS);
  for (const piece of pieces) reader.push(piece);
  if (closed) reader.end();
  if (reader.problem !== undefined) return { problem: reader.problem };
  return reader.isDone ? { response: reader.response(), keeps: reader.keepsConnection() } : {};
}

/** The same text byte by byte must mean the same. */
function whole(text: string, closed = false, method = "GET"): Outcome {
  const atOnce = outcome([text], closed, method);
  same(outcome(text.split(""), closed, method), atOnce);
  return atOnce;
}

const answer = (body: string, headers: Record<string, string>, status = 200, keeps = true): Outcome => ({
  response: { status, headers, body },
  keeps,
});

describe("an answer", () => {
  it("has the body that its length says", () => {
    same(whole("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"), answer("hello", { "content-length": "5" }));
  });

  it("has the body of its chunks, without extensions and trailer", () => {
    const text =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\nA \r\n, \r\nworld!\r\n0\r\nX: y\r\n\r\n";
    same(whole(text), answer("hello, \r\nworld!", { "transfer-encoding": "chunked" }));
  });

  it("without a length ends with the connection, which serves no other request", () => {
    same(whole("HTTP/1.1 200 OK\r\n\r\nhello"), {});
    same(whole("HTTP/1.1 200 OK\r\n\r\nhello", true), answer("hello", {}, 200, false));
  });

  it("may end its lines with line feeds only and leave out the words", () => {
    same(whole("HTTP/1.1 200\nContent-Length: 1\n\nx"), answer("x", { "content-length": "1" }));
  });

  it("comes after interim answers", () => {
    const text = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 204 No\r\n\r\n";
    same(whole(text), answer("", {}, 204));
  });

  for (const [what, text, method] of [
    ["204", "HTTP/1.1 204 No Content\r\n\r\n", "GET"],
    ["304", "HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n", "GET"],
    ["an answer to HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", "HEAD"],
  ] as const) {
    it(`has no body when it is ${what}`, () => {
      const { response, keeps } = whole(text, false, method);
      equal(response?.body, "");
      equal(keeps, true);
    });
  }

  it("joins headers that are repeated or folded", () => {
    const text = "HTTP/1.1 204 x\r\nA: 1\r\nB:  two\r\n\twords \r\na:2\r\n\r\n";
    same(whole(text).response?.headers, { a: "1, 2", b: "two words" });
  });

  it("may say its length twice", () => {
    equal(whole("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx").response?.body, "x");
  });
});

describe("a connection", () => {
  const keeps = (head: string): boolean | undefined => whole(`${head}\r\nContent-Length: 0\r\n\r\n`).keeps;

  it("is kept as each version of HTTP says", () => {
    equal(keeps("HTTP/1.1 200 OK"), true);
    equal(keeps("HTTP/1.1 200 OK\r\nConnection: Close"), false);
    equal(keeps("HTTP/1.1 200 OK\r\nConnection: x, close"), false);
    equal(keeps("HTTP/1.0 200 OK"), false);
    equal(keeps("HTTP/1.0 200 OK\r\nConnection: Keep-Alive"), true);
  });

  it("is not kept when more came than was announced", () => {
    const extra = outcome(["HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nxHTTP/1.1 200 Forged\r\n\r\n"]);
    equal(extra.response?.body, "x");
    equal(extra.keeps, false);
  });
});

describe("what is no answer", () => {
  const cut: [what: string, text: string, problem: string][] = [
    ["a body that is too short", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhell", "cut off after 4 of 9 bytes"],
    [
      "chunks without a last one",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n",
      "cut off before the last chunk",
    ],
    [
      "a last chunk without its end",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n",
      "cut off before the last chunk",
    ],
    ["half a head", "HTTP/1.1 200 OK\r\nContent-", "cut off in the head"],
    ["nothing at all", "", "cut off in the head"],
  ];
  for (const [what, text, problem] of cut) {
    it(`is ${what}`, () => {
      same(whole(text), {});
      same(whole(text, true), { problem });
    });
  }

  const head = "HTTP/1.1 200 OK\r\n";
  const wrong: [what: string, text: string, problem: string][] = [
    ["another protocol", "SSH-2.0-OpenSSH_9.2\r\n\r\n", "not an HTTP answer"],
    ["another version", "HTTP/2 200 OK\r\n\r\n", "not an HTTP answer"],
    ["a status of no meaning", "HTTP/1.1 20 OK\r\n\r\n", "not an HTTP answer"],
    ["a line without a colon", `${head}nonsense\r\n\r\n`, "not a header field: nonsense"],
    ["a length in words", `${head}Content-Length: ten\r\n\r\n`, "content length ten"],
    ["a negative length", `${head}Content-Length: -1\r\n\r\n`, "content length -1"],
    ["two lengths", `${head}Content-Length: 1\r\nContent-Length: 2\r\n\r\n`, "content length 1, 2"],
    [
      "a coding that we do not have",
      `${head}Transfer-Encoding: gzip, chunked\r\n\r\n`,
      "transfer coding gzip, chunked",
    ],
    ["a chunk without a size", `${head}Transfer-Encoding: chunked\r\n\r\nzz\r\n`, "not a chunk's size: zz"],
    ["a chunk that goes on", `${head}Transfer-Encoding: chunked\r\n\r\n1\r\nab\r\n`, "a chunk is longer than it said"],
    ["an upgrade", "HTTP/1.1 101 Switching\r\n\r\n", "the server wants another protocol"],
    ["too many headers", `${head}${"a: b\r\n".repeat(5)}\r\n`, "more than 4 header fields"],
    ["a head without an end", `${head}a: ${"b".repeat(300)}`, "the head is too long"],
    ["a large body", `${head}Content-Length: 21\r\n\r\n`, "larger than 20 bytes"],
    ["large chunks", `${head}Transfer-Encoding: chunked\r\n\r\n15\r\n${"x".repeat(21)}`, "larger than 20 bytes"],
    ["a large body without a length", `${head}\r\n${"x".repeat(21)}`, "larger than 20 bytes"],
  ];
  for (const [what, text, problem] of wrong) {
    it(`is ${what}`, () => {
      same(whole(text), { problem });
    });
  }

  it("is interim answers without an end", () => {
    same(whole("HTTP/1.1 100 Continue\r\n\r\n".repeat(9)), { problem: "the head is too long" });
  });
});
