import { randomBytes } from "node:crypto";
import { AdbShell } from "./adb/adb-shell";
import { bakedConnection } from "../plugin/baked";
import { builtPlugin } from "../plugin/built-plugin";
import type { Device, Place, Progress, Survey } from "./device";
import { FolderDevice } from "./folder/folder-device";
import { mountedDevices } from "./folder/find";
import type { DeviceKind } from "./layouts";
import { type Payload, payloadOf, readPlugin } from "./payload";
import { choosePlace, placesOnDevice, placesOnDisk } from "./place";
import { describePlan, missingRoom, type Plan, planInstall, planRollback, type RestartWish, startsAgain } from "./plan";
import { DeployProblem } from "./problem";
import { ShellDevice } from "./shell/shell-device";
import { connectSsh } from "./ssh/connect";
import type { Target } from "./target";
import { nextStep } from "./words";

export interface DeployRequest {
  readonly target: Target;
  readonly device?: DeviceKind;
  /** Of plugins, on the device. */
  readonly folder?: string;
  readonly identity?: string;
  readonly acceptsNewKey: boolean;
  readonly restart: RestartWish;
  readonly isRollback: boolean;
  readonly isDryRun: boolean;
  /** A built plugin to copy instead of this checkout's. */
  readonly from?: string;
  /** A connection to start with. */
  readonly server?: string;
  readonly key?: string;
  readonly name?: string;
}

export interface Voice extends Progress {
  say(line: string): void;
  /** Called before bytes are on their way. */
  begin(bytes: number): void;
}

interface Reached {
  readonly device: Device;
  readonly survey: Survey;
  readonly lookedIn: readonly string[];
}

/** Looks, plans, tells, and does. Throws a DeployProblem. */
export async function deploy(request: DeployRequest, voice: Voice): Promise<void> {
  const payload = request.isRollback ? undefined : await load(request, voice);
  const { device, survey, lookedIn } = await reach(request);
  try {
    const place = choosePlace(survey, request.device, lookedIn);
    const plan = planFor(request, place, survey, payload);
    describePlan(plan, payload, device.name, request.isDryRun).forEach(line => voice.say(line));
    if (request.isDryRun) return voice.say("Nothing was changed: this was a dry run.");
    voice.begin(payload?.bytes ?? 0);
    const outcome = await device.carryOut(plan, payload, voice);
    nextStep(plan, payload, outcome, request.target.kind).forEach(line => voice.say(line));
  } finally {
    device.close();
  }
}

async function load(request: DeployRequest, voice: Voice): Promise<Payload> {
  const baked = bakedConnection(request);
  const { from } = request;
  const plugin = from === undefined ? (await builtPlugin(line => voice.say(line))).plugin : readPlugin(from);
  return payloadOf(plugin, baked);
}

function planFor(request: DeployRequest, place: Place, survey: Survey, payload: Payload | undefined): Plan {
  const restart = request.restart === "kill" && !startsAgain(place) ? "ask" : request.restart;
  const wish = { check: survey.check, restart };
  if (payload === undefined) {
    const plan = planRollback(place, wish);
    if (plan === undefined) throw new DeployProblem({ why: "no-previous" });
    return plan;
  }
  const missing = missingRoom(place, payload);
  if (missing > 0) throw new DeployProblem({ why: "space", detail: `${Math.ceil(missing / 1024)} KB more are needed` });
  return planInstall(place, wish, randomBytes(3).toString("hex"));
}

async function reach({ target, folder, identity, acceptsNewKey }: DeployRequest): Promise<Reached> {
  switch (target.kind) {
    case "ssh": {
      const { host, port } = target;
      const address = {
        host,
        acceptsNewKey,
        ...(port === undefined ? {} : { port }),
        ...(identity === undefined ? {} : { identity }),
      };
      return { ...(await connectSsh(address, folder)), lookedIn: folder === undefined ? placesOnDevice() : [folder] };
    }
    case "adb": {
      const device = new ShellDevice(new AdbShell(target.serial), folder);
      return { device, survey: await device.survey(), lookedIn: folder === undefined ? placesOnDevice() : [folder] };
    }
    case "folder":
      return reachFolder(target.path, folder);
    case "usb":
      return reachFolder(theMounted(), folder);
  }
}

async function reachFolder(root: string, folder: string | undefined): Promise<Reached> {
  const device = new FolderDevice(root, folder);
  return { device, survey: await device.survey(), lookedIn: folder === undefined ? placesOnDisk(root) : [folder] };
}

function theMounted(): string {
  const [first, ...more] = mountedDevices();
  if (first === undefined) throw new DeployProblem({ why: "no-usb" });
  if (more.length === 0) return first;
  throw new DeployProblem({
    why: "several-usb",
    detail: [first, ...more].map(path => `  ribbon deploy ${path}`).join("\n"),
  });
}
