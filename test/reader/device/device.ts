/** The e-reader: which kind it is, and how it sleeps, wakes and goes off. */
import { newEvent } from "../loop/events";
import { ours } from "../loop/tasks";
import { powerActions, uiManager } from "../loop/ui-manager";
import { confirmBox } from "../widgets/messages";

export type DeviceKind = "kobo" | "kindle";

let kind: DeviceKind = "kobo";
let canShareMemory = true;

const MODELS = { kobo: "Kobo_io", kindle: "KindlePaperWhite5" };

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

const screen: KOReader.Screen = {
  getWidth: () => 1072,
  getHeight: () => 1448,
  scaleBySize: pixels => pixels * 2,
};

const power: KOReader.PowerDevice = { getCapacity: () => 80, isCharging: () => false };

const writable: Mutable<KOReader.Device> = {
  model: MODELS.kobo,
  screen_saver_mode: false,
  screen,
  input: { group: { Back: ["Back"] } },
  isKobo: () => kind === "kobo",
  isKindle: () => kind === "kindle",
  isCervantes: () => false,
  isRemarkable: () => false,
  isPocketBook: () => false,
  isAndroid: () => false,
  isEmulator: () => false,
  isDesktop: () => false,
  hasWifiToggle: () => true,
  hasSeamlessWifiToggle: () => true,
  hasWifiRestore: () => true,
  canUseWAL: () => canShareMemory,
  canRestart: () => true,
  setIgnoreInput() {},
  getPowerDevice: () => power,
};

export const device: KOReader.Device = writable;

/** Some file systems cannot map a file for two processes: SQLite keeps no write-ahead log there. */
export function chooseStorage({ wal }: { wal: boolean }): void {
  canShareMemory = wal;
}

export function chooseDevice(chosen: DeviceKind): void {
  kind = chosen;
  writable.model = MODELS[chosen];
}

/** Only Kobo-like devices have KOReader manage the radio; a Kindle's system does it. */
export const managesWifi = (): boolean => kind === "kobo";

const broadcast = (name: string, ...args: unknown[]): void => void uiManager.broadcastEvent(newEvent(name, ...args));

/** The sleep screen comes first; on a Kobo the radio goes before anyone hears of the sleep. */
export function goToSleep(radioOff: () => void): void {
  device.screen_saver_mode = true;
  uiManager.forceRePaint();
  if (managesWifi()) radioOff();
  uiManager.flushSettings();
  broadcast("Suspend");
}

export function wake(): void {
  device.screen_saver_mode = false;
  broadcast("OutOfScreenSaver");
  broadcast("Resume");
}

const KOBO_POWER_OFF = 88;

export function powerOff(): void {
  device.screen_saver_mode = true;
  broadcast("PowerOff");
  broadcast("Close", { keep_screensaver: true });
  uiManager.nextTick(
    ours(() => {
      G_reader_settings.flush();
      uiManager.quit(kind === "kobo" ? KOBO_POWER_OFF : 0);
    }),
  );
}

powerActions.askForRestart = text =>
  uiManager.show(
    confirmBox.new({
      text: text ?? "This will take effect on next restart.",
      ok_text: "Restart now",
      ok_callback: () => broadcast("Restart"),
      cancel_text: "Restart later",
    }),
  );
