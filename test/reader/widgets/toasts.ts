/** Notification, and TextWidget, which it measures its one line with. */
import bits = require("bit");
import { splitToChars } from "../data/texts";
import { device } from "../device/device";
import { uiManager } from "../loop/ui-manager";
import type { Window } from "../loop/windows";
import { startTimer, stopTimer, type Timed, widgetClass } from "./widget-class";

/** In pixels. Every letter is as wide: 57 fit beside each other on the stand-in's screen. */
const LETTER = 18;
const ELLIPSIS = LETTER;

/** The beginning of a text that one line has room for. */
function fitted(text: string, width: number): [string, boolean | undefined] {
  const letters = splitToChars(text);
  if (letters.length * LETTER <= width) return [text, undefined];
  return [letters.slice(0, Math.floor((width - ELLIPSIS) / LETTER)).join(""), true];
}

export const textWidget = widgetClass<KOReader.TextWidgetFields, object>({
  texts() {
    const [text, isCut] = fitted(this.text, this.max_width);
    return [isCut === true ? `${text}…` : text];
  },
  getFittedText() {
    return $multi(...fitted(this.text, this.max_width));
  },
  getSize() {
    return { w: this.max_width, h: 20 };
  },
  free() {},
}) as unknown as KOReader.WidgetClass<KOReader.TextWidgetFields, KOReader.TextWidget & Window>;

interface Placed {
  /** From 1, top to bottom. */
  slot?: number;
}

type Toast = KOReader.NotificationFields & Timed & Placed & Window;

/** Those that were made and are not gone. */
let stacked: Toast[] = [];

const toast = widgetClass<KOReader.NotificationFields & Timed & Placed, object>({
  toast: true,
  init() {
    this.slot = Math.max(0, ...stacked.map(({ slot = 0 }) => slot)) + 1;
    stacked.push(this as Toast);
  },
  onShow() {
    startTimer(this, this.timeout ?? 2);
  },
  onCloseWidget() {
    stopTimer(this);
    stacked = stacked.filter(other => other !== (this as Window));
  },
  texts() {
    const { face, margin, padding } = notification;
    const max_width = device.screen.getWidth() - 2 * (margin + padding);
    return textWidget.new({ text: this.text, face, max_width }).texts?.() ?? [];
  },
});

/**
 * What toasts say, of those that are shown, in the order in which they were. Each is made below those that are there:
 * toasts that were shown from the lowest upwards were made at once and are the lines of one message.
 */
export function toastTexts(shown: readonly Window[]): string[] {
  const messages: string[] = [];
  let above = 0;
  for (const each of shown as readonly (Window & Placed)[]) {
    const { slot = 0 } = each;
    const text = (each.texts?.() ?? []).join("\n");
    if (slot < above) messages[messages.length - 1] = `${text} ${messages[messages.length - 1]}`;
    else messages.push(text);
    above = slot;
  }
  return messages;
}

const SOURCE_DEFAULT = 0x04 + 0x08 + 0x10 + 0x20;

export const notification: KOReader.NotificationClass = {
  new: fields => toast.new(fields),
  face: "x_smallinfofont",
  margin: 9,
  padding: 9,
  SOURCE_DISPATCHER: 0x20,
  SOURCE_OTHER: 0x40,
  SOURCE_ALWAYS_SHOW: 0x8000,
  notify(text, source = notification.SOURCE_OTHER) {
    const mask =
      (G_reader_settings.readSetting("notification_sources_to_show_mask") as number | undefined) ?? SOURCE_DEFAULT;
    if (source !== notification.SOURCE_ALWAYS_SHOW && bits.band(mask, source) === 0) return false;
    uiManager.show(toast.new({ text }));
    return true;
  },
};
