import fs from "node:fs";
import { compileLua } from "../../../scripts/compile-lua.mjs";

/** Builds the plugin and compiles the specs, once for all test files: they run side by side and would race. */
export default async function setUp(): Promise<void> {
  // For running one test again and again; what stands in build/ is tested as it is.
  if (process.env["RIBBON_BUILT"] !== undefined) return;
  compileLua();
  const script = new URL("../../../scripts/build.mjs", import.meta.url);
  if (!fs.existsSync(script)) return;
  const { build } = (await import(script.href)) as { build: () => Promise<void> };
  await build();
}
