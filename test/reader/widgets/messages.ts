/** InfoMessage, Notification and ConfirmBox. */
import bits = require("bit");
import { uiManager } from "../loop/ui-manager";
import type { Window } from "../loop/windows";
import { buttonTexts, tapButton } from "./buttons";
import { closeIn, runCallback, widgetClass } from "./widget-class";

interface Timed {
  timer?: KOReader.Task | undefined;
}

function startTimer(window: Window & Timed, seconds: number | undefined): void {
  window.timer = closeIn(seconds, window);
}

function stopTimer(window: Timed): void {
  if (window.timer !== undefined) uiManager.unschedule(window.timer);
  window.timer = undefined;
}

export const infoMessage = widgetClass<KOReader.InfoMessageFields & Timed, object>({
  modal: true,
  onShow() {
    const { show_delay: delay } = this;
    if (delay === undefined || this.invisible === false) return startTimer(this, this.timeout);
    this.invisible = true;
    this.timer = () => {
      this.invisible = false;
      startTimer(this, this.timeout);
    };
    uiManager.scheduleIn(delay, this.timer);
  },
  onCloseWidget() {
    stopTimer(this);
    runCallback("dismissed message", this.dismiss_callback);
  },
  texts() {
    return this.invisible === true ? [] : [this.text];
  },
  /** A tap anywhere closes it. */
  tap(_text: string) {
    if (this.dismissable === false) return false;
    uiManager.close(this);
    return true;
  },
  back() {
    uiManager.close(this);
  },
});

const toast = widgetClass<KOReader.NotificationFields & Timed, object>({
  toast: true,
  onShow() {
    startTimer(this, this.timeout ?? 2);
  },
  onCloseWidget() {
    stopTimer(this);
  },
  texts() {
    return [this.text];
  },
});

const SOURCE_DEFAULT = 0x04 + 0x08 + 0x10 + 0x20;

export const notification: KOReader.NotificationClass = {
  new: fields => toast.new(fields),
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

interface Choice {
  readonly text: string;
  readonly callback: KOReader.Callback | undefined;
}

/** The buttons of a question: after any of them it closes, unless it is to stay. */
function questionButtons(box: Window, choices: readonly Choice[], stays: boolean): KOReader.Button[][] {
  const row = choices.map(({ text, callback }) => ({
    text,
    callback: () => {
      callback?.();
      if (!stays) uiManager.close(box);
    },
  }));
  return [row];
}

function confirmButtons(box: KOReader.ConfirmBoxFields & Window): KOReader.Button[][] {
  const choices: Choice[] = [{ text: box.cancel_text ?? "Cancel", callback: box.cancel_callback }];
  if (box.no_ok_button !== true) choices.push({ text: box.ok_text ?? "OK", callback: box.ok_callback });
  for (const button of (box.other_buttons ?? []).flat()) {
    choices.push({ text: button.text ?? "", callback: button.callback });
  }
  return questionButtons(box, choices, box.keep_dialog_open === true);
}

export const confirmBox = widgetClass<KOReader.ConfirmBoxFields, object>({
  modal: true,
  texts() {
    return [this.text].concat(buttonTexts(confirmButtons(this)));
  },
  tap(text: string) {
    return tapButton(confirmButtons(this), text);
  },
  back() {
    runCallback("cancelled question", this.cancel_callback);
    uiManager.close(this);
  },
});

const multiButtons = (box: KOReader.MultiConfirmBoxFields & Window): KOReader.Button[][] =>
  questionButtons(
    box,
    [
      { text: box.cancel_text ?? "Cancel", callback: box.cancel_callback },
      { text: box.choice1_text, callback: box.choice1_callback },
      { text: box.choice2_text, callback: box.choice2_callback },
    ],
    false,
  );

export const multiConfirmBox = widgetClass<KOReader.MultiConfirmBoxFields, object>({
  modal: true,
  texts() {
    return [this.text].concat(buttonTexts(multiButtons(this)));
  },
  tap(text: string) {
    return tapButton(multiButtons(this), text);
  },
  back() {
    // Unlike ConfirmBox, it has no word for having been left.
    uiManager.close(this);
  },
});
