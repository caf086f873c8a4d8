// Every spec, in LuaJIT. A folder of specs that needs a server has its own specs.test.ts, which starts it.
import fs from "node:fs";
import path from "node:path";
import { registerSpecs, specsIn } from "./support/node/specs";

const ownRunners = fs
  .readdirSync("test", { recursive: true, encoding: "utf8" })
  .filter(file => path.basename(file) === "specs.test.ts" && file !== "specs.test.ts")
  .map(file => path.join("build/lua/test", path.dirname(file), path.sep));

await registerSpecs(specsIn("test").filter(file => !ownRunners.some(folder => file.startsWith(folder))));
