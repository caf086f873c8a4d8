import Device = require("device");

/** Whether the battery has so many percent, or is being charged. A device that cannot tell is taken to have enough. */
export function hasPower(percent: number): boolean {
  const [known, enough] = pcall(() => {
    const power = Device.getPowerDevice();
    return power.isCharging() || power.getCapacity() >= percent;
  });
  return !known || enough;
}
