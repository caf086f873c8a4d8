import { filesOfClone, deletable } from "../../core/sdr/index";
import { openSegment } from "../../core/sdr/segment";
import { readSegmentName } from "../../core/sdr/segment-name";
import { sorted } from "../../core/order";
import type { Failure } from "../../core/failure";
import { type Result, success } from "../../core/result";
import { hashes } from "../../koreader/hashes";
import type { SdrSpoolFolder } from "../../koreader/sdr-spool";
import type { CloudFolder, CloudListing } from "../../ports/cloud-folder";
import type { ExchangeNews, ExchangePlan } from "./exchange";

/** Of one run: what is more waits for the next, so that nobody can fill the disk. */
const MOST_FETCHED_BYTES = 64 * 1024 * 1024;

/** Told in one run: the parent forgets them one by one. */
const MOST_GONE = 100;

type Tell = (news: ExchangeNews) => void;

/** What was to be had, and what was done of it. */
export interface Traffic {
  bytesIn: number;
  bytesOut: number;
}

/**
 * Runs in the worker: one listing, then what is new there and what is new here. Each file is told as soon as it is safe; whatever
 * ends the worker, the next one goes on.
 */
export class Exchange {
  /** Something of ours could not be put. */
  private isLacking = false;
  readonly traffic: Traffic = { bytesIn: 0, bytesOut: 0 };

  constructor(
    private readonly folder: CloudFolder,
    private readonly spool: Pick<SdrSpoolFolder, "read" | "write" | "has" | "names" | "remove">,
    private readonly plan: ExchangePlan,
    private readonly tell: Tell,
  ) {}

  run(): Failure | undefined {
    const listed = this.list();
    if (!listed.ok) return listed.failure;
    const names = wholeNames(listed.value);
    this.tellListing(listed.value, names);
    const obstacle = this.obstacle(listed.value, names);
    if (obstacle === "emptied" || obstacle === "clone") {
      this.tell({ kind: obstacle });
      return undefined;
    }
    const isReadOnly = this.plan.isReadOnly || obstacle === "stranger";
    if (obstacle === "stranger") this.tell({ kind: "stranger" });
    this.tellGone(names);
    return this.work(names, isReadOnly);
  }

  private work(names: readonly string[], isReadOnly: boolean): Failure | undefined {
    const gets = this.wanted(names);
    const puts = isReadOnly ? [] : this.lackingIn(names);
    let bytes = 0;
    for (const name of gets) bytes += readSegmentName(name)?.length ?? 0;
    this.tell({ kind: "work", gets: gets.length, puts: puts.length, bytes });
    const get = () => this.getAll(gets);
    const put = () => this.putAll(puts);
    const first = this.plan.putsFirst ? (put() ?? get()) : (get() ?? put());
    return first ?? (isReadOnly ? undefined : (this.deleteReplaced(names) ?? this.deleteRetired(names)));
  }

  /** A folder that is not there is made where nothing is missed in it. */
  private list(): Result<CloudListing, Failure> {
    const listed = this.folder.list();
    if (listed.ok || listed.failure.reason !== "missing") return listed;
    if (this.wasUsed() && !this.plan.mayBeEmpty) return success({ files: [], others: 0 });
    if (this.plan.isReadOnly) return success({ files: [], others: 0 });
    const made = this.folder.makeRoot();
    return made.ok ? success({ files: [], others: 0 }) : made;
  }

  private wasUsed(): boolean {
    return this.plan.seen.length > 0 || this.plan.own.length > this.plan.unsent.length;
  }

  private tellListing(listing: CloudListing, names: readonly string[]): void {
    const devices = new LuaSet<string>();
    let count = 0;
    for (const name of names) {
      const device = readSegmentName(name)?.device;
      if (device !== undefined && !devices.has(device)) {
        devices.add(device);
        count += 1;
      }
    }
    const others = listing.others + listing.files.length - names.length;
    this.tell({ kind: "listed", files: names.length, devices: count, others });
  }

  private obstacle(listing: CloudListing, names: readonly string[]): "emptied" | "clone" | "stranger" | undefined {
    const { device, own, isFirst, mayBeEmpty } = this.plan;
    if (!mayBeEmpty && this.wasUsed() && !hasOurs(listing)) return "emptied";
    if (filesOfClone(names, device, own).length > 0) return "clone";
    const hasForeign = names.some(name => readSegmentName(name)?.device !== device);
    return isFirst && hasForeign ? "stranger" : undefined;
  }

  /** Others' files that they replaced: there would be more of them with every sync of every year. */
  private tellGone(names: readonly string[]): void {
    const listed = new LuaSet<string>();
    for (const name of names) listed.add(name);
    let count = 0;
    for (const name of this.plan.seen) {
      if (listed.has(name) || count === MOST_GONE) continue;
      this.tell({ kind: "gone", name });
      count += 1;
    }
  }

