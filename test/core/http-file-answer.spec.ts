import { AnswerReader, HEAD_LIMITS } from "../../src/core/http/answer";
import { parseContentRange, readFileAnswer } from "../../src/core/http/file-answer";
import { failure, success } from "../../src/core/result";
import { describe, equal, it, same } from "../support/spec";

const DATE = "Sat, 01 Feb 2025 10:00:00 GMT";
const LATER = "Sat, 01 Feb 2025 10:00:01 GMT";

describe("the range of an answer", () => {
  for (const [value, from, total] of [
    ["bytes 4-9/10", 4, 10],
    ["Bytes 0-0/1", 0, 1],
    ["bytes 4-9/*", 4, undefined],
    ["bytes 4-10/10", undefined, undefined],
    ["bytes 9-4/10", undefined, undefined],
    ["bytes */10", undefined, undefined],
    ["*/10", undefined, undefined],
    ["items 4-9/10", undefined, undefined],
    ["bytes -4-9/10", undefined, undefined],
    ["", undefined, undefined],
  ] as const) {
    it(`${value} begins at ${from ?? "no byte"}`, () => {
      const range = parseContentRange(value);
      equal(range?.from, from);
      equal(range?.total, total);
    });
  }
});

describe("an answer to a request for a file", () => {
  const whole = (headers: Record<string, string>) => readFileAnswer(200, headers, 0, undefined);
  const validator = (headers: Record<string, string>) => {
    const answer = whole({ "content-length": "10", ...headers });
    return answer.kind === "file" ? answer.file.proof.validator : answer.kind;
  };

  it("is proved by what is strong", () => {
    equal(validator({ etag: '"a"', "last-modified": DATE, date: LATER }), '"a"');
    equal(validator({ etag: 'W/"a"', "last-modified": DATE, date: LATER }), DATE);
    equal(validator({ "last-modified": DATE, date: DATE }), undefined);
    equal(validator({ "last-modified": DATE }), undefined);
    equal(validator({ "last-modified": "yesterday", date: LATER }), undefined);
  });

  it("says how long the file is, or is in chunks", () => {
    same(whole({ "content-length": "10" }), { kind: "file", file: { from: 0, total: 10, proof: { total: 10 } } });
    same(whole({ "transfer-encoding": "chunked" }), { kind: "file", file: { from: 0, proof: {} } });
    equal(whole({}).kind, "refused");
    equal(whole({ "content-length": "10", "content-encoding": "gzip" }).kind, "refused");
  });

  it("is none when it is a page", () => {
    equal(whole({ "content-type": "Text/HTML; charset=utf-8", "content-length": "10" }).kind, "no file");
    equal(whole({ "content-type": "application/json", "content-length": "10" }).kind, "no file");
    equal(whole({ "content-type": "application/octet-stream", "content-length": "10" }).kind, "file");
  });

  for (const [what, headers, kind] of [
    ["the rest of the same file", { "content-range": "bytes 4-9/10", etag: '"a"' }, "file"],
    ["the rest of one without a tag", { "content-range": "bytes 4-9/10" }, "file"],
    ["another part", { "content-range": "bytes 3-9/10" }, "stale"],
    ["no word on which part", {}, "stale"],
    ["the rest of a longer file", { "content-range": "bytes 4-10/11" }, "stale"],
    ["the rest of another file", { "content-range": "bytes 4-9/10", etag: '"b"' }, "stale"],
  ] as const) {
    it(`with ${what} is taken as ${kind}`, () => {
      equal(readFileAnswer(206, { ...headers }, 4, { validator: '"a"', total: 10 }).kind, kind);
    });
  }

  it("with a part that nobody asked for is refused", () => {
    equal(readFileAnswer(206, { "content-range": "bytes 0-9/10" }, 0, undefined).kind, "refused");
  });
});

describe("an answer whose body goes into a sink", () => {
  const HEAD = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n";
  const read = (pieces: readonly string[], takes: boolean | "no", most = 100) => {
    const taken: string[] = [];
    const reader = new AnswerReader(
      "GET",
      { ...HEAD_LIMITS, bodyBytes: most },
      {
        begin: () => (takes === "no" ? failure({ reason: "disk" }) : success(takes)),
        write(bytes) {
          taken.push(bytes);
          return taken.length > 2 ? failure({ reason: "disk" }) : success(true);
        },
      },
    );
    for (const piece of pieces) if (reader.refusal === undefined) reader.push(piece);
    return { reader, taken };
  };

  it("may be larger than what is kept in memory", () => {
    const { reader, taken } = read([`${HEAD}abc`, "def"], true, 5);
    same(taken, ["abc", "def"]);
    same([reader.isDone, reader.response().isStreamed, reader.response().body], [true, true, ""]);
  });

  it("comes as any other when the sink does not want it", () => {
    const { reader, taken } = read([`${HEAD}abc`, "def"], false);
    equal(taken.length, 0);
    equal(reader.response().isStreamed, undefined);
    same([reader.isDone, reader.response().body], [true, "abcdef"]);
  });

  it("ends when the sink takes no more, or none at all", () => {
    equal(read([`${HEAD}ab`, "cd", "ef"], true).reader.refusal?.reason, "disk");
    equal(read([`${HEAD}ab`, "cd", "ef"], true).reader.isDone, false);
    equal(read([`${HEAD}abcdef`], "no").reader.refusal?.reason, "disk");
  });

  it("never gets an error's body", () => {
    const { reader, taken } = read(["HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno"], true);
    equal(taken.length, 0);
    equal(reader.response().body, "no");
  });
});
