import { readRelease, RELEASE_FILE } from "../../core/release";
import type { DeviceFacts } from "../../koreader/device-facts";
import { json } from "../../koreader/json";
import type { Clock } from "../../ports/clock";
import { VERSION } from "../../version";
import { type Line, size, stamp, yesNo } from "./lines";

/** No Ribbon of this kind was written before: a clock that says less is wrong. */
const EARLIEST = 1_763_683_200;
const LONGEST_PLAUSIBLE = 20 * 365 * 24 * 3600;
const SHOWN_DIGITS = 12;

export function deviceLines(facts: DeviceFacts, clock: Clock, sqlite: string): Line[] {
  return [
    `Ribbon: ${VERSION}, build ${build(facts.folder)}, bundle ${facts.bundle}`,
    `KOReader: ${facts.koreader}`,
    `Device: ${facts.model} (${facts.platform}), screen ${facts.screen}, battery ${facts.battery ?? "unknown"} %`,
    `System: ${facts.lua}`,
    `Libraries: SQLite ${sqlite}, ${facts.libraries}`,
    `Storage: ${size(facts.freeBytes)} free of ${size(facts.totalBytes)}, write-ahead log ${yesNo(facts.canUseWal)}`,
    `Language: ${facts.language}`,
    `Clock: ${clockWords(clock.epoch())}`,
    `Network: ${facts.isConnected ? "connected" : "not connected"}`,
  ];
}

function clockWords(now: number): string {
  const isPlausible = now > EARLIEST && now < EARLIEST + LONGEST_PLAUSIBLE;
  const zone = os.date("%z", now);
  return `${stamp(now)}, zone ${tostring(zone)}, ${isPlausible ? "plausible" : "WRONG"}`;
}

/** What tells two builds of one version apart: how the hash of the whole begins. */
function build(folder: string): string {
  const [file] = io.open(`${folder}${RELEASE_FILE}`, "rb");
  const decoded = json.decode(file?.read("*a") ?? "");
  file?.close();
  const release = decoded.ok ? readRelease(decoded.value) : decoded;
  return release.ok ? release.value.package.sha256.slice(0, SHOWN_DIGITS) : "unknown";
}
