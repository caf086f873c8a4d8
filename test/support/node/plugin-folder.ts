import fs from "node:fs";
import path from "node:path";
import { writeRelease } from "../../../scripts/release.mjs";
import { tempDir } from "./temp-dir";

const FILES = ["main.lua", "ribbon.lua", "_meta.lua"];

/** A folder that looks like a built plugin. Each of its files holds its name and the version. */
export function pluginFolder(version = "0.2.0", folder = tempDir()): string {
  fs.mkdirSync(folder, { recursive: true });
  for (const file of FILES) fs.writeFileSync(path.join(folder, file), `-- ${file} of ${version}\n`);
  writeRelease(folder, { version, notes: `What is new in ${version}` });
  return folder;
}
