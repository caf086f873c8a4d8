/** The Wi-Fi chip and the air around it, as the machine's sockets shall see them. */
import { monotonic } from "../system/clock";

/** From switching the radio on until there is an address. */
let secondsToConnect = 4;
let isOn = true;
let isInRange = true;
let connectedFrom = 0;

export const radio = {
  isOn: () => isOn,
  isConnected: () => isOn && isInRange && monotonic() >= connectedFrom,
  switchOn() {
    if (!isOn) connectedFrom = monotonic() + secondsToConnect * 1e6;
    isOn = true;
  },
  switchOff() {
    isOn = false;
  },
  leaveRange() {
    isInRange = false;
  },
  /** Associated at once. */
  enterRange() {
    isInRange = true;
    connectedFrom = 0;
  },
  setSecondsToConnect(seconds: number) {
    secondsToConnect = seconds;
  },
};
