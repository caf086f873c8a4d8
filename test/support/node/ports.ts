// Ports for programs that are told where to listen. A port that the system chose and that was closed again can come back at
// once, to this test or to another one, and clients remember whom they met there.
import fs from "node:fs";
import net from "node:net";

/** Below the ports that Linux gives to connections (`ip_local_port_range`: from 32,768). */
const FIRST = 20_000;
const END = 32_000;
/** Ports of one process: the first is listened at as long as it lives, which keeps the others from everybody else here. */
const AREA = 100;
const AREAS = (END - FIRST) / AREA;
/** Of one process; whoever plays for hours then begins again with those that have long been closed. */
const MOST_AREAS = 20;

const HOST = "127.0.0.1";

function listen(port: number): Promise<net.Server | undefined> {
  const server = net.createServer(socket => socket.destroy());
  return new Promise(resolve => {
    server.once("error", () => resolve(undefined));
    // Another worker that asks for the same port must not get it too.
    server.listen({ port, host: HOST, exclusive: true }, () => resolve(server));
  });
}

async function takeArea(): Promise<number> {
  for (let tries = 0; tries < AREAS; tries += 1) {
    const first = FIRST + ((process.pid + tries) % AREAS) * AREA;
    const holder = await listen(first);
    if (holder === undefined) continue;
    holder.unref();
    return first;
  }
  throw new Error(`Every hundredth port from ${FIRST} to ${END} is taken.`);
}

async function* ports(): AsyncGenerator<number, never> {
  const areas: number[] = [];
  for (let turn = 0; ; turn += 1) {
    const first = areas[turn % MOST_AREAS] ?? (await takeArea());
    areas[turn % MOST_AREAS] = first;
    for (let port = first + 1; port < first + AREA; port += 1) {
      const server = await listen(port);
      if (server === undefined) continue;
      await new Promise(resolve => server.close(resolve));
      yield port;
    }
  }
}

const unused = ports();

/**
 * A port of this machine at which nobody listens. No other call here, and no other process of the tests, gets it, also while it
 * is closed: who listens there again finds it free.
 */
export async function freePort(): Promise<number> {
  return (await unused.next()).value;
}

/** The inodes of what listens at a port (`proc_net_tcp(5)`: address, state 0A, the tenth word). */
function listeningAt(port: number): string[] {
  const end = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  const rows = ["/proc/net/tcp", "/proc/net/tcp6"]
    .filter(file => fs.existsSync(file))
    .map(file => fs.readFileSync(file));
  const words = rows.flatMap(table => table.toString().split("\n")).map(row => row.trim().split(/\s+/));
  return words.filter(row => row[1]?.endsWith(end) === true && row[3] === "0A").map(row => row[9] ?? "");
}

/** Whether it is this process, not somebody who was there before, that listens at a port. */
export function isListening(pid: number | undefined, port: number): boolean {
  const inodes = listeningAt(port);
  if (pid === undefined || inodes.length === 0) return false;
  return filesOf(pid).some(file => inodes.some(inode => file === `socket:[${inode}]`));
}

function filesOf(pid: number): string[] {
  const folder = `/proc/${pid}/fd`;
  return orElse([], () => fs.readdirSync(folder)).map(name => orElse("", () => fs.readlinkSync(`${folder}/${name}`)));
}

/** A process may end, and close its files, while they are listed. */
function orElse<T>(nothing: T, look: () => T): T {
  try {
    return look();
  } catch {
    return nothing;
  }
}
