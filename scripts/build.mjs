// @ts-check
// Builds koplugin/ribbon.koplugin, the folder that is copied onto an e-reader; the source maps go to build/maps.
// `--watch` builds again whenever a source changes.
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import * as tstl from "typescript-to-lua";
import { catalogues, descriptions } from "./catalogues.mjs";
import { compileLua, refuse } from "./compile-lua.mjs";
import { metaLua } from "./meta-lua.mjs";
import { packBundle, packPart, partEntries, planPacks } from "./pack.mjs";
import { newestNotes } from "./release-notes.mjs";
import { writeRelease } from "./release.mjs";
import { NOTICE, rootsPem } from "./roots.mjs";

const EMITTED = "build/plugin";
const MAPS = "build/maps";
const PLUGIN = "koplugin/ribbon.koplugin";

const roots = () => ["src/boot.ts", "src/main.ts", ...partEntries().map(entry => `src/${entry}.ts`)];

const { version } = JSON.parse(fs.readFileSync("package.json", "utf8"));

/** What src/boot.ts reads: no update runs. Unpacked over a folder with updates, it makes what was unpacked the one that runs. */
const NOTHING_BUT_THE_ROOT = "RIBBON 1\nend\n";

/** @param {string} file @param {string} text @param {object} [map] */
function write(file, text, map) {
  fs.writeFileSync(path.join(PLUGIN, file), text.replaceAll("@VERSION@", version));
  if (map !== undefined) fs.writeFileSync(path.join(MAPS, `${file}.map`), JSON.stringify(map));
}

/** Packs what was emitted; returns the size of each file in bytes. */
function pack() {
  fs.rmSync(PLUGIN, { recursive: true, force: true });
  fs.mkdirSync(PLUGIN, { recursive: true });
  fs.mkdirSync(MAPS, { recursive: true });
  const plan = planPacks(EMITTED);
  const boot = fs.readFileSync(path.join(EMITTED, "src/boot.lua"), "utf8").replace(/\n--# sourceMappingURL=.*/, "");
  write("main.lua", boot, JSON.parse(fs.readFileSync(path.join(EMITTED, "src/boot.lua.map"), "utf8")));
  write("_meta.lua", metaLua(version, descriptions()));
  write("active.txt", NOTHING_BUT_THE_ROOT);
  write("roots.pem", rootsPem());
  write("NOTICE", NOTICE);
  write("LICENSE", fs.readFileSync("LICENSE", "utf8"));
  for (const packed of [packBundle(plan), ...plan.parts.map(part => packPart(part, plan.parts))])
    write(packed.file, packed.text, packed.map);
  const ofStart = new Set(plan.start.map(({ name }) => `${name.replaceAll(".", "/")}.ts`));
  for (const { file, text } of catalogues(source => ofStart.has(source))) write(file, text);
  writeRelease(PLUGIN, { version, notes: newestNotes(fs.readFileSync("CHANGELOG.md", "utf8")) });
  return fs.readdirSync(PLUGIN).map(file => ({ file, bytes: fs.statSync(path.join(PLUGIN, file)).size }));
}

/** @param {{ watch?: boolean }} [options] */
export async function build({ watch: keepWatching = false } = {}) {
  if (keepWatching) {
    watch();
    return [];
  }
  compileLua({ roots: roots(), outDir: EMITTED });
  return pack();
}

/** Builds now and at each change. A process that forked this one is told of each build, and ends it by going away. */
function watch() {
  // A stale output would be packed.
  fs.rmSync(EMITTED, { recursive: true, force: true });
  const config = tstl.parseConfigFileWithSystem(path.resolve("tsconfig.lua.json"), { outDir: path.resolve(EMITTED) });
  // Emitting some files only would leave a minimal library without what the others need.
  config.options.luaLibImport = tstl.LuaLibImportKind.Require;
  const declarations = config.fileNames.filter(file => file.endsWith(".d.ts"));
  const host = ts.createWatchCompilerHost(
    [...declarations, ...roots().map(file => path.resolve(file))],
    config.options,
    ts.sys,
    ts.createSemanticDiagnosticsBuilderProgram,
    undefined,
    // It would clear the terminal at each change.
    () => undefined,
  );
  let isWhole = false;
  host.afterProgramCreate = builder => {
    const worked = report(() => rebuild(builder, isWhole));
    isWhole = worked;
  };
  ts.createWatchProgram(host);
  // A translation needs no compiler, and an editor writes a file in several steps.
  const packAgain = debounced(() => report(pack), 200);
  fs.watch("po", () => isWhole && packAgain());
  console.log("Watching src and po …");
  process.once("disconnect", () => process.exit());
}

/** @param {() => void} work @param {number} quietMs how long nothing more must happen before it */
function debounced(work, quietMs) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(work, quietMs);
  };
}

/**
 * Checks and emits what a change concerns: the builder remembers the rest.
 * @param {ts.SemanticDiagnosticsBuilderProgram} builder
 * @param {boolean} isWhole whether everything else was emitted before
 */
function rebuild(builder, isWhole) {
  const diagnostics = [...builder.getSyntacticDiagnostics()];
  /** @type {ts.SourceFile[]} */
  const changed = [];
  for (let next = nextAffected(builder); next !== undefined; next = nextAffected(builder)) {
    diagnostics.push(...next.result);
    if ("fileName" in next.affected && !next.affected.isDeclarationFile) changed.push(next.affected);
  }
  refuse(diagnostics);
  const program = builder.getProgram();
  refuse(new tstl.Transpiler().emit(isWhole ? { program, sourceFiles: changed } : { program }).diagnostics);
  pack();
}

/** @param {ts.SemanticDiagnosticsBuilderProgram} builder */
function nextAffected(builder) {
  return builder.getSemanticDiagnosticsOfNextAffectedFile();
}

/** @param {() => void} work @returns {boolean} whether it worked */
function report(work) {
  const start = performance.now();
  try {
    work();
    console.log(`Built in ${Math.round(performance.now() - start)} ms`);
    process.send?.({ isBuilt: true });
    return true;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.send?.({ isBuilt: false });
    return false;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  try {
    const sizes = await build({ watch: process.argv.includes("--watch") });
    for (const { file, bytes } of sizes) console.log(`${String(bytes).padStart(7)}  ${PLUGIN}/${file}`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
