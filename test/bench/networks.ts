// The networks that a reader meets, made on loopback: each gives an address for the plugin to talk to.
import { spawnSync } from "node:child_process";
import dgram from "node:dgram";
import { once } from "node:events";
import fs from "node:fs";
import net, { type AddressInfo, type Server } from "node:net";
import path from "node:path";
import { isInstalled } from "../../scripts/debian.mjs";
import { withScratch } from "./device";

export interface Network {
  readonly url: string;
  /** What the reader is to be started under, to see this network. */
  readonly under?: readonly string[];
}

/** Gives `work` the network for as long as it runs; or the reason why this machine cannot have it. */
type MakeNetwork = <Result>(origin: string, work: (network: Network) => Promise<Result>) => Promise<Result | string>;

const STALL_MS = 3000;
/** No machine has it as its own name server. */
const SILENT_NAME_SERVER = "127.73.66.98";

async function listening(server: Server): Promise<string> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A server whose connections go to `take`, and end with it. */
async function withServer<Result>(take: (client: net.Socket) => void, work: (url: string) => Promise<Result>) {
  const clients = new Set<net.Socket>();
  const server = net.createServer(client => {
    clients.add(client.on("error", () => client.destroy()));
    take(client);
  });
  try {
    return await work(await listening(server));
  } finally {
    for (const client of clients) client.destroy();
    server.close();
  }
}

const healthy: MakeNetwork = (origin, work) => work({ url: origin });

/** A machine that is there, without a server on it. */
const refused: MakeNetwork = async (_origin, work) => {
  const server = net.createServer();
  const url = await listening(server);
  server.close();
  return work({ url });
};

/** Accepts, and never says a word. */
const blackhole: MakeNetwork = (_origin, work) =>
  withServer(
    client => client.resume(),
    url => work({ url }),
  );

/** The server, three seconds late with each answer. */
const stall: MakeNetwork = (origin, work) => {
  const { hostname, port } = new URL(origin);
  const pass = (client: net.Socket) => {
    const server = net.connect(Number(port), hostname);
    server.on("error", () => client.destroy());
    client.on("close", () => server.destroy()).pipe(server);
    server.on("data", data => setTimeout(() => client.writable && client.write(data), STALL_MS));
    server.on("end", () => setTimeout(() => client.end(), STALL_MS));
  };
  return withServer(pass, url => work({ url }));
};

/** A name server that is there and never answers: the machine's own list of name servers is hidden from the reader. */
const nodns: MakeNetwork = async (_origin, work) => {
  if (process.getuid?.() !== 0) return "not measured: needs root, for a name server of its own";
  if (!isInstalled("unshare")) return "not measured: install util-linux";
  // A container or a chroot may refuse what root is usually allowed.
  if (spawnSync("unshare", ["--mount", "true"]).status !== 0) return "not measured: no mounts of our own here";
  return withScratch(async scratch => {
    const resolv = path.join(scratch, "resolv.conf");
    fs.writeFileSync(resolv, `nameserver ${SILENT_NAME_SERVER}\n`);
    const nameServer = dgram.createSocket("udp4").bind(53, SILENT_NAME_SERVER);
    await once(nameServer, "listening");
    const script = `mount --bind '${resolv}' /etc/resolv.conf && exec "$@"`;
    try {
      return await work({
        url: "http://library.ribbon.example:8080",
        under: ["unshare", "--mount", "sh", "-c", script, "sh"],
      });
    } finally {
      nameServer.close();
    }
  });
};

export const NETWORKS: Readonly<Record<string, MakeNetwork>> = { healthy, refused, blackhole, stall, nodns };
