import type { BookFacts } from "../core/book";
import type { BookId, ConnectionId } from "../core/outbox";
import { Session } from "../core/session";
import { type Fraction, type Seconds, seconds } from "../core/units";
import type { OpenDocument } from "../ports/document";
import { DayParts } from "./day-parts";
import type { Checkpoint } from "../ports/store";
import type { Runtime } from "./runtime";

/** A sitting between two loadings of its book. */
export interface CarriedSitting {
  readonly file: string;
  readonly session: Session;
  readonly days: DayParts;
  readonly writtenAt: Seconds;
  /** How it stood when the book went off the screen: what is kept when another book comes instead. */
  readonly left: Checkpoint;
}

/** Where a server has a book; without a device when it is our own place. */
export interface KnownPlace {
  readonly fraction: Fraction;
  readonly device?: string;
}

/** The book on screen and the sitting in progress. */
export class Reading {
  /** Absent while the device sleeps. */
  session: Session | undefined;
  /** The same sitting, day by day. */
  days: DayParts | undefined;
  /** When the sitting was last written down, on the monotonic clock. */
  writtenAt: Seconds = seconds(0);
  /** We are taking the reader somewhere: what comes on screen is no page turn. */
  isJumping = false;
  /** Where the reader was when a server told of another device's place. */
  private readonly yielded = new LuaMap<ConnectionId, Fraction>();
  /** What the servers last said of this book, since it was opened. */
  private readonly places = new LuaMap<ConnectionId, KnownPlace>();
  private turnsPerPush = 0;
  private secondsPerPush = 0;
  /** The place to which a folder of highlights would have taken the reader. */
  offered: Fraction | undefined;
  /** When the place was last told, on the monotonic clock. */
  private pushedAt: Seconds = seconds(0);
  private identified: { readonly book: BookId; readonly facts: BookFacts } | undefined;

  private readonly firstPage: number;

  constructor(readonly document: OpenDocument) {
    this.firstPage = document.page();
  }

  /**
   * The book lay open at its very beginning and still does: it is new on this device, or was set back. What this device, or
   * the one whose settings it got, left on a server is somewhere else then.
   */
  isNewHere(): boolean {
    return this.firstPage <= 1 && this.document.page() <= 1 && this.session?.hasTurned() !== true;
  }

  /** A server said where it has a book; of interest when it is this one. */
  learn(book: BookId, connection: ConnectionId, { fraction, device }: KnownPlace): void {
    if (this.isOf(book)) this.places.set(connection, device === undefined ? { fraction } : { fraction, device });
  }

  /** Where a server has this book, as far as it was heard since the book was opened. */
  placeOn(connection: ConnectionId): KnownPlace | undefined {
    return this.places.get(connection);
  }

  /** Which book this is; asked of the file once, and of the store. Nothing when the file cannot be read. */
  identify(runtime: Runtime): { readonly book: BookId; readonly facts: BookFacts } | undefined {
    if (this.identified === undefined) {
      const facts = this.document.facts();
      if (facts !== undefined) this.identified = { book: runtime.books.identify(facts), facts };
    }
    return this.identified;
  }

  /** Which book this is, if that was asked before. */
  knownBook(): BookId | undefined {
    return this.identified?.book;
  }

  isOf(book: BookId): boolean {
    return this.identified?.book === book;
  }

  /** Another device's place stands until the reader has moved on from here. */
  yieldTo(connection: ConnectionId): void {
    this.yielded.set(connection, this.document.position().fraction);
  }

  /** The connections where another device's place is newer than anything that was done here. */
  yieldedTo(): ConnectionId[] {
    const here = this.document.position().fraction;
    const connections: ConnectionId[] = [];
    for (const [connection, fraction] of this.yielded) if (fraction === here) connections.push(connection);
    return connections;
  }

  begin(runtime: Runtime): void {
    const { clock, eras, random, settings } = runtime;
    const at = { epoch: clock.epoch(), monotonic: clock.monotonic() };
    const start = {
      id: random.uuid(),
      at,
      era: eras.observe(at),
      progress: this.document.position().fraction,
      page: this.document.page(),
    };
    const { idleCapMinutes } = settings.preferences();
    this.planPushes(runtime);
    this.session = new Session(start, seconds(idleCapMinutes === 0 ? Infinity : idleCapMinutes * 60));
    this.days = new DayParts(this.session, clock, start.at.epoch);
    this.writtenAt = start.at.monotonic;
  }

  /** KOReader loads the same book again, after a change of style for instance: the sitting goes on, on other page numbers. */
  continue(runtime: Runtime, { session, days, writtenAt, left }: CarriedSitting): void {
    this.session = session;
    this.days = days;
    this.writtenAt = writtenAt;
    this.planPushes(runtime);
    session.rerendered(this.document.page());
    for (const connection of left.yieldedTo) this.yieldTo(connection);
  }

  /** What goes on when this book is loaded again; nothing while the device sleeps. */
  carry(runtime: Runtime): CarriedSitting | undefined {
    const { session, days, writtenAt } = this;
    const left = this.soFar(runtime);
    if (session === undefined || days === undefined || left === undefined) return undefined;
    return { file: this.document.file(), session, days, writtenAt, left };
  }

  /** The sitting as it would be if it ended now; nothing while the device sleeps, or when the file cannot be read. */
  soFar(runtime: Runtime): Checkpoint | undefined {
    const book = this.session === undefined ? undefined : this.identify(runtime)?.book;
    if (this.session === undefined || book === undefined) return undefined;
    const position = this.document.position();
    const now = runtime.clock.monotonic();
    const session = this.session.record(now, position.fraction);
    return { book, session, days: this.days?.upTo(now) ?? [session], position, yieldedTo: this.yieldedTo() };
  }

  /** The place is told to the servers every so many turns, or with the first turn after so many minutes. */
  isPushDue(turns: number, now: Seconds): boolean {
    const byTurns = this.turnsPerPush > 0 && turns / this.turnsPerPush === Math.floor(turns / this.turnsPerPush);
    const byTime = this.secondsPerPush > 0 && now - this.pushedAt >= this.secondsPerPush;
    if (byTurns || byTime) this.pushedAt = now;
    return byTurns || byTime;
  }

  /** As if it had never been. */
  forgetSitting(): void {
    this.session = undefined;
    this.days = undefined;
  }

  private planPushes({ clock, settings }: Runtime): void {
    const { turnsPerPush, minutesPerPush } = settings.preferences();
    this.turnsPerPush = turnsPerPush;
    this.secondsPerPush = minutesPerPush * 60;
    this.pushedAt = clock.monotonic();
  }
}
