// Downloads in LuaJIT, over real sockets and into real files, from a server that fails and from Shelf.
import fs from "node:fs";
import path from "node:path";
import { afterAll } from "vitest";
import { BookServer } from "../support/node/book-server";
import { registerSpecs, specsIn } from "../support/node/specs";
import { makeTempDir } from "../support/node/temp-dir";

const folder = makeTempDir();
const server = await BookServer.start(folder);
const other = await BookServer.start(path.join(folder, "other"));

const places = { folder, port: server.port, otherPort: other.port };
await registerSpecs(specsIn("test/download"), { env: { RIBBON_DOWNLOAD: JSON.stringify(places) } });

afterAll(() => {
  server.close();
  other.close();
  fs.rmSync(folder, { recursive: true });
});
