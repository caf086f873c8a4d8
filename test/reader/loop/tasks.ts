/** What waits for its time, in the order of the times and, at the same time, of the scheduling. */

interface Waiting {
  readonly time: number;
  readonly action: KOReader.Task;
  readonly args: KOReader.EventArguments;
}

let queue: Waiting[] = [];
let changed = false;

/** The stand-in's own tasks: their length is not the plugin's. */
const own = new Set<KOReader.Task>();

export function schedule(time: number, action: KOReader.Task, ...args: unknown[]): void {
  const packed = table.pack(...args) as KOReader.EventArguments;
  const later = queue.findIndex(waiting => waiting.time > time);
  queue.splice(later < 0 ? queue.length : later, 0, { time, action, args: packed });
  changed = true;
}

export function unschedule(action: KOReader.Task): boolean {
  const before = queue.length;
  queue = queue.filter(waiting => waiting.action !== action);
  own.delete(action);
  return queue.length < before;
}

/** Marks a task as the stand-in's. */
export function ours(action: KOReader.Task): KOReader.Task {
  own.add(action);
  return action;
}

/** Takes the first task that is due. */
export function takeDue(now: number): Waiting | undefined {
  const first = queue[0];
  if (first === undefined || first.time > now) return undefined;
  queue.shift();
  return first;
}

export const isOurs = (action: KOReader.Task): boolean => own.delete(action);

export const nextDeadline = (): number | undefined => queue[0]?.time;

/** Whether something was scheduled since the last look. */
export function takeChanged(): boolean {
  const was = changed;
  changed = false;
  return was;
}

export function clearTasks(): void {
  queue = [];
}

/** How many tasks wait, and in how many seconds the first is due. */
export const waitingTasks = (): number => queue.length;
