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
 * longer for each. It goes when KOReader is left, which ends only with its last window.
 */
export function toast(text: string): void {
  const lines = brokenIntoLines(text, fitting, MOST_LINES);
  const timeout = 1 + lines.length;
  // Each finds its height when it is made. Shown bottom up, because KOReader's list of past messages has the newest first.
  const widgets = lines.map(line => lineOf(line, timeout));
  for (const widget of widgets.reverse()) UIManager.show(widget);
}

/** Every window hears that the reader leaves KOReader. */
interface Leaving {
  onExit?: (this: void) => void;
}

function lineOf(text: string, timeout: number): KOReader.Widget {
  const widget: KOReader.Widget & Leaving = Notification.new({ text, timeout });
  widget.onExit = () => UIManager.close(widget);
  return widget;
}

/** The longest beginning of a text that a notification has room for, less an ellipsis: KOReader's own measure. */
function fitting(text: string): string {
  const { face, margin, padding } = Notification;
  const line = TextWidget.new({ text, face, max_width: Device.screen.getWidth() - 2 * (margin + padding) });
  const [fits] = line.getFittedText();
  line.free();
  return fits;
}
