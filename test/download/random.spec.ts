// Books that are cut, changed and lost at random, each day from a seed that is named when it fails.
import { asSent, Device, downloads, tell } from "../support/lua/book-device";
import { describe, equal, it, ok } from "../support/spec";

const SEEDS = Number(os.getenv("RIBBON_SEEDS") ?? 60);
const MOST_FAULTS = 5;
const ETAGS = ['"a"', '"b"', 'W/"c"', ""];

const dice = (most: number): number => math.random(0, most);

function anyFault(bytes: number): object {
  const after = dice(bytes);
  const faults: object[] = [
    { kind: "cut head", after: dice(80) },
    { kind: "cut body", after },
    { kind: "cut body", after },
    { kind: "cut body", after: Math.max(0, bytes - 1) },
    { kind: "hang up" },
    { kind: "ignore range" },
    { kind: "wrong range" },
    { kind: "longer", by: 1 + dice(1000) },
    { kind: "chunked" },
    { kind: "chunked", cutAfter: after },
    { kind: "packed" },
    { kind: "until closed" },
    { kind: "refuse", status: 403, type: "application/json", body: '{"detail":"quota"}' },
    { kind: "refuse", status: 200, type: "text/html", body: "<html>portal</html>" },
    { kind: "refuse", status: 502, type: "text/html", body: "bad gateway" },
  ];
  return faults[dice(faults.length - 1)] ?? {};
}

function anyBook(): { book: { bytes: number; seed: number }; etag: string; digests: string } {
  const bytes = dice(3) === 0 ? dice(3) : dice(200_000);
  const digests = ["known", "unknown", "unsupported"][dice(2)] ?? "known";
  return { book: { bytes, seed: dice(1000) }, etag: ETAGS[dice(ETAGS.length - 1)] ?? "", digests };
}

/** A server whose book another one may replace; its tag then is another one, as a server's own is. */
function liveOn(seed: number): void {
  math.randomseed(seed);
  let { book, etag, digests } = anyBook();
  const faults = (): object[] => Array.from({ length: dice(MOST_FAULTS) }, () => anyFault(book.bytes));
  tell({ book, etag, digests, faults: faults() });
  const device = new Device();
  for (const attempt of $range(1, MOST_FAULTS * 2 + 3)) {
    const failure = device.fetchWhole();
    const found = device.book();
    ok(found === undefined || found === asSent(), `seed ${seed}: whole or none at try ${attempt}`);
    equal(found === undefined, failure !== undefined);
    if (failure === undefined) break;
    if (dice(5) === 0) device.proof = { ...device.proof, boot: "another" };
    if (dice(5) === 0 && attempt <= MOST_FAULTS) {
      const next = anyBook();
      book = next.book;
      etag = next.etag.startsWith('"') ? `"${attempt}"` : next.etag;
      digests = next.digests;
      tell({ book, etag, digests, faults: [] });
    }
  }
  ok(device.book() === asSent(), `seed ${seed}: it is here in the end`);
  equal(device.partSize(), undefined);
  ok(downloads().length <= MOST_FAULTS * 4 + 6, `seed ${seed}: not asked for without end`);
}

describe("a book from a server that fails at random", () => {
  it(`arrives whole, or not yet, on ${SEEDS} days`, () => {
    for (const seed of $range(1, SEEDS)) liveOn(seed);
  });
});
