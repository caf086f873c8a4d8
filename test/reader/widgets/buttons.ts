/** Rows of buttons, as dialogs have them. */
import { runCallback } from "./widget-class";

export const label = (button: KOReader.Button): string => button.text_func?.() ?? button.text ?? "";

const isEnabled = (button: KOReader.Button): boolean => button.enabled_func?.() ?? button.enabled ?? true;

const isChecked = (button: KOReader.Button): boolean => button.checked_func?.() ?? false;

export const buttonTexts = (rows: readonly KOReader.Button[][]): string[] =>
  rows.flat().map(button => (isChecked(button) ? `✓ ${label(button)}` : label(button)));

const find = (rows: readonly KOReader.Button[][], text: string): KOReader.Button | undefined =>
  rows.flat().find(button => label(button) === text && isEnabled(button));

/** False when no enabled button has this text. */
export function tapButton(rows: readonly KOReader.Button[][], text: string): boolean {
  const button = find(rows, text);
  if (button !== undefined) runCallback(`button ${text}`, button.callback);
  return button !== undefined;
}

export function holdButton(rows: readonly KOReader.Button[][], text: string): boolean {
  const button = find(rows, text);
  if (button !== undefined) runCallback(`held button ${text}`, button.hold_callback);
  return button !== undefined;
}

/** The Back key presses the button called "close". */
export function backButton(rows: readonly KOReader.Button[][]): void {
  const button = rows.flat().find(candidate => candidate.id === "close");
  runCallback("back", button?.callback);
}
