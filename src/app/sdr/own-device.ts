import { type DeviceId, deviceId, type Hlc, NEVER, type Stamp, stampOf, tick } from "../../core/sdr/index";
import { afterHearing, hlcMs, isDeviceId, isHlc } from "../../core/sdr/stamp";
import { type EpochSeconds, epochSeconds } from "../../core/units";
import type { Clock } from "../../ports/clock";
import type { Random } from "../../ports/random";
import type { Notebook } from "./notebook";

const ID = "me";
const CLOCK = "hlc";
const SEQ = "seq";

/** Ten bytes of a random UUID. */
function bytesOf(uuid: string): number[] {
  const digits = uuid.split("-").join("");
  const bytes: number[] = [];
  for (const index of $range(0, 9)) bytes.push(tonumber(digits.slice(index * 2, index * 2 + 2), 16) ?? 0);
  return bytes;
}

/** What another device was last seen to say of itself. */
export interface KnownDevice {
  readonly label: string;
  readonly at: EpochSeconds;
  readonly seq: number;
}

/** Who we are among the devices, our clock and our counter of files. */
export class OwnDevice {
  constructor(
    private readonly notebook: Notebook,
    private readonly clock: Pick<Clock, "epoch">,
    private readonly random: Random,
  ) {}

  /** The same device, for a worker that writes into another notebook. */
  over(notebook: Notebook): OwnDevice {
    return new OwnDevice(notebook, this.clock, this.random);
  }

  id(): DeviceId {
    const known = this.notebook.getRaw(ID);
    if (known !== undefined && isDeviceId(known)) return known;
    const id = deviceId(bytesOf(this.random.uuid()));
    this.notebook.setRaw(ID, id);
    return id;
  }

  /** A copy of our folder lives on another device: we are another one from now on. */
  becomeAnother(): { readonly from: DeviceId; readonly to: DeviceId } {
    const from = this.id();
    this.notebook.setRaw(ID, undefined);
    this.notebook.setRaw(SEQ, undefined);
    return { from, to: this.id() };
  }

  hlc(): Hlc {
    const kept = this.notebook.getRaw(CLOCK);
    return kept !== undefined && isHlc(kept) ? kept : NEVER;
  }

  /** A stamp for one look, later than all before. */
  stamp(): Stamp {
    const next = tick(this.hlc(), this.clock.epoch() * 1000);
    this.notebook.setRaw(CLOCK, next);
    return stampOf(next, this.id());
  }

  /** What was read is before what we do from now on. */
  heard(hlc: Hlc): void {
    const ours = this.hlc();
    const next = afterHearing(ours, hlc);
    if (next !== ours) this.notebook.setRaw(CLOCK, next);
  }

  lastSeq(): number {
    return tonumber(this.notebook.getRaw(SEQ) ?? "0") ?? 0;
  }

  noteSeq(seq: number): void {
    this.notebook.setRaw(SEQ, `${seq}`);
  }

  known(id: string): KnownDevice | undefined {
    const [at, seq, label] = (this.notebook.get("device", id) ?? "").split("|");
    if (at === undefined || seq === undefined || label === undefined) return undefined;
    return { label, at: epochSeconds(tonumber(at) ?? 0), seq: tonumber(seq) ?? 0 };
  }

  noteKnown(id: string, label: string, hlc: Hlc, seq: number): void {
    const before = this.known(id);
    if (before !== undefined && before.seq > seq) return;
    const at = Math.floor(hlcMs(hlc) / 1000);
    this.notebook.set("device", id, `${at}|${seq}|${label.split("|").join(" ")}`);
  }

  /** For each device, its newest file that came here. */
  seen(): Record<string, number> {
    const seen: Record<string, number> = {};
    for (const id of this.notebook.all("device")) seen[id] = this.known(id)?.seq ?? 0;
    return seen;
  }
}
