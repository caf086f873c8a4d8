// What is compared between Node and LuaJIT. A line each: a module, a function of it, and its arguments.
// A subject with state gets a function that replays a list of steps, in a module beside this one's `drivers`.
import fc from "../support/node/fast-check";
import { entryLine } from "../../src/core/sdr/entry";
import type { Subject } from "../support/node/differential";
import { bookState, luaPieces } from "../support/node/sdr/arbitraries";
import {
  ascii,
  bookName,
  fraction,
  hostName,
  httpAddress,
  httpPiece,
  integer,
  numeral,
  template,
  text,
} from "./arbitraries";

const BOOK = "md5:0123456789abcdef0123456789abcdef";
const epoch = fc.integer({ min: 0, max: 4_102_444_800 });
const stamp = fc.oneof(
  text,
  fc.date({ min: new Date(0), max: new Date("2100-01-01"), noInvalidDate: true }).map(date => date.toISOString()),
);
const position = fc.record({ locator: text, fraction });
const remotePosition = fc.record({ locator: text, fraction, device: text, stamp: text });
const ownHand = fc.record({ device: text, written: text, tried: fc.array(position) });
const address = fc
  .tuple(fc.constantFrom("", " ", "http://", "https:///", "ftp://", "://"), text)
  .map(parts => parts.join(""));
/** Answers as a server might send them, sensible or not. */
const positionAnswer = fc.record(
  {
    book_id: integer,
    progress: fc.oneof(text, integer, numeral, fc.constant("/body/p[1]")),
    percentage: fc.oneof(fraction, text, integer),
    device: fc.oneof(text, integer),
    updated_at: fc.oneof(text, integer),
  },
  { requiredKeys: [] },
);
const step = fc.record({
  does: fc.constantFrom("show", "jump"),
  page: fc.integer({ min: 1, max: 6 }),
  fraction,
  pause: fc.integer({ min: 0, max: 1800 }),
});
const session = fc.record({
  id: text,
  startedAt: epoch,
  endedAt: epoch,
  duration: fc.nat(),
  progressStart: fraction,
  progressEnd: fraction,
  pageTurns: fc.nat(),
});

const storedValidity = fc.record(
  {
    minSeconds: fc.oneof(integer, text),
    minPages: fc.oneof(integer, fraction),
    demand: fc.oneof(fc.constantFrom("both", "either"), text),
    allowsNoProgress: fc.oneof(fc.boolean(), integer),
  },
  { requiredKeys: [] },
);

const target = fc.array(fc.constantFrom("a", "..", ".", "", "b?c")).map(parts => `/${parts.join("/")}`);
const field = fc.tuple(fc.constantFrom("A", "a", "B ", " "), ascii).map(([name, value]) => `${name}:${value}`);
const certificateNames = fc.record({
  dns: fc.array(
    fc.oneof(
      hostName,
      hostName.map(name => `*.${name}`),
    ),
  ),
  ip: fc.array(hostName),
});
const httpDate = fc.oneof(
  fc.date({ min: new Date(0), max: new Date("2200-01-01"), noInvalidDate: true }).map(date => date.toUTCString()),
  ascii,
);
const waitHeaders = fc.record({ "retry-after": fc.oneof(httpDate, numeral), date: httpDate }, { requiredKeys: [] });
const answerPieces = fc.tuple(
  fc.constantFrom("GET", "HEAD", "CONNECT"),
  fc
    .tuple(fc.constantFrom("", "HTTP/1.1 200 OK\r\n", "HTTP/1.0 200 OK\n"), fc.array(httpPiece))
    .map(parts => parts.flat()),
);

const nearName = fc
  .array(fc.constantFrom("a", "A", "é", "É", "ſ", "s", "ς", "σ"), { maxLength: 3 })
  .map(pieces => pieces.join(""));
const catalogueBook = fc.record(
  {
    remoteId: numeral,
    title: bookName,
    author: bookName,
    series: bookName,
    volume: fc.oneof(
      fraction,
      integer,
      fc.double(),
      fc.integer({ min: 0, max: 400 }).map(number => number / 4),
    ),
    bookType: bookName,
    files: fc.constant([]),
  },
  { requiredKeys: ["remoteId", "title", "files"] },
);
const storedDownloads = fc.record(
  {
    folder: fc.oneof(text, integer, fc.constant("/mnt/onboard")),
    layout: fc.constantFrom("series", "flat", "custom", "", 1),
    template: fc.oneof(template, integer),
    formats: fc.oneof(fc.dictionary(fc.constantFrom("manga", "book"), fc.oneof(text, integer)), integer, text),
  },
  { requiredKeys: [] },
);

