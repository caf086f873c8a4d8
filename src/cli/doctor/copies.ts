import fs from "node:fs";
import path from "node:path";
import { bad, type Finding, note } from "./finding";
import { ABOUT, AGAIN, NAME } from "./installed";
import { movedAway } from "./leftovers";

/** A ZIP that was unpacked into a folder of its own is where KOReader does not look. */
export function absentFinding(plugins: string): Finding {
  const places = foldersIn(plugins).flatMap(name => [`${name}/${NAME}`, `${name}/plugins/${NAME}`]);
  const strayed = [...places, `../${NAME}`].find(each => fs.existsSync(path.join(plugins, each, "main.lua")));
  if (strayed === undefined) return movedAway(plugins) ?? bad(ABOUT, `not in ${plugins}`, AGAIN);
  return bad(
    ABOUT,
    `in the wrong folder, ${path.join(plugins, strayed)}`,
    `move ${NAME} to ${path.join(plugins, NAME)}`,
  );
}

/** The plugins in a folder that are a Ribbon, but for those names. */
export function copiesIn(folder: string, but: readonly string[]): string[] {
  return foldersIn(folder)
    .filter(name => name.endsWith(".koplugin") && !but.includes(name))
    .filter(name => fs.existsSync(path.join(folder, name, "ribbon.lua")));
}

/** Whatever KOReader would load as a second Ribbon. */
export function copiesFindings(plugins: string): Finding[] {
  const copies = copiesIn(plugins, [NAME]);
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
