// The networks between KOReader and a server: bad from the start, until they are healed.
import { FaultProxy } from "../support/node/fault-proxy";
import { startSilentPort } from "../support/node/silent-port";

export interface Network {
  /** What the device has for its server's address. */
  readonly url: string;
  heal(): Promise<void>;
  close(): Promise<void>;
}

type MakeNetwork = (serverPort: number) => Promise<Network>;

/** A proxy before the server, in which something goes wrong. */
async function proxied(serverPort: number, spoil: (proxy: FaultProxy) => void | Promise<void>): Promise<Network> {
  const proxy = await FaultProxy.start(serverPort);
  await spoil(proxy);
  const heal = async () => {
    proxy.set({ kind: "pass" });
    await proxy.accept();
  };
  return { url: proxy.url, heal, close: () => proxy.close() };
}

/** The system's queue of connections is full: not even a connection is answered. */
async function backlog(serverPort: number): Promise<Network> {
  const silent = await startSilentPort();
  let healed: FaultProxy | undefined;
  const heal = async () => {
    await silent.close();
    healed = await FaultProxy.start(serverPort, silent.port);
  };
  const close = () => healed?.close() ?? silent.close();
  return { url: `http://127.0.0.1:${silent.port}`, heal, close };
}

export const NETWORKS = {
  healthy: port => proxied(port, () => undefined),
  refused: port => proxied(port, proxy => proxy.refuse()),
  /** Every connection is accepted, and nothing is ever answered. */
  silent: port => proxied(port, proxy => proxy.set({ kind: "blackhole" })),
  backlog,
} satisfies Record<string, MakeNetwork>;

export type NetworkName = keyof typeof NETWORKS;
