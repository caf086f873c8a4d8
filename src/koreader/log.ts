import { part } from "../parts";
import type { Log } from "../ports/log";

export const log: Log = {
  info: text => {
    part("koreader/log-file").tell("info", text);
  },
  warn: text => {
    part("koreader/log-file").tell("warn", text);
  },
};
