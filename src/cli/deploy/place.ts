import type { Place, Survey } from "./device";
import { type DeviceKind, DEVICE_KINDS, layoutOf, nameOf } from "./layouts";
import { DeployProblem } from "./problem";

const list = (places: readonly Place[]) =>
  places.map(({ kind, folder, isRunning }) => `  ${kind}: ${folder}${isRunning ? " (runs now)" : ""}`).join("\n");

/**
 * The one place that is meant. A folder that no list knows counts as what `device` says. Throws a DeployProblem when there
 * is none, or more than one.
 */
export function choosePlace(survey: Survey, device: DeviceKind | undefined, lookedIn: readonly string[]): Place {
  const { places } = survey;
  if (places.length === 0) {
    throw new DeployProblem({ why: "no-koreader", detail: lookedIn.map(folder => `  ${folder}`).join("\n") });
  }
  const fitting = device === undefined ? places : fittingPlaces(places, device);
  if (device !== undefined && fitting.length === 0) throw wrongDevice(places, device);
  const [first, ...more] = fitting;
  if (first === undefined || more.length > 0) throw new DeployProblem({ why: "several", detail: list(fitting) });
  return first;
}

function fittingPlaces(places: readonly Place[], device: DeviceKind): Place[] {
  const same = places.filter(({ kind }) => kind === device);
  const unknown = places.filter(({ kind }) => kind === "other");
  return same.length > 0 ? same : unknown.map(place => ({ ...place, kind: device }));
}

function wrongDevice(places: readonly Place[], device: DeviceKind): DeployProblem {
  const detail = `There is no KOReader where a ${nameOf(device)} has it, but there is one elsewhere:\n${list(places)}`;
  return new DeployProblem({ why: "no-device-there", detail });
}

/** Where a device was looked for, to be shown when nothing was found. */
export function placesOnDevice(): string[] {
  return DEVICE_KINDS.flatMap(kind => layoutOf(kind).onDevice.map(data => `${data}/plugins`));
}

/** The same for a mounted device. */
export function placesOnDisk(root: string): string[] {
  const folders = DEVICE_KINDS.flatMap(kind => layoutOf(kind).onDisk.map(data => `${root}/${data}/plugins`));
  return [...new Set(folders)];
}
