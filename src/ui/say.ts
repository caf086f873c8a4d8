import ConfirmBox = require("ui/widget/confirmbox");
import InfoMessage = require("ui/widget/infomessage");
import MultiConfirmBox = require("ui/widget/multiconfirmbox");
import UIManager = require("ui/uimanager");
import { guarded } from "../guard";
import { toast } from "./toast";

/** A message that stays until it is tapped. */
export function say(text: string): void {
  UIManager.show(InfoMessage.new({ text }));
}

/** A word in passing, in answer to a tap. */
export function mention(text: string): void {
  toast(text);
}

/** A choice that means something. */
export interface Option {
  readonly text: string;
  readonly action: (this: void) => void;
}

/** A question with two answers that both do something; leaving it is the second. */
export function choose(text: string, first: Option, second: Option): void {
  UIManager.show(
    ConfirmBox.new({
      text,
      ok_text: first.text,
      ok_callback: guarded(() => {
        first.action();
      }),
      cancel_text: second.text,
      cancel_callback: guarded(() => {
        second.action();
      }),
    }),
  );
}

/** A question with two answers that both do something; leaving it does neither. */
export function chooseOrLeave(text: string, first: Option, second: Option): void {
  UIManager.show(
    MultiConfirmBox.new({
      text,
      choice1_text: first.text,
      choice1_callback: guarded(() => {
        first.action();
      }),
      choice2_text: second.text,
      choice2_callback: guarded(() => {
        second.action();
      }),
    }),
  );
}

/** A question with two answers; everything but yes changes nothing. */
export function confirm(text: string, yes: string, no: string, onYes: () => void): void {
  UIManager.show(ConfirmBox.new({ text, ok_text: yes, cancel_text: no, ok_callback: guarded(onYes) }));
}
