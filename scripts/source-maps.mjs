// @ts-check
// From positions in compiled Lua back to TypeScript.
import fs from "node:fs";
import { SourceMap } from "node:module";
import path from "node:path";

/**
 * @typedef {{ file: string, line: number, column: number }} Position
 * @typedef {(file: string, line: number) => Position | undefined} Locate
 */

/** A Lua position as it stands in messages and tracebacks; Lua shortens long names to "...tail/of/name.lua". */
const LUA_POSITION = /([^\s:'"<>()[\]]+\.lua):(\d+)/g;

/**
 * Bundled maps give sources relative to folders that never existed: what is true begins at our own top folder.
 * @param {string} source
 */
function fromRoot(source) {
  const start = source.search(/(?<=^|\/)(src|test)\//);
  return start < 0 ? source : source.slice(start);
}

/**
 * Reads a map as sections: Node itself would lend a section without mappings those of the one before.
 * @param {string} mapFile
 */
function readSections(mapFile) {
  const map = JSON.parse(fs.readFileSync(mapFile, "utf8"));
  /** @type {{ offset: { line: number }, map: import("node:module").SourceMapPayload }[]} */
  const sections = map.sections ?? [{ offset: { line: 0 }, map }];
  return sections.map(section => ({
    start: section.offset.line,
    map: new SourceMap(section.map),
  }));
}

/**
 * @param {string} luaFile
 * @param {string} mapFile
 */
function readMap(luaFile, mapFile) {
  const lines = fs.existsSync(luaFile) ? fs.readFileSync(luaFile, "utf8").split("\n") : [];
  return { sections: readSections(mapFile), lines };
}

/**
 * Lua knows lines only: the statement begins where the line's indentation ends.
 * @param {ReturnType<typeof readMap>} file
 * @param {number} line
 */
function entryOf({ sections, lines }, line) {
  const section = sections.findLast(({ start }) => start < line);
  const column = Math.max(lines[line - 1]?.search(/\S/) ?? 0, 0);
  const entry = section?.map.findEntry(line - 1 - section.start, column);
  return entry !== undefined && "originalSource" in entry ? entry : undefined;
}

/**
 * Reads maps when they are first needed and keeps them.
 * @param {(file: string) => { lua: string, map: string } | undefined} find where a file named in a message lies
 * @returns {Locate}
 */
export function locator(find) {
  /** @type {Map<string, ReturnType<typeof readMap>>} */
  const known = new Map();
  return (file, line) => {
    const found = find(file);
    if (found === undefined) return undefined;
    const compiled = known.get(found.map) ?? readMap(found.lua, found.map);
    known.set(found.map, compiled);
    const entry = entryOf(compiled, line);
    if (entry === undefined) return undefined;
    return { file: fromRoot(entry.originalSource), line: entry.originalLine + 1, column: entry.originalColumn + 1 };
  };
}

/**
 * Rewrites every position that has a map; the others stay as they are.
 * @param {string} text
 * @param {Locate} locate
 */
export function rewrite(text, locate) {
  return text.replace(LUA_POSITION, (whole, file, line) => {
    const position = locate(file, Number(line));
    return position === undefined ? whole : `${position.file}:${position.line}`;
  });
}

/**
 * Maps of a folder of compiled modules, each with its `.lua.map` beside it.
 * @param {string} folder
 */
export function folderLocator(folder) {
  const files = /** @type {string[]} */ (fs.readdirSync(folder, { recursive: true })).filter(file =>
    file.endsWith(".lua"),
  );
  return locator(name => {
    const tail = name.replace(/^\.\.\./, "");
    const lua = files
      .map(file => path.join(folder, file))
      .find(file => file.endsWith(tail) || path.resolve(file) === tail);
    return lua !== undefined && fs.existsSync(`${lua}.map`) ? { lua, map: `${lua}.map` } : undefined;
  });
}
