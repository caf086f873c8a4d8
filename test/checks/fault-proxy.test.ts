// A network that does not fail as it was told to proves nothing about what it is used to test.
import http from "node:http";
import net from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { FaultProxy, PORTAL, TOO_MANY, UNAVAILABLE } from "../support/node/fault-proxy";
import { startSilentPort } from "../support/node/silent-port";

let requests: string[] = [];
const server = http.createServer((request, response) => {
  requests.push(request.url ?? "");
  response.end("x".repeat(500));
});
let proxy: FaultProxy;

beforeAll(async () => {
  await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve));
  proxy = await FaultProxy.start((server.address() as net.AddressInfo).port);
});

beforeEach(async () => {
  await proxy.accept();
  proxy.set({ kind: "pass" });
  proxy.reset();
  requests = [];
});

afterAll(async () => {
  await proxy.close();
  server.closeAllConnections();
  server.close();
});

interface Listening {
  readonly port?: number;
  /** From then on a while of nothing is "silent"; without it the answer is waited for. */
  readonly after?: Promise<unknown>;
  /** What is said last on a connection that stays open. */
  readonly last?: string;
}

/** Everything that comes back on one connection, and how it ended. */
function exchange(url: string, listening: Listening = {}): Promise<{ text: string; end: string }> {
  const { port = proxy.port, after, last } = listening;
  return new Promise(resolve => {
    const socket = net.connect(port, "127.0.0.1");
    let text = "";
    const finish = (end: string): void => {
      socket.destroy();
      resolve({ text, end });
    };
    void after?.then(() => socket.setTimeout(300, () => finish("silent")));
    socket.on("data", bytes => {
      text += bytes.toString();
      if (last !== undefined && text.includes(last)) finish("open");
    });
    socket.on("end", () => finish("closed")).on("error", error => finish((error as NodeJS.ErrnoException).code ?? ""));
    socket.write(`GET ${url} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
  });
}

const SOON = { timeout: 60_000 };

describe("the network with faults", () => {
  it("passes what it should pass, and counts it", async () => {
    const { text, end } = await exchange("/a");
    expect(text).toMatch(/x{500}$/);
    expect(end).toBe("closed");
    expect(proxy.traffic).toMatchObject({ connections: 1, bytesDown: text.length });
    expect(requests).toEqual(["/a"]);
  });

  it("refuses, and takes connections again on the same port", async () => {
    const { port } = proxy;
    await proxy.refuse();
    expect(await exchange("/a")).toEqual({ text: "", end: "ECONNREFUSED" });
    await proxy.accept();
    expect(proxy.port).toBe(port);
    expect((await exchange("/a")).end).toBe("closed");
  });

  it("swallows", async () => {
    proxy.set({ kind: "blackhole" });
    const after = vi.waitUntil(() => proxy.traffic.bytesUp > 0, SOON);
    expect(await exchange("/a", { after })).toEqual({ text: "", end: "silent" });
    expect(requests).toEqual([]);
  });

  it("is late, though the server has acted", async () => {
    proxy.set({ kind: "stall", ms: 20_000 });
    const after = vi.waitUntil(() => requests.length > 0, SOON);
    expect(await exchange("/a", { after })).toEqual({ text: "", end: "silent" });
    expect(requests).toEqual(["/a"]);
    proxy.set({ kind: "stall", ms: 100 });
    expect((await exchange("/a")).text).toMatch(/x{500}$/);
  });

  it("drips", async () => {
    proxy.set({ kind: "trickle", bytesPerSecond: 2000 });
    const before = performance.now();
    expect((await exchange("/a")).text).toMatch(/x{500}$/);
    expect(performance.now() - before).toBeGreaterThan(200);
  });

  it("cuts off after so many bytes", async () => {
    proxy.set({ kind: "cut", afterBytes: 100 });
    const { text, end } = await exchange("/a");
    expect([text.length, end]).toEqual([100, "closed"]);
  });

  it("loses an answer after the server has acted", async () => {
    proxy.set({ kind: "dropAnswer" });
    expect(await exchange("/a")).toEqual({ text: "", end: "closed" });
    expect(requests).toEqual(["/a"]);
  });

  it("sends a request twice and an answer once", async () => {
    proxy.set({ kind: "replay" });
    expect((await exchange("/a")).text.match(/HTTP\/1.1/g)).toHaveLength(1);
    await expect.poll(() => requests).toEqual(["/a", "/a"]);
  });

  it.each([
    [PORTAL, "200 OK"],
    [TOO_MANY, "Retry-After: 7"],
    [UNAVAILABLE, "503 Service Unavailable"],
  ])("answers itself", async (fault, words) => {
    proxy.set(fault);
    expect((await exchange("/a", { last: words })).text).toContain(words);
    expect(requests).toEqual([]);
  });

  it("does something else to each of the next connections", async () => {
    proxy.next({ kind: "dropAnswer" }, PORTAL);
    expect((await exchange("/a")).text).toBe("");
    expect((await exchange("/b", { last: "terms" })).end).toBe("open");
    expect((await exchange("/c")).text).toMatch(/x{500}$/);
  });

  it("ends connections that are open when it changes", async () => {
    proxy.set({ kind: "blackhole" });
    const waiting = exchange("/a");
    await expect.poll(() => proxy.traffic.bytesUp).toBeGreaterThan(0);
    proxy.set({ kind: "pass" });
    expect((await waiting).end).not.toBe("silent");
  });
});

it("a silent port does not even take the connection", async () => {
  const silent = await startSilentPort();
  expect(await exchange("/a", { port: silent.port, after: Promise.resolve() })).toEqual({ text: "", end: "silent" });
  await silent.close();
});