  /** Whole ones of others that were not seen, in the order in which each device wrote them. */
  private wanted(names: readonly string[]): string[] {
    const known = new LuaSet<string>();
    for (const name of this.plan.seen) known.add(name);
    for (const name of this.plan.passed) known.add(name);
    const wanted: string[] = [];
    let bytes = 0;
    for (const name of names) {
      const read = readSegmentName(name);
      if (read === undefined || read.device === this.plan.device || known.has(name) || this.spool.has("in", name))
        continue;
      bytes += read.length;
      if (bytes > MOST_FETCHED_BYTES) {
        this.tell({ kind: "more" });
        break;
      }
      wanted.push(name);
    }
    return wanted;
  }

  /** Ours that the folder lacks, or has in another length. What it has although nobody told us is told. */
  private lackingIn(names: readonly string[]): string[] {
    const listed = new LuaSet<string>();
    for (const name of names) listed.add(name);
    for (const name of this.plan.unsent) if (listed.has(name)) this.tell({ kind: "put", name });
    const replaced = new LuaSet<string>();
    for (const { name } of this.plan.replaced) replaced.add(name);
    return this.plan.own.filter(name => !listed.has(name) && !replaced.has(name));
  }

  private getAll(names: readonly string[]): Failure | undefined {
    for (const name of names) {
      const problem = this.get(name);
      if (problem !== undefined) return problem;
    }
    return undefined;
  }

  private get(name: string): Failure | undefined {
    const length = readSegmentName(name)?.length ?? 0;
    const got = this.folder.get(name, length);
    if (!got.ok) {
      // Replaced meanwhile, or not what it says: no reason to leave the others.
      if (got.failure.reason !== "missing" && got.failure.reason !== "garbled") return got.failure;
      this.tell({ kind: "bad", name });
      return undefined;
    }
    this.traffic.bytesIn += got.value.length;
    const opened = openSegment(name, got.value, text => hashes.sha256(text));
    if (!opened.ok && opened.failure !== "newer") {
      this.tell({ kind: "bad", name });
      return undefined;
    }
    if (!this.spool.write("in", name, got.value)) return { reason: "disk", detail: "no room for what was fetched" };
    this.tell({ kind: "fetched", name });
    return undefined;
  }

  /** What was made of a book that the reader changed meanwhile was made again, in another file. */
  private removeUnknown(): void {
    for (const name of this.spool.names("out")) if (!this.plan.own.includes(name)) this.spool.remove("out", name);
  }

  private putAll(names: readonly string[]): Failure | undefined {
    this.removeUnknown();
    for (const name of names) {
      const bytes = this.spool.read("out", name);
      if (bytes === undefined || bytes.length !== (readSegmentName(name)?.length ?? 0)) {
        this.isLacking = true;
        this.tell({ kind: "lacking", name });
        continue;
      }
      const put = this.folder.put(name, bytes);
      if (!put.ok) return put.failure;
      this.traffic.bytesOut += bytes.length;
      this.tell({ kind: "put", name });
    }
    return undefined;
  }

  /** Files of devices that are no more, which we have joined, and whose content we have put under our own name. */
  private deleteRetired(names: readonly string[]): Failure | undefined {
    const { retired, seen } = this.plan;
    for (const name of names) {
      const device = readSegmentName(name)?.device ?? "";
      if (!retired.includes(device) || !seen.includes(name) || this.isLacking) continue;
      const gone = this.folder.delete(name);
      if (!gone.ok) return gone.failure;
    }
    return undefined;
  }

  private deleteReplaced(names: readonly string[]): Failure | undefined {
    const { replaced, now, device } = this.plan;
    for (const { name, by } of replaced) {
      const isGone = !names.includes(name) && by.every(each => names.includes(each));
      if (isGone) this.tell({ kind: "deleted", name });
    }
    for (const name of deletable(replaced, names, now, device)) {
      const gone = this.folder.delete(name);
      if (!gone.ok) return gone.failure;
      this.tell({ kind: "deleted", name });
    }
    return undefined;
  }
}

/** Names that listing and name agree on; sorted, so that a device's files come in their order. */
function wholeNames({ files }: CloudListing): string[] {
  const names: string[] = [];
  for (const { name, size } of files) {
    const read = readSegmentName(name);
    if (read !== undefined && (size === undefined || size === read.length)) names.push(name);
  }
  return sorted(names, (a, b) => a < b);
}

const hasOurs = ({ files }: CloudListing): boolean => files.some(({ name }) => readSegmentName(name) !== undefined);
