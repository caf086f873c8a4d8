import Device = require("device");
import NetworkMgr = require("ui/network/manager");
import UIManager = require("ui/uimanager");
import type { Radio } from "../ports/radio";
import { guarded } from "../guard";

/** What KOReader believed before of whether the reader wants Wi-Fi; nothing while nothing is borrowed. */
let wanted: boolean | undefined;

/** KOReader takes every connection for the reader's wish and would bring it back after sleep. */
function forgetConnection(): void {
  if (wanted === undefined) return;
  NetworkMgr.wifi_was_on = wanted;
  G_reader_settings.saveSetting("wifi_was_on", wanted);
}

function letGo(): void {
  if (wanted === undefined) return;
  wanted = undefined;
  UIManager.allowStandby();
}

/**
 * In the way in which KOReader brings Wi-Fi back after sleep: `enableWifi` and all that the reader's own taps use scan, join and
 * wait on the main loop, for up to 15 s. Only Kobo, Kindle and their like have it.
 */
export const radio: Radio = {
  isSwitchable: () => Device.hasWifiToggle() && Device.hasWifiRestore(),
  isOff: () => !NetworkMgr.isWifiOn() && !NetworkMgr.pending_connection,
  borrow: connected => {
    wanted = NetworkMgr.wifi_was_on;
    // A Kobo's kernel may hang in standby while the radio is on, and KOReader knows of it only when it is connected.
    UIManager.preventStandby();
    NetworkMgr.restoreWifiAsync();
    NetworkMgr.scheduleConnectivityCheck(
      guarded(() => {
        forgetConnection();
        connected();
      }),
    );
  },
  putBack: () => {
    NetworkMgr.disableWifi();
    forgetConnection();
    letGo();
  },
  leave: () => {
    letGo();
  },
  isRestoredAfterSleep: () => NetworkMgr.wifi_was_on && G_reader_settings.isTrue("auto_restore_wifi"),
};
