/** Lid, radio, exit. */
import { device, goToSleep, managesWifi, powerOff as switchOff, wake } from "../device/device";
import { networkMgr } from "../device/network";
import { radio } from "../device/radio";
import { newEvent } from "../loop/events";
import { exited, runFor, turnLoop, uiManager } from "../loop/ui-manager";
import { fallAsleep, isFake, wakeUp } from "../system/clock";
import { uncollectedForks } from "../system/real-worker";
import { uncollectedVirtual } from "../system/virtual-worker";
import { mishap } from "./mishap";

/** Between the event and real sleep: a Kobo waits 15 seconds; on the real clock no one wants to. */
const AWAKE_SECONDS = 15;
const AWAKE_SECONDS_REAL = 0.3;

let isAsleep = false;

export const asleep = (): boolean => isAsleep;

const radioOff = (): void => {
  if (radio.isOn()) networkMgr.disableWifi();
};

/** How a device is told to sleep from inside too. */
export function closeLid(awakeSeconds = isFake() ? AWAKE_SECONDS : AWAKE_SECONDS_REAL): void {
  if (isAsleep) mishap("the lid is closed already");
  goToSleep(radioOff);
  runFor(awakeSeconds);
  if (managesWifi()) radioOff();
  fallAsleep();
  isAsleep = true;
}

export function openLid(minutesLater = 0): void {
  if (!isAsleep) mishap("the lid is open");
  isAsleep = false;
  wakeUp(minutesLater * 60);
  wake();
  turnLoop();
}

/** The network is simply gone, and no one is told. */
export function loseWifi(): void {
  radio.leaveRange();
  turnLoop();
}

/** The network is back and KOReader connects to it. */
export function regainWifi(): void {
  radio.switchOn();
  radio.enterRange();
  uiManager.broadcastEvent(newEvent("NetworkConnected"));
  turnLoop();
}

/** The reader's own switch. */
export function turnWifiOff(): void {
  networkMgr.disableWifi(undefined, true);
  turnLoop();
}

export function turnWifiOn(): void {
  networkMgr.enableWifi(undefined, true);
  turnLoop();
}

/** How KOReader ended, and whether a worker was left behind. */
function leave(action: () => void): object {
  action();
  turnLoop();
  const exitCode = exited() ?? mishap("KOReader did not end: a window is still open");
  return { exitCode, orphans: uncollectedForks() + uncollectedVirtual() };
}

const send = (name: string) => (): void => void uiManager.broadcastEvent(newEvent(name));

export const exit = (): object => leave(send("Exit"));

export const restart = (): object => leave(send("Restart"));

export const powerOff = (): object => leave(switchOff);

export const isSleepScreenUp = (): boolean => device.screen_saver_mode;
