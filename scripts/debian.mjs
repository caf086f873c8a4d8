// @ts-check
// What Ribbon needs of Debian, and one clear sentence for whoever lacks it.
import fs from "node:fs";
import path from "node:path";

/** Programs by the package that holds them. */
export const PROGRAMS = { luajit: "luajit", busted: "lua-busted", unzip: "unzip" };

/** @param {string} program */
export function isInstalled(program) {
  return (process.env["PATH"] ?? "").split(path.delimiter).some(folder => fs.existsSync(path.join(folder, program)));
}

/**
 * @param {readonly (keyof typeof PROGRAMS)[]} programs
 */
export function requirePrograms(programs) {
  const missing = programs.filter(program => !isInstalled(program));
  if (missing.length === 0) return;
  const packages = missing.map(program => PROGRAMS[program]).join(" ");
  throw new Error(`${missing.join(" and ")} not found: install Debian's ${packages} (apt-get install ${packages}).`);
}
