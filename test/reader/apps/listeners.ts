/** Two modules that every screen has before its plugins: they turn events into what the device does. */
import { believe, networkMgr, restore } from "../device/network";
import { managesWifi } from "../device/device";
import { handleOwn } from "../loop/events";
import { uiManager } from "../loop/ui-manager";
import { radio } from "../device/radio";

interface Screen {
  exitOrRestart(callback: ((this: void) => void) | undefined): void;
}

class Listener implements KOReader.Widget {
  name = "";

  handleEvent(event: KOReader.Event): boolean | undefined {
    return handleOwn(this, event);
  }
}

export class DeviceListener extends Listener {
  constructor(private readonly screen: Screen) {
    super();
  }

  onExit(callback?: (this: void) => void): void {
    this.screen.exitOrRestart(callback);
  }

  onRestart(): void {
    this.screen.exitOrRestart(() => uiManager.restartKOReader());
  }

  onRequestSuspend(): void {
    uiManager.suspend();
  }
}

export class NetworkListener extends Listener {
  onNetworkConnected(): void {
    believe(true);
  }

  onNetworkDisconnected(): void {
    believe(false);
  }

  onSuspend(): void {
    if (managesWifi() && radio.isOn()) networkMgr.disableWifi();
  }

  onResume(): void {
    if (networkMgr.wifi_was_on && G_reader_settings.isTrue("auto_restore_wifi")) restore();
  }
}
