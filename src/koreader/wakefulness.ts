import PluginShare = require("pluginshare");

let isOurs = false;

/**
 * Keeps the device from falling asleep by itself, or lets it again. AutoSuspend looks at this field whenever its time is up, and
 * KeepAlive and AutoTurn set it too: what another plugin has set stays theirs. The power button works as ever.
 */
export function stayAwake(on: boolean): void {
  if (on && PluginShare.pause_auto_suspend !== true) {
    PluginShare.pause_auto_suspend = true;
    isOurs = true;
  } else if (!on && isOurs) {
    PluginShare.pause_auto_suspend = false;
    isOurs = false;
  }
}
