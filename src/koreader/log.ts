import logger = require("logger");
import type { Log } from "../ports/log";

export const log: Log = {
  info: text => {
    logger.info("Ribbon:", text);
  },
  warn: text => {
    logger.warn("Ribbon:", text);
  },
};
