/** The stack of windows: ordinary ones below modal ones below toasts. */
import { newEvent } from "./events";

/** What a look-alike widget says of itself to the loop and to the reader's hand. */
export interface Window extends KOReader.Widget {
  readonly toast?: boolean;
  readonly modal?: boolean;
  invisible?: boolean;
  /** What can be read on it, top to bottom; none for the screens that lie below everything. */
  texts?(): string[];
  /** A tap on this text; false when there is none, or when it does nothing. */
  tap?(text: string): boolean;
  /** A long press on this text. */
  hold?(text: string): boolean;
  /** Types into the field with this label, hint or title; false when there is none. */
  type?(field: string, text: string): boolean;
  /** The key or gesture that closes it. */
  back?(): void;
}

let stack: Window[] = [];

/** Whether a window goes above another that is shown already. */
function isAbove(window: Window, other: Window): boolean {
  if (other.toast === true) return window.toast === true;
  return window.modal === true || window.toast === true || other.modal !== true;
}

export function push(window: Window): void {
  let at = stack.length;
  while (at > 0 && !isAbove(window, stack[at - 1] as Window)) at -= 1;
  stack.splice(at, 0, window);
}

export function remove(window: KOReader.Widget): void {
  stack = stack.filter(shown => shown !== window);
}

export const isShown = (window: KOReader.Widget): boolean => stack.includes(window as Window);

/** Bottom to top. */
export const shown = (): readonly Window[] => stack;

export function clearWindows(): void {
  stack = [];
}

/** The topmost that is not a toast: where taps go. */
export const topWindow = (): Window | undefined =>
  stack
    .slice()
    .reverse()
    .find(window => window.toast !== true);

/** To every window, whatever they answer; windows may come and go meanwhile. */
export function broadcast(event: KOReader.Event): boolean {
  const asked = new Set<Window>();
  let handled = false;
  let window = nextUnasked(asked);
  while (window !== undefined) {
    asked.add(window);
    if (window.handleEvent(event) === true) handled = true;
    window = nextUnasked(asked);
  }
  return handled;
}

const nextUnasked = (asked: ReadonlySet<Window>): Window | undefined =>
  stack
    .slice()
    .reverse()
    .find(window => !asked.has(window));

/** To the toasts and to the topmost other window, which takes it or not. */
export function send(event: KOReader.Event): void {
  for (const window of stack.slice().reverse()) {
    window.handleEvent(event);
    if (window.toast !== true) return;
  }
}

/** The reader's touch makes toasts go, and does not stop at them. */
export function dismissToasts(close: (window: Window) => void): void {
  for (const window of stack.filter(candidate => candidate.toast === true)) close(window);
}

export const announce = (window: Window, name: string): void => void window.handleEvent(newEvent(name));
