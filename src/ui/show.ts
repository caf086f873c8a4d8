import type { Act } from "./gestures";
import { showLog } from "./log";
import type { Ports } from "./ports";
import { connectWithCode } from "./quick-connect";
import { toggleRecording, toggleThisBook } from "./recording";
import { showServers } from "./servers";
import { showStatus } from "./status";
import { showThisBook } from "./this-book";
import { showWaiting } from "./waiting";

/** What of the menu's screens a gesture may open. */
export type Shown = Extract<
  Act,
  "status" | "waiting" | "connect" | "recording" | "servers" | "log" | "this_book" | "record_book"
>;

/** Opens a screen of the menu without the menu, or flips what it would flip. */
export function show(what: Shown, ports: Ports): void {
  switch (what) {
    case "status":
      showStatus(ports);
      return;
    case "waiting":
      showWaiting(ports);
      return;
    case "connect":
      connectWithCode(ports);
      return;
    case "recording":
      toggleRecording(ports);
      return;
    case "servers":
      showServers(ports, () => {});
      return;
    case "log":
      showLog(ports);
      return;
    case "this_book":
      showThisBook(ports);
      return;
    case "record_book":
      toggleThisBook(ports);
  }
}
