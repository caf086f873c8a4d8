/** The two screens of KOReader know each other; this is how each finds the other. */
import { noteEvent } from "../system/journal";
import { eventName } from "../loop/events";

export const screens = {
  showReader: (_file: string): void => {},
  showFiles: (_folder: string, _focusedFile?: string): void => {},
};

const QUIET = ["Show"];

/** Keeps what reaches a screen, in order, for tests of KOReader's sequences. */
export function noteScreenEvent(screen: string, event: KOReader.Event): void {
  const name = eventName(event);
  const [first] = event.args as unknown as unknown[];
  const detail = typeof first === "number" || typeof first === "string" ? ` ${first}` : "";
  if (!QUIET.includes(name)) noteEvent(`${screen} ${name}${detail}`);
}
