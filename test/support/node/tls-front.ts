// What shows a certificate before a server that speaks plain http. The certificate can be changed while it runs.
import net from "node:net";
import tls from "node:tls";
import type { Identity } from "./certificates";

export class TlsFront {
  private readonly sockets = new Set<net.Socket>();

  private constructor(private readonly server: tls.Server) {}

  /** @param target the port of the server behind, asked for each connection */
  static async start(identity: Identity, target: () => number): Promise<TlsFront> {
    const server = tls.createServer({ key: identity.key, cert: identity.cert });
    const front = new TlsFront(server);
    server.on("connection", socket => front.track(socket)).on("tlsClientError", () => undefined);
    server.on("secureConnection", client => {
      const behind = front.track(net.connect(target(), "127.0.0.1"));
      client.on("error", () => undefined).pipe(behind);
      behind.pipe(client);
    });
    await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve));
    return front;
  }

  get url(): string {
    return `https://localhost:${(this.server.address() as net.AddressInfo).port}`;
  }

  /** From the next connection on; those that are open end. */
  show({ key, cert }: Identity): void {
    this.server.setSecureContext({ key, cert });
    for (const socket of this.sockets) socket.destroy();
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise(resolve => this.server.close(resolve));
  }

  private track(socket: net.Socket): net.Socket {
    this.sockets.add(socket);
    return socket.on("error", () => undefined).on("close", () => this.sockets.delete(socket));
  }
}
