// What may be wrong with the plugin's compiled files although the compiler was content.
import { spawnSync } from "node:child_process";
import { findCycle } from "./cycles";
import { readLua, type LuaSource } from "./lua-source";

/** Lua's globals, without those that print, load or bend the environment, and what KOReader adds. */
const GLOBALS = new Set([
  ...[
    "assert",
    "bit",
    "collectgarbage",
    "coroutine",
    "debug",
    "error",
    "getmetatable",
    "io",
    "ipairs",
    "jit",
    "loadfile",
  ],
  ...[
    "loadstring",
    "math",
    "next",
    "os",
    "package",
    "pairs",
    "load",
    "pcall",
    "rawequal",
    "rawget",
    "rawset",
    "require",
    "select",
  ],
  ...["setmetatable", "string", "table", "tonumber", "tostring", "type", "unpack", "xpcall"],
  ...["G_reader_settings", "G_defaults"],
]);

/** Only the loader of parts computes a name. */
const MAY_COMPUTE_NAMES = new Set(["src.parts"]);

/** src/core/session.lua → src.core.session */
function moduleName(file: string): string {
  return file.replace(/\.lua$/, "").replaceAll("/", ".");
}

function requireProblem(
  name: string,
  own: ReadonlyMap<string, unknown>,
  known: ReadonlySet<string>,
): string | undefined {
  if (own.has(name) || known.has(name)) return undefined;
  // require("ui.uimanager") finds the file, but makes a second UIManager.
  if (known.has(name.replaceAll(".", "/")))
    return `requires ${name}, which KOReader calls ${name.replaceAll(".", "/")}`;
  return `requires ${name}, which neither we nor types/ declare`;
}

function globalProblems({ reads, writes }: LuaSource): string[] {
  const unknown = [...reads].filter(name => !GLOBALS.has(name)).map(name => `reads the global ${name}`);
  return [...unknown, ...[...writes].map(name => `writes the global ${name}`)];
}

/**
 * @param files the emitted modules, or files that stand alone, by their names
 * @param known the modules that KOReader has, by its own names
 */
export function moduleProblems(files: ReadonlyMap<string, string>, known: ReadonlySet<string>): string[] {
  const own = new Map([...files].map(([file, text]) => [moduleName(file), readLua(text)]));
  const problems = [...own].flatMap(([name, source]) => {
    const requires = [...source.requires].flatMap(each => requireProblem(each, own, known) ?? []);
    const computed = source.computedRequires > 0 && !MAY_COMPUTE_NAMES.has(name) ? ["computes a module's name"] : [];
    return [...globalProblems(source), ...requires, ...computed].map(problem => `${name} ${problem}`);
  });
  const cycle = findCycle(new Map([...own].map(([name, source]) => [name, source.requires])));
  return cycle === undefined ? problems : [...problems, `a cycle: ${cycle.join(" → ")}`];
}

/** What LuaJIT itself says of a file: luaparse knows neither its 200 locals nor its 60 upvalues. */
export function compilerProblem(file: string): string | undefined {
  const run = spawnSync("luajit", ["-b", file, "/dev/null"], { encoding: "utf8" });
  return run.status === 0 ? undefined : run.stderr.trim();
}
