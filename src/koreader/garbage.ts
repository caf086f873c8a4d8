/** KiB: what is dealt with at once takes some microseconds. */
const PIECE = 4;
/** The next round begins when there is so many times as much as was left: LuaJIT by itself waits for twice as much. */
const PAUSE = 1.5;
/** KiB that may be put off: a slow clock must not fill the memory. */
const MOST = 2048;
/** Seconds of the processor for work and what it leaves. Where that is never enough, half as long as the work took comes on top. */
const WITH_WORK = 0.0045;
const SHARE = 0.5;

const heap = (): number => collectgarbage("count");

/** KiB that were taken up, and that nothing was collected for yet. */
let owed = 0;
/** KiB at which the next round begins; 0 while one is on its way. */
let restsUntil = 0;

/**
 * LuaJIT collects whenever memory is taken up, the more the longer a text is: most of a round can fall into one commit of a book.
 * While `work` is done nothing is collected; then as much as was put off, a little at a time, while there is time for it. What is left
 * is added to the next. `work` must not fork, nor fail, and ends soon after `isFull`.
 */
export function collectingAfter(work: (isFull: () => boolean) => void): void {
  const [before, began] = [heap(), os.clock()];
  collectgarbage("stop");
  work(() => heap() - before > MOST);
  const worked = os.clock() - began;
  owed += heap() - before;
  const share = owed > MOST ? worked * SHARE : 0;
  if (heap() >= restsUntil) collect(began + Math.max(WITH_WORK, worked + share));
  // With -1 only once there is twice as much: what LuaJIT put off by itself the next step would have to make up for, all at once.
  collectgarbage("restart", -1);
}

function collect(until: number): void {
  restsUntil = 0;
  while (owed > 0 && os.clock() < until) {
    owed -= PIECE;
    if (!collectgarbage("step", PIECE)) continue;
    owed = 0;
    restsUntil = heap() * PAUSE;
  }
}
