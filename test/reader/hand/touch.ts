/** What a finger does, and what eyes see. */
import { browser } from "../apps/file-manager";
import { reader, type ReaderUI } from "../apps/reader-ui";
import { newEvent } from "../loop/events";
import { runFor, turnLoop, uiManager } from "../loop/ui-manager";
import { dismissToasts, shown, topWindow, type Window } from "../loop/windows";
import { toastTexts } from "../widgets/toasts";
import { mishap } from "./mishap";

/**
 * Everything that can be read now, bottom to top; the page itself and the list of files are left out. A message of
 * several lines that pass is one text.
 */
export function screenTexts(): string[] {
  const below = shown().filter(({ toast }) => toast !== true);
  const toasts = shown().filter(({ toast }) => toast === true);
  return below.flatMap(window => window.texts?.() ?? []).concat(toastTexts(toasts));
}

const seen = (): string => {
  const texts = screenTexts();
  return texts.length === 0 ? "the screen shows nothing" : `the screen shows: ${texts.join(" | ")}`;
};

function touched(): Window {
  dismissToasts(window => uiManager.close(window));
  return topWindow() ?? mishap("nothing is on the screen");
}

export function tap(text: string): void {
  if (touched().tap?.(text) !== true) mishap(`nothing to tap says "${text}"; ${seen()}`);
  turnLoop();
}

export function hold(text: string): void {
  if (touched().hold?.(text) !== true) mishap(`nothing to hold says "${text}"; ${seen()}`);
  turnLoop();
}

export function typeInto(field: string, text: string): void {
  if (touched().type?.(field, text) !== true) mishap(`no field is called "${field}"; ${seen()}`);
  turnLoop();
}

export function back(): void {
  touched().back?.();
  turnLoop();
}

/** A tab of the top menu, then item by item. */
export function tapMenu(...path: string[]): void {
  const screen = reader.instance ?? browser.instance ?? mishap("no screen is open");
  dismissToasts(window => uiManager.close(window));
  screen.menu.open();
  for (const text of path) tap(text);
}

/** The open book, with nothing over it. */
export function book(): ReaderUI {
  const open = reader.instance ?? mishap("no book is open");
  const top = touched();
  return top === open ? open : mishap(`something lies over the book; ${seen()}`);
}

export function turn(pages: number, secondsEach: number): void {
  for (const _ of $range(1, Math.abs(pages))) {
    book();
    uiManager.sendEvent(newEvent("GotoViewRel", pages > 0 ? 1 : -1));
    if (secondsEach > 0) runFor(secondsEach);
    else turnLoop();
  }
}

/** Sends an event to the book, as a table of contents or a link does. */
export function sendToBook(name: string, ...args: unknown[]): void {
  book();
  uiManager.sendEvent(newEvent(name, ...args));
  turnLoop();
}
