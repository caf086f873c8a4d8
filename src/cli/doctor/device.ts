import fs from "node:fs";
import path from "node:path";
import { type FoundFolder, foldersOfPlugins } from "../deploy/folder/find";
import { nameOf } from "../deploy/layouts";
import { crashFindings } from "./crash-log";
import { absentFinding, copiesFindings } from "./copies";
import { bad, type Finding, good, note, type Section } from "./finding";
import { installedFindings, NAME } from "./installed";
import { leftoverFindings } from "./leftovers";
import { settingsFindings } from "./reader-settings";

/** The oldest KOReader that Ribbon runs in, as year and month. */
const OLDEST_KOREADER = 2024.07;
const LITTLE_SPACE = 20 * 1024 * 1024;
const MIB = 1024 * 1024;

/**
 * What is wrong on a device whose storage is mounted: a section for each KOReader below the folder.
 * @param here the plugin that this computer has built, to compare with
 * @throws when there is no such folder
 */
export function deviceSections(root: string, here: string): Section[] {
  const found = foldersOfPlugins(root, undefined);
  if (found.length > 0) return found.map(each => deviceSection(each, here));
  const remedy = "name the folder that the device is mounted at, or KOReader's own; start KOReader once if it is new";
  return [{ title: `The device at ${root}`, findings: [bad("KOReader", "not found there", remedy)] }];
}

function deviceSection({ kind, folder }: FoundFolder, here: string): Section {
  const data = path.dirname(folder);
  const findings = [
    koreaderFinding(data),
    ...ribbonFindings(folder, here),
    ...copiesFindings(folder),
    ...leftoverFindings(folder),
    ...settingsFindings(data, folder),
    spaceFinding(folder),
    ...crashFindings(path.join(data, "crash.log")),
  ];
  return { title: `${nameOf(kind)}: ${folder}`, findings };
}

function ribbonFindings(plugins: string, here: string): Finding[] {
  const folder = path.join(plugins, NAME);
  return fs.existsSync(path.join(folder, "main.lua")) ? installedFindings(folder, here) : [absentFinding(plugins)];
}

/** KOReader's `git-rev` says its version: "v2026.07.2-88-gfc8888766_2026-08-22". */
function koreaderFinding(data: string): Finding {
  const file = path.join(data, "git-rev");
  const revision = fs.existsSync(file) ? fs.readFileSync(file, "utf8").trim().slice(0, 80) : "";
  const [, released = ""] = /^v(\d{4}\.\d{2})/.exec(revision) ?? [];
  if (released === "") return good("KOReader", "found");
  if (Number(released) >= OLDEST_KOREADER) return good("KOReader", revision);
  return bad("KOReader", `${revision} is older than v2024.07`, "update KOReader");
}

function spaceFinding(folder: string): Finding {
  const { bavail, bsize } = fs.statfsSync(folder);
  const free = bavail * bsize;
  const says = `${Math.floor(free / MIB)} MiB`;
  if (free >= LITTLE_SPACE) return good("Free space", says);
  return note("Free space", `${says} only; an update needs some 5`, "remove what is not needed");
}
