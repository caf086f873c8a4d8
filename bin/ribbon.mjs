#!/usr/bin/env node
// Runs the sources as they are, from whatever folder: what is typed stays relative to it.
import fs from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));

if (!fs.existsSync(`${root}node_modules/tsx`)) {
  console.error(`ribbon: its packages are not installed; run npm ci in ${root}`);
  process.exit(1);
}
const { register } = await import("tsx/esm/api");
register({ tsconfig: `${root}tsconfig.json` });
await import("../src/cli/main.ts");
