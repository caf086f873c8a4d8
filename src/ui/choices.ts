import ffiUtil = require("ffi/util");

const T = ffiUtil.template;

export interface Choice<Value> {
  readonly value: Value;
  readonly text: string;
}

/** One of several values: the item says the present one, a tap shows all. */
export interface Chooser<Value> {
  /** With %1 for the value. */
  readonly label: string;
  readonly help: string;
  readonly choices: readonly Choice<Value>[];
  get(): Value;
  set(value: Value): void;
}

export function chooserItem<Value>(chooser: Chooser<Value>): KOReader.MenuItem {
  const { label, help, choices } = chooser;
  return {
    text_func: () => T(label, choices.find(({ value }) => value === chooser.get())?.text ?? tostring(chooser.get())),
    help_text: help,
    sub_item_table: choices.map(({ value, text }): KOReader.MenuItem => ({
      text,
      help_text: help,
      radio: true,
      checked_func: () => chooser.get() === value,
      callback: () => {
        chooser.set(value);
      },
    })),
  };
}

/** A check mark. */
export function switchItem(
  text: string,
  help: string,
  get: () => boolean,
  set: (on: boolean) => void,
): KOReader.MenuItem {
  return {
    text,
    help_text: help,
    checked_func: get,
    callback: () => {
      set(!get());
    },
  };
}