export const subjects: readonly Subject[] = [
  { module: "src/core/timestamp", function: "epochOf", arbitrary: fc.tuple(stamp) },
  { module: "src/core/miss", function: "pauseAfterMiss", arbitrary: fc.tuple(fc.integer({ min: 1, max: 99 })) },
  { module: "src/core/timestamp", function: "isoUtc", arbitrary: fc.tuple(epoch) },
  {
    module: "src/core/backoff",
    function: "pauseAfter",
    arbitrary: fc.tuple(fc.integer({ min: 1, max: 99 }), fraction),
  },
  { module: "src/core/units", function: "fraction", arbitrary: fc.tuple(fc.oneof(fraction, integer, fc.double())) },
  { module: "src/core/book", function: "fileName", arbitrary: fc.tuple(text) },
  { module: "src/core/characters", function: "charactersOf", arbitrary: fc.tuple(bookName) },
  { module: "src/core/letter-case", function: "lowerCase", arbitrary: fc.tuple(bookName) },
  { module: "src/core/letter-case", function: "upperCase", arbitrary: fc.tuple(bookName) },
  { module: "src/core/letter-case", function: "areAlike", arbitrary: fc.tuple(nearName, nearName) },
  { module: "src/core/letter-case", function: "folded", arbitrary: fc.tuple(bookName) },
  {
    module: "src/core/file-name",
    function: "safeName",
    arbitrary: fc.tuple(bookName, fc.integer({ min: 4, max: 240 })),
  },
  { module: "src/core/file-name", function: "extensionOf", arbitrary: fc.tuple(fc.oneof(text, ascii)) },
  { module: "src/core/path-template", function: "parseTemplate", arbitrary: fc.tuple(template) },
  {
    module: "test/differential/drivers/book-path",
    function: "pathBy",
    arbitrary: fc.tuple(template, catalogueBook, text),
  },
  { module: "test/differential/drivers/book-path", function: "usualPath", arbitrary: fc.tuple(catalogueBook, text) },
  { module: "src/core/download-preferences", function: "downloadPreferencesOf", arbitrary: fc.tuple(storedDownloads) },
  {
    module: "src/core/format-choice",
    function: "orderFor",
    arbitrary: fc.tuple(
      fc.dictionary(fc.constantFrom("manga", ""), fc.constantFrom("pdf epub", "x", "")),
      fc.constant("manga"),
    ),
  },
  { module: "src/core/connection", function: "normalizeAddress", arbitrary: fc.tuple(address) },
  { module: "src/core/validity", function: "validityOf", arbitrary: fc.tuple(storedValidity) },
  { module: "src/core/position", function: "directionOf", arbitrary: fc.tuple(position, position) },
  { module: "src/core/position", function: "decidePush", arbitrary: fc.tuple(position, remotePosition, text, ownHand) },
  { module: "src/protocol/tome/tome-codec", function: "positionOf", arbitrary: fc.tuple(positionAnswer) },
  { module: "src/protocol/tome/tome-codec", function: "matchOf", arbitrary: fc.tuple(positionAnswer) },
  { module: "src/protocol/tome/tome-codec", function: "sessionBody", arbitrary: fc.tuple(integer, session, text) },
  { module: "src/core/http/url", function: "parseUrl", arbitrary: fc.tuple(httpAddress) },
  {
    module: "src/core/http/url",
    function: "resolveUrl",
    arbitrary: fc.tuple(
      fc.record({ scheme: fc.constant("http"), host: hostName, port: fc.nat(), target }),
      httpAddress,
    ),
  },
  { module: "src/core/http/ip-address", function: "parseIp", arbitrary: fc.tuple(hostName) },
  { module: "src/core/http/private-address", function: "isPrivateHost", arbitrary: fc.tuple(hostName) },
  { module: "src/core/http/proxy-address", function: "parseProxy", arbitrary: fc.tuple(httpAddress) },
  { module: "src/core/http/head", function: "parseFields", arbitrary: fc.tuple(fc.array(fc.oneof(ascii, field))) },
  { module: "src/core/http/certificate", function: "isFor", arbitrary: fc.tuple(hostName, certificateNames) },
  { module: "src/core/http/dates", function: "parseHttpDate", arbitrary: fc.tuple(httpDate) },
  { module: "src/core/http/dates", function: "retryAfter", arbitrary: fc.tuple(waitHeaders, epoch) },
  { module: "test/differential/drivers/answer", function: "readAnswer", arbitrary: answerPieces },
  { module: "test/differential/drivers/sdr", function: "reread", arbitrary: fc.tuple(luaPieces) },
  {
    module: "test/differential/drivers/sdr",
    function: "joined",
    arbitrary: fc.tuple(
      fc.array(
        bookState.map(state => entryLine({ book: BOOK, state })),
        { maxLength: 3 },
      ),
    ),
  },
  {
    module: "test/differential/drivers/session",
    function: "replaySession",
    arbitrary: fc.tuple(fc.array(step), fc.integer({ min: 0, max: 900 })),
  },
  {
    module: "test/differential/drivers/lines",
    function: "cutLines",
    arbitrary: fc.tuple(fc.array(fc.stringMatching(/^[a\n\r ]{0,6}$/))),
  },
];
