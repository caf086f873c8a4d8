import type { Check, FolderName, Place } from "./device";
import { layoutOf, nameOf } from "./layouts";
import type { Payload } from "./payload";

interface Move {
  readonly from: FolderName;
  readonly to: FolderName;
}

/** "kill" ends a KOReader that cannot be asked; only where its start script starts it again. */
export type RestartWish = "no" | "ask" | "kill";

/** Everything that will be done to a device, before any of it. All names are in `place.folder`. */
export interface Plan {
  readonly place: Place;
  readonly action: "install" | "roll-back";
  /** What an interrupted deploy left between two renames is put right first. */
  readonly repairs: readonly Move[];
  /** Leftovers, removed before anything is copied. */
  readonly removes: readonly FolderName[];
  /** Where the files are copied to, and checked; nothing is copied without. */
  readonly staging?: FolderName;
  readonly moves: readonly Move[];
  /** Removed when all is done. */
  readonly removesAfterwards: readonly FolderName[];
  readonly check: Check;
  readonly restart: RestartWish;
}

const PLUGIN = "ribbon.koplugin";
const PREVIOUS = "ribbon.previous";
/** The version before the previous one, on its way out. */
const TRASH = "ribbon.trash";
/** The current version while a rollback exchanges the two. */
const SWAP = "ribbon.swap";

const move = (from: FolderName, to: FolderName): Move => ({ from, to });

/** Brings back a version that was moved away and not replaced; a rollback that was cut is undone. */
function repairsOf(there: ReadonlySet<FolderName>): Move[] {
  if (!there.has(PLUGIN) && there.has(SWAP)) return [move(SWAP, PLUGIN)];
  if (!there.has(PLUGIN) && there.has(PREVIOUS)) return [move(PREVIOUS, PLUGIN)];
  return there.has(PLUGIN) && there.has(SWAP) && !there.has(PREVIOUS) ? [move(SWAP, PREVIOUS)] : [];
}

function afterMoves(there: Iterable<FolderName>, moves: readonly Move[]): Set<FolderName> {
  const after = new Set(there);
  for (const { from, to } of moves) (after.delete(from), after.add(to));
  return after;
}

interface Wish {
  readonly check: Check;
  readonly restart: RestartWish;
}

function begin(place: Place) {
  const repairs = repairsOf(new Set(place.there));
  const there = afterMoves(place.there, repairs);
  const removes = [...there].filter(name => name !== PLUGIN && name !== PREVIOUS);
  return { repairs, there, removes };
}

/** Copies beside the version that is there, and exchanges the two by renames. `id` sets apart what two deploys copy. */
export function planInstall(place: Place, wish: Wish, id: string): Plan {
  const { repairs, there, removes } = begin(place);
  const staging: FolderName = `ribbon.new-${id}`;
  const old = there.has(PLUGIN) && there.has(PREVIOUS) ? [move(PREVIOUS, TRASH)] : [];
  const current = there.has(PLUGIN) ? [move(PLUGIN, PREVIOUS)] : [];
  const moves = [...old, ...current, move(staging, PLUGIN)];
  const removesAfterwards = old.map(({ to }) => to);
  return { place, action: "install", repairs, removes, staging, moves, removesAfterwards, ...wish };
}

/** Exchanges the current version and the one before; nothing when there is none before. */
export function planRollback(place: Place, wish: Wish): Plan | undefined {
  const { repairs, there, removes } = begin(place);
  const base = { place, action: "roll-back", repairs, removes, removesAfterwards: [], ...wish } as const;
  // Between the two renames of an install the previous version is all there is: putting it back is the rollback.
  if (!place.there.includes(PLUGIN) && repairs.length > 0) return { ...base, moves: [] };
  if (!there.has(PREVIOUS)) return undefined;
  const isAlone = !there.has(PLUGIN);
  const moves = isAlone ? [] : [move(PLUGIN, SWAP), move(PREVIOUS, PLUGIN), move(SWAP, PREVIOUS)];
  return { ...base, moves };
}

/** What a copy needs besides its bytes: blocks that are not full, and folders. */
const ROOM = 256 * 1024;

/** Bytes that are missing on the device; 0 when the files fit, or when it does not say how much is free. */
export function missingRoom({ free }: Place, { bytes }: Payload): number {
  return free === undefined ? 0 : Math.max(0, bytes + ROOM - free);
}

/** Whether KOReader may be ended there, to start again by itself. */
export function startsAgain({ kind }: Place): boolean {
  return kind !== "other" && layoutOf(kind).startsAgain;
}

const size = (bytes: number) => `${Math.ceil(bytes / 1024)} KB`;

/** The plan in plain words, a line each: first what it comes to, then each step where `steps` are asked for. */
export function describePlan(plan: Plan, payload: Payload | undefined, device: string, steps: boolean): string[] {
  const where = `${nameOf(plan.place.kind)} at ${device}: ${plan.place.folder}`;
  return [where, summary(plan, payload), ...(steps ? describeSteps(plan, payload) : [])];
}

function summary({ action, place, repairs }: Plan, payload: Payload | undefined): string {
  const current = place.there.includes(PLUGIN) ? `Ribbon ${place.current ?? "(unknown version)"}` : undefined;
  const previous = `Ribbon ${place.previous ?? "(unknown version)"}`;
  const repaired = repairs.length > 0 ? "An earlier deploy was cut short; that is put right first. " : "";
  if (action === "roll-back") {
    const kept = current === undefined ? "" : `; ${current} is kept for the next --rollback`;
    return `${current === undefined ? "" : repaired}${previous} comes back${kept}.`;
  }
  const files =
    payload === undefined ? "" : `Ribbon ${payload.version} (${payload.files.length} files, ${size(payload.bytes)})`;
  const before = current ?? (place.there.includes(PREVIOUS) ? previous : undefined);
  if (before === undefined) return `${files} is installed; there was none before.`;
  return `${repaired}${files} takes the place of ${before}, which is kept for --rollback.`;
}

function describeSteps(plan: Plan, payload: Payload | undefined): string[] {
  const rename = ({ from, to }: Move) => `rename ${from} to ${to}`;
  const remove = (name: FolderName) => `remove ${name}`;
  const copies =
    payload === undefined || plan.staging === undefined ? [] : copySteps(plan.staging, payload, plan.check);
  return [
    ...plan.repairs.map(rename),
    ...plan.removes.map(remove),
    ...copies,
    ...plan.moves.map(rename),
    ...plan.removesAfterwards.map(remove),
  ].map(step => `  ${step}`);
}

function copySteps(staging: string, { files }: Payload, check: Check): string[] {
  const copies = files.map(({ name, bytes }) => `copy ${name} (${bytes.length} bytes) to ${staging}`);
  return [...copies, `check ${staging} with ${check === "size" ? "the sizes of its files" : check}`];
}
