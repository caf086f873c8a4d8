import Device = require("device");
import Notification = require("ui/widget/notification");
import TextWidget = require("ui/widget/textwidget");
import UIManager = require("ui/uimanager");
import { brokenIntoLines } from "../core/line-breaks";

/** A title of any length may come from a server: the rest is cut off, as KOReader does. */
const MOST_LINES = 8;

/**
 * A word over the page: it passes by itself, goes with the next touch and lets it through.
 * KOReader's has one line. A longer text is several of them, which KOReader puts below each other, and stays a second
 * longer for each.
 */
export function toast(text: string): void {
  const lines = brokenIntoLines(text, fitting, MOST_LINES);
  const [first = "", second] = lines;
  if (second === undefined) Notification.notify(first, Notification.SOURCE_ALWAYS_SHOW);
  else stack(lines);
}

/** Each finds its height when it is made. Shown bottom up, because KOReader's list of past messages has the newest first. */
function stack(lines: readonly string[]): void {
  const timeout = 1 + lines.length;
  const widgets = lines.map(text => Notification.new({ text, timeout }));
  for (const widget of widgets.reverse()) UIManager.show(widget);
}

/** The longest beginning of a text that a notification has room for, less an ellipsis: KOReader's own measure. */
function fitting(text: string): string {
  const { face, margin, padding } = Notification;
  const line = TextWidget.new({ text, face, max_width: Device.screen.getWidth() - 2 * (margin + padding) });
  const [fits] = line.getFittedText();
  line.free();
  return fits;
}
