import Device = require("device");
import NetworkMgr = require("ui/network/manager");
import type { Network } from "../ports/network";
import { guarded } from "../guard";

/** `isOnline` is never asked: it blocks on a name look-up, and a library at home needs no internet. */
export const network: Network = {
  isConnected: () => NetworkMgr.isConnected(),
  isFallingAsleep: () => Device.screen_saver_mode,
  whenConnected: task => {
    NetworkMgr.runWhenConnected(guarded(task));
  },
};
