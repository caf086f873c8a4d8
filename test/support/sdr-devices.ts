// Two devices for specs: a sidecar each, and the engine over it, without folder and faults (those are in test/sdr).
import {
  changedPart,
  deliver,
  diff,
  EMPTY_STATE,
  entryLines,
  type Evidence,
  type BookState,
  type Change,
  type DataTable,
  type DeviceId,
  joinBooks,
  listItems,
  listOf,
  getTable,
  NEVER,
  openedIn,
  readEntry,
  type Shadow,
  stampOf,
  tableOf,
  tick,
  viewSidecar,
  withKey,
} from "../../src/core/sdr/index";

export const BOOK = "md5:0123456789abcdef0123456789abcdef";

/** Not SHA-256, but the same in both runtimes, and different for different short texts. */
export function toyHash(bytes: string): string {
  let sums = [1, 7, 31, 127];
  let index = 0;
  while (index < bytes.length) {
    const byte = bytes.charCodeAt(index);
    sums = sums.map((sum, place) => {
      const next = sum * (place + 31) + byte + 1;
      return next - 65_521 * Math.floor(next / 65_521);
    });
    index += 1;
  }
  const digits = "0123456789abcdef";
  let text = "";
  for (const sum of sums) {
    let rest = sum;
    while (rest >= 1) {
      const next = Math.floor(rest / 16);
      text = `${text}${digits.charAt(rest - 16 * next)}`;
      rest = next;
    }
    text = `${text}0`;
  }
  return `${text}${"0".repeat(64)}`.slice(0, 64);
}

export function mark(at: number, fields: Readonly<Record<string, string>> = {}): DataTable {
  const start = `/body/p[${at}]/text().0`;
  let item = tableOf({
    datetime: `2026-11-0${at} 08:00:00`,
    drawer: "lighten",
    color: "yellow",
    page: start,
    pos0: start,
  });
  item = withKey(withKey(item, "pos1", `/body/p[${at}]/text().9`), "text", `words of ${at}`);
  for (const key in fields) item = withKey(item, key, fields[key]);
  return item;
}

export function sidecar(items: readonly DataTable[]): DataTable {
  return tableOf({ annotations: listOf(items), last_xpointer: "/body/p[1]", cre_dom_version: 20240114 });
}

export class Device {
  state: BookState = EMPTY_STATE;
  shadow: Shadow | undefined;
  outgoing: readonly Change[] = [];
  incoming: readonly Change[] = [];
  private hlc = NEVER;

  constructor(
    readonly id: DeviceId,
    public data: DataTable,
    private readonly clock: number,
  ) {}

  items(): DataTable[] {
    return listItems(getTable(this.data, "annotations")) as DataTable[];
  }

  set(items: readonly DataTable[]): void {
    this.data = withKey(this.data, "annotations", listOf(items));
  }

  look(evidence: Evidence = { kind: "closed" }): void {
    this.hlc = tick(this.hlc, this.clock);
    const stamp = stampOf(this.hlc, this.id);
    const view = viewSidecar(this.data);
    const found = diff({ shadow: this.shadow, view, state: this.state, evidence, stamp, sha256: toyHash });
    this.state = joinBooks(this.state, found.delta);
    this.shadow = found.shadow;
    this.outgoing = found.outgoing;
  }

  /** Opens the book, changes the list, closes the book. */
  read(change: (this: void, items: DataTable[]) => DataTable[]): void {
    this.look();
    if (this.shadow !== undefined) this.shadow = openedIn(this.shadow, "now");
    this.set(change(this.items()));
    this.look({ kind: "live", session: "now", removed: [] });
  }

  deliver(): void {
    if (this.shadow === undefined) return;
    const view = viewSidecar(this.data);
    const input = { state: this.state, shadow: this.shadow, view, data: this.data, admits: () => true };
    const delivery = deliver(input);
    this.shadow = delivery.shadow;
    this.incoming = delivery.incoming;
    this.data = delivery.data;
  }

  /** Takes over what the other one knows, as it travels. */
  receive(other: Device): void {
    for (const line of entryLines({ book: BOOK, state: changedPart(other.state, other.state) })) {
      const entry = readEntry(line);
      if (entry.ok) this.state = joinBooks(this.state, entry.value.state);
    }
    const seen = tick(other.hlc, 0);
    if (this.hlc < seen) this.hlc = seen;
  }
}

/** Both look, tell each other, and deliver. */
export function exchange(one: Device, other: Device): void {
  one.look();
  other.look();
  one.receive(other);
  other.receive(one);
  one.deliver();
  other.deliver();
}
