/** InfoMessage and ConfirmBox. */
import { uiManager } from "../loop/ui-manager";
import type { Window } from "../loop/windows";
import { buttonTexts, tapButton } from "./buttons";
import { runCallback, startTimer, stopTimer, type Timed, widgetClass } from "./widget-class";

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
