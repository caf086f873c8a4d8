import Database from "better-sqlite3";
import { isNodeTooOld, isNpmStale, OLDEST_NODE } from "../../../scripts/setup.mjs";
import { readBuilt } from "../../shelf/plugin/built";
import { findKOReader } from "../emulator/find-koreader";
import { whyToBuild } from "../plugin/built-plugin";
import { bad, type Finding, good, note, type Section } from "./finding";
import { type Missing, packageFindings } from "./packages";

/** What this computer has to build, pack and serve with. */
export function computerSection(root: string, missing: Missing): Section {
  const findings = [
    nodeFinding(process.version),
    npmFinding(root),
    sqliteFinding(),
    koreaderFinding(),
    ...packageFindings(missing),
  ];
  return { title: "This computer", findings };
}

export function nodeFinding(version: string): Finding {
  if (!isNodeTooOld(version)) return good("Node", version);
  return bad("Node", `${version} is too old`, `install Node ${OLDEST_NODE} or newer: https://nodejs.org`);
}

function npmFinding(root: string): Finding {
  if (!isNpmStale(root)) return good("npm packages", "as package-lock.json has them");
  return bad("npm packages", "some are missing or of another version", `npm ci, in ${root}`);
}

/** It is compiled, for one Node and one system. */
function sqliteFinding(): Finding {
  try {
    new Database(":memory:").close();
    return good("SQLite", "works");
  } catch (error) {
    const [why = ""] = (error as Error).message.split("\n");
    return bad("SQLite", `cannot be loaded (${why}); without it: ribbon serve`, "npm rebuild better-sqlite3");
  }
}

function koreaderFinding(): Finding {
  const about = "KOReader for this computer";
  try {
    findKOReader(undefined);
    return good(about, "found");
  } catch {
    const remedy = "an AppImage of https://github.com/koreader/koreader/releases in ~/Applications";
    return note(about, "none found; without it: ribbon emulator, unless it is named with --koreader", remedy);
  }
}

/** The plugin that is packed, deployed and handed out. */
export function pluginSection(folder: string, root: string): Section {
  return { title: "The plugin", findings: [pluginFinding(folder, root)] };
}

function pluginFinding(folder: string, root: string): Finding {
  const about = "Built plugin";
  const built = readBuilt(folder);
  if (built.ok) {
    const { version, files } = built.value.release;
    const says = `${version}, ${files.length} files, each as its checksum says`;
    if (whyToBuild(folder, root) === undefined) return good(about, says);
    return note(about, `${says}; older than its sources`, "npm run build; package and deploy do it by themselves");
  }
  switch (built.failure.kind) {
    case "absent":
      return bad(about, "not there; without it Shelf hands out none", "npm run build");
    case "damaged":
      return bad(about, `${built.failure.file} is not what its checksum says`, "npm run build");
  }
}
