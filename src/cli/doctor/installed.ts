import fs from "node:fs";
import path from "node:path";
import { compareVersions, RELEASE_FILE, type Release } from "../../core/release";
import { decodeRelease, readBuilt, sha256Of } from "../../shelf/plugin/built";
import { ACTIVE_FILE, activeIn } from "./active-file";
import { bad, type Finding, good, note } from "./finding";

export const NAME = "ribbon.koplugin";
export const ABOUT = "Ribbon";
export const AGAIN = "ribbon deploy, or unpack the ZIP again";
const MOST_NAMED = 5;

/** What was found in a folder with a `release.json`: a whole version, or what is wrong with it. */
type Checked =
  | { readonly isWhole: true; readonly release: Release; readonly says: string }
  | { readonly isWhole: false; readonly says: string };

/** The plugin's folder: what was installed by hand, and the update that runs instead where there is one. */
export function installedFindings(folder: string, here: string): Finding[] {
  const { run, failed } = activeIn(folder);
  const root = checked(folder);
  const first = root.isWhole ? good(ABOUT, root.says) : bad(ABOUT, root.says, AGAIN);
  const gaveUp = failed === undefined ? [] : [note("An update", `${failed} was given up; the version before runs`)];
  if (run === undefined) return [root.isWhole ? compared(ABOUT, root.release, root.says, here) : first, ...gaveUp];
  return [first, updateFinding(path.join(folder, "updates", run), here, path.join(folder, ACTIVE_FILE)), ...gaveUp];
}

function updateFinding(folder: string, here: string, active: string): Finding {
  const about = "The update that runs";
  const update = checked(folder);
  if (update.isWhole) return compared(about, update.release, update.says, here);
  return bad(about, update.says, `delete ${active}: then what was installed by hand runs, and can update itself again`);
}

function checked(folder: string): Checked {
  const file = path.join(folder, RELEASE_FILE);
  const release = fs.existsSync(file) ? decodeRelease(fs.readFileSync(file, "utf8")) : undefined;
  if (release === undefined) return { isWhole: false, says: `${RELEASE_FILE} is missing or damaged: copied by half?` };
  const wrong = release.files.flatMap(listed => wrongWith(folder, listed));
  if (wrong.length > 0) return { isWhole: false, says: `${release.version}, but ${namesOf(wrong)}` };
  return {
    isWhole: true,
    release,
    says: `${release.version}, ${release.files.length} files, each as its checksum says`,
  };
}

/** Which version runs is written down on the device: of that file no checksum holds. */
function wrongWith(folder: string, { name, sha256 }: Release["files"][number]): string[] {
  const file = path.join(folder, name);
  if (!fs.existsSync(file)) return [`${name} is missing`];
  return name === ACTIVE_FILE || sha256Of(fs.readFileSync(file)) === sha256 ? [] : [`${name} is another`];
}

function namesOf(wrong: readonly string[]): string {
  const more = wrong.length - MOST_NAMED;
  return wrong.slice(0, MOST_NAMED).join(", ") + (more > 0 ? `, and ${more} more` : "");
}

function compared(about: string, { version, package: whole }: Release, says: string, here: string): Finding {
  const built = readBuilt(here);
  if (!built.ok) return good(about, says);
  const { release } = built.value;
  if (compareVersions(version, release.version) < 0) return note(about, `${says}; here is ${release.version}`, AGAIN);
  const isOther = version === release.version && whole.sha256 !== release.package.sha256;
  return isOther ? note(about, `${says}; another build than the one here`) : good(about, says);
}
