/**
 * The reader's clocks. A fake one moves only when told, so that a week of reading passes in a second;
 * the real one is the machine's, less the time that the device was asleep.
 */
import ffi = require("ffi");
import { libc, plain } from "./libc";

interface Timespec {
  tv_sec: number;
  tv_nsec: number;
}

const timespec = ffi.new("struct timespec") as unknown as Timespec;
const MONOTONIC = 1;
const REALTIME = 0;
const osTime = os.time;
const osDate = os.date;

/** Monday, 2026-03-02 08:00:00 UTC: where a fake clock begins in a new data folder. */
const FIRST_MORNING = 1772438400;

let fake = true;
/** Fake: microseconds since start. Real: what to take from the machine's monotonic clock. */
let monotonicShift = 0;
/** Fake: the wall's microseconds at start. Real: what to add to the machine's wall clock. */
let wallShift = FIRST_MORNING * 1e6;
let asleep: number | undefined;
let slept = 0;

function machine(clock: number): number {
  libc.clock_gettime(clock, timespec);
  return plain(timespec.tv_sec) * 1e6 + Math.floor(plain(timespec.tv_nsec) / 1000);
}

/** Microseconds of the machine, whatever the reader's clocks say: for measuring. */
export const stopwatch = (): number => machine(MONOTONIC);

export const isFake = (): boolean => fake;

export function startFakeClock(wallSeconds?: number): void {
  fake = true;
  if (wallSeconds !== undefined) wallShift = wallSeconds * 1e6;
}

export function startRealClock(): void {
  fake = false;
  wallShift = 0;
}

/**
 * The monotonic clock in microseconds. Reading it moves a fake one by a microsecond, as time does pass between two
 * calls: a task scheduled for the next tick is never due in this one.
 */
export function monotonic(): number {
  if (!fake) return (asleep ?? machine(MONOTONIC)) - monotonicShift;
  monotonicShift += 1;
  return monotonicShift;
}

/** The wall clock in microseconds. */
export const wall = (): number => (fake ? wallShift + monotonicShift : machine(REALTIME) + wallShift);

/** Moves a fake clock on to this monotonic time. */
export function moveTo(microseconds: number): void {
  monotonicShift = Math.max(monotonicShift, microseconds);
}

/** The device sleeps: the wall goes on, the monotonic clock does not. */
export function fallAsleep(): void {
  if (!fake) asleep = machine(MONOTONIC);
}

export function wakeUp(secondsLater: number): void {
  slept += secondsLater * 1e6;
  wallShift += secondsLater * 1e6;
  if (asleep === undefined) return;
  monotonicShift += machine(MONOTONIC) - asleep;
  asleep = undefined;
}

/** Microseconds that the device has slept, which Kobo and Kindle add to the monotonic clock when asked. */
export const timeAsleep = (): number => slept;

/** Sets the wall clock, as a time server or the reader does: the monotonic clock knows nothing of it. */
export function setWall(seconds: number): void {
  wallShift += seconds * 1e6 - wall();
}

/** Puts the clocks behind Lua's own functions. */
export function installClock(): void {
  os.time = ((date?: LuaDateInfo) => (date === undefined ? Math.floor(wall() / 1e6) : osTime(date))) as typeof os.time;
  os.date = ((format?: string, time?: number) =>
    osDate(format ?? "%c", time ?? Math.floor(wall() / 1e6))) as typeof os.date;
}
