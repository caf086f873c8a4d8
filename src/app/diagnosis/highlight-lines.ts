import { addressWords } from "../../core/diagnosis/address-words";
import type { SdrTarget } from "../../core/sdr-settings";
import { part } from "../../parts";
import type { SdrRun, SdrState } from "../../ports/sdr-sync";
import type { Runtime } from "../runtime";
import { duration, type Line, size, stamp, yesNo } from "./lines";

const MOST_RUNS = 8;

/** The sync of highlights; nothing of it is loaded where no folder was chosen. */
export function highlightLines(runtime: Runtime): Line[] {
  if (type(runtime.settings.sdrFields()["target"]) !== "table") return ["no folder chosen"];
  const sdr = part("app/sdr-work").sdrScreens(runtime);
  const { state, target, lastSuccess, books, unsent, held, hasNewer } = sdr.status();
  const devices = sdr.devices();
  return [
    `folder: ${target === undefined ? "unreadable" : targetWords(target)}`,
    `state: ${stateWords(state)}, last run that worked ${stamp(lastSuccess)}`,
    `books: ${books}, files not sent yet: ${unsent}, books with held deletions: ${held}`,
    `devices: ${devices.length}, of them retired: ${devices.filter(({ isRetired }) => isRetired).length}, a newer form seen: ${yesNo(hasNewer)}`,
  ].concat(sdr.history(MOST_RUNS).map(run => runWords(run)));
}

function targetWords(target: SdrTarget): string {
  if (target.kind === "folder") return "of this device";
  const isPinned = target.pin === undefined ? "by authority" : "pinned";
  return `WebDAV, ${addressWords(target.url)}, certificate ${isPinned}, password ${target.password === "" ? "none" : "set"}`;
}

function stateWords(state: SdrState): string {
  switch (state.kind) {
    case "running":
      return `running: ${state.progress.step}`;
    case "waiting":
    case "stopped":
      return `${state.kind}: ${state.failure.reason}`;
    case "off":
    case "idle":
    case "preview":
    case "emptied":
      return state.kind;
  }
}

function runWords({ at, trigger, failure, requests, bytesIn, bytesOut, seconds, books }: SdrRun): Line {
  const end = failure === undefined ? "well" : `with ${failure.reason}`;
  const amount = `${requests} requests, ${size(bytesIn)} in, ${size(bytesOut)} out, ${books.length} books`;
  return `run ${stamp(at)} (${trigger}) ended ${end}: ${duration(seconds)}, ${amount}`;
}
