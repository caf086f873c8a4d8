import fs from "node:fs";
import path from "node:path";
import { compareVersions, RELEASE_FILE, type Release } from "../../core/release";
import { decodeRelease, readBuilt, sha256Of } from "../../shelf/plugin/built";
import { bad, type Finding, good, note } from "./finding";

const NAME = "ribbon.koplugin";
const ABOUT = "Ribbon";
const AGAIN = "ribbon deploy, or unpack the ZIP again";
const MOST_NAMED = 5;

/** The plugin in KOReader's folder of plugins: there, whole, and how old. */
export function ribbonFinding(plugins: string, here: string): Finding {
  const folder = path.join(plugins, NAME);
  if (!fs.existsSync(path.join(folder, "main.lua"))) return absentFinding(plugins);
  const file = path.join(folder, RELEASE_FILE);
  const release = fs.existsSync(file) ? decodeRelease(fs.readFileSync(file, "utf8")) : undefined;
  if (release === undefined) return bad(ABOUT, `${RELEASE_FILE} is missing or damaged: copied by half?`, AGAIN);
  const wrong = release.files.flatMap(listed => wrongWith(folder, listed));
  if (wrong.length > 0) return bad(ABOUT, `${release.version}, but ${namesOf(wrong)}`, AGAIN);
  return compared(release, here);
}

/** A ZIP that was unpacked into a folder of its own is where KOReader does not look. */
function absentFinding(plugins: string): Finding {
  const places = foldersIn(plugins).flatMap(name => [`${name}/${NAME}`, `${name}/plugins/${NAME}`]);
  const strayed = [...places, `../${NAME}`].find(each => fs.existsSync(path.join(plugins, each, "main.lua")));
  if (strayed === undefined) return bad(ABOUT, `not in ${plugins}`, AGAIN);
  return bad(
    ABOUT,
    `in the wrong folder, ${path.join(plugins, strayed)}`,
    `move ${NAME} to ${path.join(plugins, NAME)}`,
  );
}

function wrongWith(folder: string, { name, sha256 }: Release["files"][number]): string[] {
  const file = path.join(folder, name);
  if (!fs.existsSync(file)) return [`${name} is missing`];
  return sha256Of(fs.readFileSync(file)) === sha256 ? [] : [`${name} is another`];
}

function namesOf(wrong: readonly string[]): string {
  const more = wrong.length - MOST_NAMED;
  return wrong.slice(0, MOST_NAMED).join(", ") + (more > 0 ? `, and ${more} more` : "");
}

function compared({ version, files, package: whole }: Release, here: string): Finding {
  const says = `${version}, ${files.length} files, each as its checksum says`;
  const built = readBuilt(here);
  if (!built.ok) return good(ABOUT, says);
  const { release } = built.value;
  if (compareVersions(version, release.version) < 0) return note(ABOUT, `${says}; here is ${release.version}`, AGAIN);
  const isOther = version === release.version && whole.sha256 !== release.package.sha256;
  return isOther ? note(ABOUT, `${says}; another build than the one here`) : good(ABOUT, says);
}

/** Whatever KOReader would load as a second Ribbon, and what a deploy that was cut left behind. */
export function copiesFindings(plugins: string): Finding[] {
  const copies = foldersIn(plugins)
    .filter(name => name.endsWith(".koplugin") && name !== NAME)
    .filter(name => fs.existsSync(path.join(plugins, name, "ribbon.lua")));
  const inside = path.join(plugins, NAME, NAME);
  return [
    ...copies.map(name =>
      bad(`Second Ribbon`, `${name} is loaded as well, and all is counted twice`, `remove ${name}`),
    ),
    ...(fs.existsSync(inside) ? [note("Second Ribbon", `one lies inside the other, unused`, `remove ${inside}`)] : []),
  ];
}

function foldersIn(folder: string): string[] {
  const entries = fs.readdirSync(folder, { withFileTypes: true });
  return entries.filter(entry => entry.isDirectory()).map(({ name }) => name);
}
