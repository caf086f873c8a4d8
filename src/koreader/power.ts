import Device = require("device");

/**
 * Whether the battery has so many percent, or is being charged. A device that cannot tell is taken to have enough; one without
 * a battery tells 0 (SDL's powerd), with which none would run.
 */
export function hasPower(percent: number): boolean {
  const [known, enough] = pcall(() => {
    const power = Device.getPowerDevice();
    const left = power.getCapacity();
    return left === 0 || left >= percent || power.isCharging();
  });
  return !known || enough;
}
