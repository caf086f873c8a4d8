// What touches sidecars, in LuaJIT, on the stand-in's look-alikes of KOReader's modules and on real files.
import fs from "node:fs";
import { afterAll } from "vitest";
import { registerSpecs, specsIn } from "../support/node/specs";
import { makeTempDir } from "../support/node/temp-dir";

const folder = makeTempDir();

await registerSpecs(specsIn("test/sidecars"), { env: { RIBBON_SIDECARS: folder } });

afterAll(() => {
  fs.rmSync(folder, { recursive: true });
});
