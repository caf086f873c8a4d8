// Cloud folders in LuaJIT: real WebDAV servers, each behind a network that fails as it is told to; a hostile one; a folder of
// this machine, and one on a disk that is full.
import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import http from "node:http";
import type net from "node:net";
import path from "node:path";
import { afterAll, test } from "vitest";
import { type Fault, FaultProxy } from "../support/node/fault-proxy";
import { hostileDav } from "../support/node/hostile-dav";
import { registerSpecs, specsIn } from "../support/node/specs";
import { makeTempDir } from "../support/node/temp-dir";
import { PASSWORD, startDavServers, USER } from "../support/node/webdav-servers";

const folder = makeTempDir();
const local = path.join(folder, "local");
const small = path.join(folder, "small");
for (const each of [local, small]) fs.mkdirSync(each);

/** A disk of 256 KiB, where one may be mounted. */
const isSmallDisk = spawnSync("mount", ["-t", "tmpfs", "-o", "size=256k,mode=1777", "tmpfs", small]).status === 0;
const servers = await startDavServers(folder, small);
const proxies = new Map<string, FaultProxy>();
for (const { name, port } of servers.places) proxies.set(name, await FaultProxy.start(port));

async function listen(server: http.Server): Promise<number> {
  await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as net.AddressInfo).port;
}

interface Order {
  readonly server: string;
  readonly fault?: Fault;
  readonly next?: Fault[];
}

const control = http.createServer(async (request, response) => {
  const parts: string[] = [];
  for await (const part of request.setEncoding("utf8")) parts.push(part as string);
  const { server, fault, next } = JSON.parse(parts.join("")) as Order;
  const proxy = proxies.get(server);
  if (fault !== undefined) proxy?.set(fault);
  if (next !== undefined) proxy?.next(...next);
  response.end(JSON.stringify(proxy?.traffic ?? {}));
  proxy?.reset();
});
const hostile = hostileDav();

const places = {
  user: USER,
  password: PASSWORD,
  local,
  small: isSmallDisk ? small : "",
  control: await listen(control),
  hostile: await listen(hostile),
  servers: servers.places.map(place => ({ ...place, port: proxies.get(place.name)?.port })),
};

await registerSpecs(specsIn("test/cloud"), { env: { RIBBON_CLOUD: JSON.stringify(places) }, timeoutSeconds: 1200 });

for (const why of servers.missing) test.skip(`skipped: ${why}`);
if (!isSmallDisk) test.skip("skipped: a disk that is full (nothing may be mounted here)");

afterAll(async () => {
  for (const proxy of proxies.values()) await proxy.close();
  await servers.close();
  for (const server of [control, hostile]) {
    server.close();
    server.closeAllConnections();
  }
  if (isSmallDisk) execFileSync("umount", [small]);
  fs.rmSync(folder, { recursive: true });
});
