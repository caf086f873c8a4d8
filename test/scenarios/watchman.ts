// Stands at the server's door: no place that another device put there goes unseen, or before the reader moved on.
import type { Shelf } from "../../src/shelf/shelf";
import type { Exchange, Proxy } from "../support/node/proxy";

/** A page or two. */
const NEARLY = 0.011;
/** Between a worker's look at a place and its writing, on a busy machine. The days of a fake clock allow none. */
const WINDOW_MS = 10_000;

interface PlaceBody {
  percentage: number;
  device: string;
}

export class Watchman {
  readonly complaints: string[] = [];
  /** Counts whatever happens, so that two things can be put in order. */
  private moment = 0;
  private isMoving = false;
  private readonly firstSeen = new Map<string, number>();
  private readonly lastMove = new Map<number, number>();
  private readonly own = new Set<string>();
  private readonly lastLook = new Map<number, number>();

  /** What one device knows and did, a copy of it knows too, and may still send. */
  static ofCopy(original: Watchman, proxy: Proxy): Watchman {
    const copy = new Watchman(original.shelf, proxy, false);
    copy.moment = original.moment;
    for (const [place, moment] of original.firstSeen) copy.firstSeen.set(place, moment);
    for (const [book, moment] of original.lastMove) copy.lastMove.set(book, moment);
    for (const place of original.own) copy.own.add(place);
    return copy;
  }

  /** @param allowsRace workers run beside the other devices: Tome's write is unconditional, which leaves a window */
  constructor(
    private readonly shelf: Shelf,
    proxy: Proxy,
    private readonly allowsRace: boolean,
  ) {
    proxy.watch = { before: exchange => this.before(exchange), after: exchange => this.after(exchange) };
  }

  /** The reader is somewhere else in this book now, by their own doing. */
  moved(title: string): void {
    const book = this.shelf.books().find(candidate => candidate.title === title)?.id;
    this.moment += 1;
    if (book !== undefined) this.lastMove.set(book, this.moment);
  }

  /** Many pages are turned while requests go out: as long as `work` lasts, the reader moves on. */
  async whileMoving(title: string, work: () => Promise<void>): Promise<void> {
    this.isMoving = true;
    await work();
    this.isMoving = false;
    this.moved(title);
  }

  private before({ what, path, body }: Exchange): void {
    if (what !== "PUT position") return;
    const book = Number(path.split("/").pop());
    const ours = JSON.parse(body) as PlaceBody;
    const there = this.shelf.positions().find(({ bookId }) => bookId === book);
    if (there === undefined || this.own.has(`${book} ${there.updatedAt}`)) return;
    if (Math.abs(there.percentage - ours.percentage) <= NEARLY) return;
    if (this.isRace(book, Date.parse(there.updatedAt))) return;
    const seen = this.firstSeen.get(`${book} ${there.updatedAt}`);
    const story = `${ours.percentage.toFixed(3)} over ${there.percentage.toFixed(3)} of ${there.device ?? "?"}`;
    if (seen === undefined) this.complaints.push(`overwritten unseen: ${story}`);
    else if (!this.isMoving && (this.lastMove.get(book) ?? 0) < seen)
      this.complaints.push(`overwritten without reading on: ${story}`);
  }

  /** The other device wrote after the worker had looked. */
  private isRace(book: number, writtenAt: number): boolean {
    const look = this.lastLook.get(book) ?? 0;
    return this.allowsRace && writtenAt >= look && Date.now() - look < WINDOW_MS;
  }

  /** The reader's own place stands there now: a name is no proof of that. */
  private wrote(book: number): void {
    const written = this.shelf.positions().find(({ bookId }) => bookId === book);
    if (written !== undefined) this.own.add(`${book} ${written.updatedAt}`);
  }

  private after(exchange: Exchange): void {
    const { what, path, status, answer, fault } = exchange;
    if (what === "PUT position" && status === 200) this.wrote(Number(path.split("/").pop()));
    if (what !== "GET position" || fault !== undefined) return;
    this.lastLook.set(Number(path.split("/").pop()), Date.now());
    if (status !== 200) return;
    const { updated_at: stamp } = JSON.parse(answer ?? "{}") as { updated_at: string };
    this.moment += 1;
    const key = `${Number(path.split("/").pop())} ${stamp}`;
    if (!this.firstSeen.has(key)) this.firstSeen.set(key, this.moment);
  }
}
