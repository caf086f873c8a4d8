// @ts-check
// Compiles the sources, the specs and their support to Lua, one file each, below build/lua.
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import * as tstl from "typescript-to-lua";

/** @type {ts.FormatDiagnosticsHost} */
const formatHost = {
  getCanonicalFileName: name => name,
  getCurrentDirectory: () => process.cwd(),
  getNewLine: () => "\n",
};

/**
 * Fails on any diagnostic: what TypeScriptToLua merely warns about means something else in Lua.
 * @param {readonly ts.Diagnostic[]} diagnostics
 */
export function refuse(diagnostics) {
  if (diagnostics.length > 0) throw new Error(ts.formatDiagnostics(diagnostics, formatHost));
}

/**
 * @param {{ roots?: string[], outDir?: string }} [options] `roots` compiles these files (and `types`) only
 */
export function compileLua({ roots, outDir = "build/lua" } = {}) {
  // A relative configuration path would lose the type roots, a stale output would run as a spec.
  fs.rmSync(outDir, { recursive: true, force: true });
  const config = tstl.parseConfigFileWithSystem(path.resolve("tsconfig.lua.json"), { outDir: path.resolve(outDir) });
  const declarations = config.fileNames.filter(file => file.endsWith(".d.ts"));
  const files = roots === undefined ? config.fileNames : [...declarations, ...roots.map(file => path.resolve(file))];
  const program = ts.createProgram(files, config.options);
  refuse([...config.errors, ...ts.getPreEmitDiagnostics(program)]);
  refuse(new tstl.Transpiler().emit({ program }).diagnostics);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  try {
    compileLua();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
