/** KOReader's network manager. */
import { newEvent } from "../loop/events";
import { ours } from "../loop/tasks";
import { uiManager } from "../loop/ui-manager";
import { asLastCall, forbid } from "../system/journal";
import { logger } from "../system/logger";
import { confirmBox, infoMessage } from "../widgets/messages";
import { radio } from "./radio";

type Done = ((this: void) => void) | undefined;

const CHECK_SECONDS = 0.25;
const MOST_CHECKS = 180;

const broadcast = (name: string): void => void uiManager.broadcastEvent(newEvent(name));

/** What KOReader believes; a network that is simply lost is not noticed. */
const belief = { wifi: false, connected: false };

let pendingCheck: KOReader.Task | undefined;

function stopCheck(): void {
  if (pendingCheck !== undefined) uiManager.unschedule(pendingCheck);
  pendingCheck = undefined;
}

function giveUp(message: KOReader.Widget | undefined): void {
  logger.info("Failed to restore Wi-Fi");
  stopCheck();
  rememberWifi(false);
  radio.switchOff();
  manager.pending_connection = false;
  if (message === undefined) return;
  uiManager.close(message);
  uiManager.show(infoMessage.new({ text: "Error connecting to the network" }));
}

function rememberWifi(wasOn: boolean): void {
  manager.wifi_was_on = wasOn;
  G_reader_settings.saveSetting("wifi_was_on", wasOn);
}

function connected(done: Done, message: KOReader.Widget | undefined): void {
  pendingCheck = undefined;
  rememberWifi(true);
  broadcast("NetworkConnected");
  if (message !== undefined) uiManager.close(message);
  done?.();
  manager.pending_connection = false;
}

/** Looks every quarter of a second whether there is an address, for 45 seconds. */
export function waitForConnection(done?: Done, message?: KOReader.Widget, round = 1): void {
  stopCheck();
  pendingCheck = ours(() => {
    if (radio.isConnected()) connected(done, message);
    else if (round >= MOST_CHECKS) giveUp(message);
    else waitForConnection(done, message, round + 1);
  });
  uiManager.scheduleIn(CHECK_SECONDS, pendingCheck);
}

/** One attempt at a time: while one is under way, another's callback is dropped. */
function connect(done: Done, message?: KOReader.Widget): boolean {
  if (manager.pending_connection) {
    logger.warn("NetworkMgr: A previous connection attempt is still ongoing!");
    if (message !== undefined) uiManager.close(message);
    return false;
  }
  broadcast("NetworkConnecting");
  manager.pending_connection = true;
  radio.switchOn();
  waitForConnection(done, message);
  return true;
}

function connectWithMessage(done: Done): void {
  const message = infoMessage.new({ text: "Connecting to Wi-Fi…" });
  uiManager.show(message);
  uiManager.forceRePaint();
  connect(done, message);
}

function ask(text: string, okText: string, action: () => void): void {
  uiManager.show(confirmBox.new({ text, ok_text: okText, ok_callback: action }));
}

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

const manager: Mutable<KOReader.NetworkMgr> = {
  wifi_was_on: false,
  pending_connection: false,
  isWifiOn: () => radio.isOn(),
  isConnected: () => radio.isConnected(),
  isOnline() {
    forbid("NetworkMgr:isOnline: a name look-up on the main loop");
    return radio.isConnected();
  },
  getWifiState: () => belief.wifi,
  getConnectionState: () => belief.connected,
  runWhenConnected(callback) {
    if (!manager.willRerunWhenConnected(callback)) callback();
  },
  runWhenOnline(callback) {
    if (!manager.willRerunWhenOnline(callback)) callback();
  },
  willRerunWhenConnected(callback) {
    const isConnected = manager.isConnected();
    if (!isConnected) manager.beforeWifiAction(callback);
    return !isConnected;
  },
  willRerunWhenOnline(callback) {
    const isOnline = manager.isOnline();
    if (!isOnline) manager.beforeWifiAction(callback);
    return !isOnline;
  },
  beforeWifiAction(callback) {
    const action = G_reader_settings.readSetting("wifi_enable_action");
    if (radio.isConnected()) return callback?.();
    if (action === "turn_on") return connectWithMessage(callback);
    if (action === "ignore") return waitForConnection(callback);
    if (!manager.pending_connection) {
      ask("Do you want to turn on Wi-Fi?", "Turn on", () => manager.enableWifi(callback));
    }
  },
  afterWifiAction(callback) {
    const action = G_reader_settings.readSetting("wifi_disable_action");
    if (action === "leave_on") return callback?.();
    if (action === "turn_off") return manager.disableWifi(callback);
    ask("Do you want to turn off Wi-Fi?", "Turn off", () => manager.disableWifi(callback));
  },
  enableWifi: callback => connect(callback),
  disableWifi(callback, interactive) {
    asLastCall(() => broadcast("NetworkDisconnecting"));
    stopCheck();
    manager.pending_connection = false;
    radio.switchOff();
    broadcast("NetworkDisconnected");
    callback?.();
    if (interactive === true) rememberWifi(false);
  },
  restoreWifiAsync() {
    radio.switchOn();
  },
  scheduleConnectivityCheck(callback) {
    waitForConnection(callback);
  },
};

export const networkMgr: KOReader.NetworkMgr = manager;

/** Where KOReader starts: a radio that is on makes itself known a tick later. */
export function startNetwork(): void {
  manager.wifi_was_on = G_reader_settings.isTrue("wifi_was_on");
  believe(radio.isConnected());
  if (radio.isConnected()) uiManager.nextTick(ours(() => broadcast("NetworkConnected")));
  else if (manager.wifi_was_on && G_reader_settings.isTrue("auto_restore_wifi")) restore();
}

export function believe(isConnected: boolean): void {
  belief.wifi = isConnected;
  belief.connected = isConnected;
}

/** What the script does that brings Wi-Fi back in the background. */
export function restore(): void {
  manager.restoreWifiAsync();
  manager.scheduleConnectivityCheck();
}
