/** Opening, closing and marking books. */
import lfs = require("lfs");
import { browser } from "../apps/file-manager";
import { reader } from "../apps/reader-ui";
import { runFor, turnLoop } from "../loop/ui-manager";
import { realpath } from "../system/paths";
import { mishap } from "./mishap";
import { book, screenTexts } from "./touch";

const MOST_ROUNDS = 400;

/** Opening takes two ticks; on the real clock, also the time it takes. */
function waitUntil(what: string, isDone: () => boolean): void {
  turnLoop();
  for (const _ of $range(1, MOST_ROUNDS)) {
    if (isDone()) return;
    runFor(0.02);
  }
  mishap(`${what} did not happen; on the screen: ${screenTexts().join(" | ")}`);
}

/** KOReader writes beside the book: only what lies on the device may be opened. */
function mustBeOnDevice(file: string): void {
  const home = `${lfs.currentdir()}/`;
  const place = realpath(file) ?? file;
  if (string.sub(place, 1, string.len(home)) !== home) mishap(`${file} is not in the data folder`);
}

export function openBook(file: string): void {
  mustBeOnDevice(file);
  reader.showReader(file);
  waitUntil(`opening ${file}`, () => reader.instance?.file === file || isRefused());
  if (isRefused()) mishap(`the reader did not open ${file}; on the screen: ${screenTexts().join(" | ")}`);
  // The message "Opening file" goes when its time of no seconds is over.
  runFor(0.001);
}

const isRefused = (): boolean =>
  screenTexts().some(text => string.find(text, "No reader engine", 1, true)[0] !== undefined);

export function closeBook(): void {
  book().onHome();
  waitUntil("closing the book", () => browser.instance !== undefined);
}

export function switchBook(file: string): void {
  mustBeOnDevice(file);
  book().switchDocument(file);
  waitUntil(`opening ${file}`, () => reader.instance?.file === file);
}

export function reloadBook(): void {
  const before = book();
  before.reloadDocument();
  waitUntil("reloading", () => reader.instance !== undefined && reader.instance !== before);
}

/** Where the reader stands. */
export function position(): object {
  const open = reader.instance ?? mishap("no book is open");
  return {
    file: open.file,
    page: open.getCurrentPage(),
    pages: open.document?.getPageCount(),
    percent: open.view.footer.percent_finished,
    xpointer: open.rolling?.getLastProgress(),
  };
}

/** Writes into the live summary, and no event says so: that is how KOReader does it. */
export function judge(change: KOReader.Summary): void {
  const summary = book().doc_settings.readSetting("summary", {}) as KOReader.Summary;
  Object.assign(summary, change);
  if (change.status !== undefined) summary.modified = os.date("%Y-%m-%d");
}

export function highlight(text: string, note?: string): void {
  const open = book();
  open.annotation.highlight(open.getCurrentPage(), text, note);
  turnLoop();
}

export function editNote(text: string, note: string): void {
  if (!book().annotation.editNote(text, note)) mishap(`no highlight says "${text}"`);
}

export function removeHighlight(text: string): void {
  if (!book().annotation.removeHighlight(text)) mishap(`no highlight says "${text}"`);
  turnLoop();
}
