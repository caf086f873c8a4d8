import { finish } from "./keep";
import type { Reading } from "./reading";
import type { Runtime } from "./runtime";

/** Pauses or goes on with recording, for this run of KOReader. What was read so far is kept. */
export function setRecording(runtime: Runtime, on: boolean): void {
  if (runtime.isRecording === on) return;
  const reading = runtime.reading;
  if (!on && reading !== undefined) finish(runtime, reading);
  runtime.isRecording = on;
  if (on && reading !== undefined) beginSitting(runtime, reading);
}

/** Switches recording off or on for the book on screen, for good. */
export function setBookTracked(runtime: Runtime, on: boolean): void {
  const reading = runtime.reading;
  const book = reading?.identify(runtime)?.book;
  if (reading === undefined || book === undefined) return;
  if (!on) finish(runtime, reading);
  runtime.books.setTracked(book, on);
  if (on && reading.session === undefined) beginSitting(runtime, reading);
}

/** Begins a sitting with the book on screen, unless the reader wants none. */
export function beginSitting(runtime: Runtime, reading: Reading): void {
  const book = reading.knownBook();
  const isTracked = book === undefined || runtime.books.isTracked(book);
  if (runtime.isRecording && isTracked) reading.begin(runtime);
}

/** Once the file was looked at, we know whether the reader switched recording off for this book. Tells whether it is on. */
export function endUnwantedSitting(runtime: Runtime, reading: Reading): boolean {
  const book = reading.identify(runtime)?.book;
  if (book === undefined || runtime.books.isTracked(book)) return true;
  reading.forgetSitting();
  return false;
}
