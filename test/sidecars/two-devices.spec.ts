// Core's merge between real sidecars: what two readers marked in one book is in both closed books, and nothing more is found to
// tell afterwards.
import { describe, equal, it, ok } from "../support/spec";
import { newDevice, put } from "../support/lua/sidecar-device";
import { sha2 } from "../reader/data/hashes";
import { docSettings } from "../reader/settings/doc-settings";
import { type BookState, EMPTY_STATE, isEmptyState, joinBooks } from "../../src/core/sdr/book-state";
import { deliver } from "../../src/core/sdr/deliver";
import { diff } from "../../src/core/sdr/diff";
import { getTable, getText, listItems } from "../../src/core/sdr/lua-value";
import type { Shadow } from "../../src/core/sdr/shadow";
import { type DeviceId, NEVER, stampOf, tick } from "../../src/core/sdr/stamp";
import { viewSidecar } from "../../src/core/sdr/sidecar";
import { keyChanges } from "../../src/koreader/sidecars/differences";
import { find } from "../../src/koreader/sidecars/find";
import { read } from "../../src/koreader/sidecars/read";
import { write } from "../support/lua/write-sidecar";
import type { SidecarReading } from "../../src/ports/sidecars";

const NOW_MS = 1_790_000_000_000;
let clock = NEVER;

/** A device, and what it knows of the book. */
class Reader {
  state: BookState = EMPTY_STATE;
  private shadow: Shadow | undefined;

  constructor(
    private readonly device: string,
    private readonly book: string,
  ) {}

  static withBook(device: string, annotations: object[]): Reader {
    const book = `${newDevice()}/foo.epub`;
    put(book, "the same bytes");
    const settings = docSettings.open(book);
    settings.saveSetting("annotations", annotations).saveSetting("last_xpointer", "/body/p[1]/text().0");
    settings.saveSetting("cre_dom_version", 20240114).saveSetting("copt_font_size", 22.5).flush();
    const path = find(book)?.files[0]?.path ?? error("no sidecar");
    put(path, readingOf(book).text, 500);
    return new Reader(device, book);
  }

  /** Tells what changed here since the last look. */
  look(): BookState {
    clock = tick(clock, NOW_MS);
    const { delta, shadow } = diff({
      shadow: this.shadow,
      view: viewSidecar(readingOf(this.book).data),
      state: this.state,
      evidence: { kind: "closed" },
      stamp: stampOf(clock, this.device as DeviceId),
      sha256: bytes => sha2.sha256(bytes),
    });
    this.shadow = shadow;
    this.state = joinBooks(this.state, delta);
    return delta;
  }

  /** Puts what is known into the closed book. */
  take(state: BookState): void {
    this.state = joinBooks(this.state, state);
    const reading = readingOf(this.book);
    const view = viewSidecar(reading.data);
    const shadow = this.shadow ?? error("look first");
    const delivery = deliver({ state: this.state, shadow, view, data: reading.data, admits: () => true });
    const result = write(reading, { keys: keyChanges(reading.data, delivery.data) });
    ok(result.ok, result.ok ? "" : result.failure);
    this.shadow = delivery.shadow;
  }

  texts(): string[] {
    const items = listItems(getTable(readingOf(this.book).data, "annotations"));
    return items.map(item => `${getText(item, "text")} ${getText(item, "note") ?? "-"}`);
  }

  fontSize(): unknown {
    return docSettings.open(this.book).readSetting("copt_font_size");
  }
}

function readingOf(book: string): SidecarReading {
  const result = read(find(book) ?? error("no sidecar"));
  return result.ok ? result.value : error(result.failure);
}

const mark = (page: number, text: string, note?: string): object => ({
  datetime: `2026-01-01 10:00:0${page}`,
  drawer: "lighten",
  color: "yellow",
  text,
  page: `/body/p[${page}]/text().0`,
  pos0: `/body/p[${page}]/text().0`,
  pos1: `/body/p[${page}]/text().9`,
  pageno: page,
  ...(note === undefined ? {} : { note }),
});

describe("two devices with the same book", () => {
  it("have each other's highlights after one exchange, and then nothing more to tell", () => {
    const kobo = Reader.withBook("aaaaaaaaaa", [mark(1, "both"), mark(2, "of the Kobo", 'a "note"\nof two lines')]);
    const kindle = Reader.withBook("bbbbbbbbbb", [mark(1, "both"), mark(3, "of the Kindle")]);
    const [fromKobo, fromKindle] = [kobo.look(), kindle.look()];
    kobo.take(fromKindle);
    kindle.take(fromKobo);
    for (const reader of [kobo, kindle]) {
      const texts = reader.texts();
      for (const text of ["both -", 'of the Kobo a "note"\nof two lines', "of the Kindle -"])
        ok(texts.includes(text), text);
      equal(texts.length, 3);
      equal(reader.fontSize(), 22.5);
      ok(isEmptyState(reader.look()), "what was delivered is taken for the reader's own edit");
    }
  });
});
