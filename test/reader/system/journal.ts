/** What a test wants to know of a run afterwards: what was logged, what was sent, what broke a rule, what took long. */
import { stopwatch } from "./clock";

/** Something that a plugin must not do on KOReader's main loop. */
interface Violation {
  verb: string;
  what: string;
  where: string;
}

/** How long the plugin kept the loop, in milliseconds of the machine. */
interface Hold {
  verb: string;
  what: string;
  ms: number;
  /** The most of the processor's time, in milliseconds: what others on the machine do is not in it. */
  cpu: number;
}

const MOST_EVENTS = 5000;

let verb = "start";
let inWorker = false;
let violations: Violation[] = [];
let problems: string[] = [];
let events: string[] = [];
let holds: Hold[] = [];

export function beginVerb(name: string): void {
  verb = name;
}

export const isWorker = (): boolean => inWorker;

/** Runs a job as a worker does it: what is forbidden on the main loop is allowed here. */
export function asWorker(job: () => void): void {
  const before = inWorker;
  inWorker = true;
  job();
  inWorker = before;
}

/** This process is a forked worker from here on. */
export function becomeWorker(): void {
  inWorker = true;
}

/** Notes what blocks the loop, unless a worker does it. */
export function forbid(what: string): void {
  if (!inWorker) violations.push({ verb, what, where: debug.traceback(what, 3) });
}

/** Before the network goes off a plugin may wait, for so long in all: the one exception to the rule. */
const LAST_CALL_MICROSECONDS = 2_100_000;
let lastCallLeft = 0;

export function asLastCall(send: () => void): void {
  lastCallLeft = LAST_CALL_MICROSECONDS;
  send();
  lastCallLeft = 0;
}

/** Notes a sleep on the main loop, unless it is part of a last call that keeps to its time. */
export function noteSleep(microseconds: number): void {
  lastCallLeft -= microseconds;
  if (lastCallLeft < 0) forbid(`usleep(${microseconds})`);
}

export function noteProblem(text: string): void {
  problems.push(text);
}

export function noteEvent(text: string): void {
  if (events.length < MOST_EVENTS) events.push(text);
}

/** Begins to measure a piece of the plugin; of each verb and each kind of piece the longest is kept. */
export function startHold(what: string): () => void {
  const [start, used] = [stopwatch(), os.clock()];
  return () => noteHold(what, (stopwatch() - start) / 1000, (os.clock() - used) * 1000);
}

export function timed<Result>(what: string, piece: () => Result): Result {
  const stop = startHold(what);
  const result = piece();
  stop();
  return result;
}

function noteHold(what: string, ms: number, cpu: number): void {
  const longest = holds.find(hold => hold.verb === verb && hold.what === what);
  if (longest === undefined) holds.push({ verb, what, ms, cpu });
  else [longest.ms, longest.cpu] = [Math.max(longest.ms, ms), Math.max(longest.cpu, cpu)];
}

export function takeEvents(): string[] {
  const taken = events;
  events = [];
  return taken;
}

export function takeHolds(): Hold[] {
  const taken = holds;
  holds = [];
  return taken;
}

export function takeViolations(): Violation[] {
  const taken = violations;
  violations = [];
  return taken;
}

export function takeProblems(): string[] {
  const taken = problems;
  problems = [];
  return taken;
}
