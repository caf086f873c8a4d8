// The HTTP client in LuaJIT, over real sockets, on servers of this machine.
import { afterAll } from "vitest";
import { startHttpServers } from "../support/node/http-servers";
import { registerSpecs, specsIn } from "../support/node/specs";
import { makeTempDir } from "../support/node/temp-dir";
import fs from "node:fs";

const folder = makeTempDir();
const servers = await startHttpServers(folder);

await registerSpecs(specsIn("test/http"), { env: { RIBBON_HTTP: JSON.stringify(servers.places) } });

afterAll(async () => {
  await servers.close();
  fs.rmSync(folder, { recursive: true });
});
