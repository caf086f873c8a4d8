// The ports that servers of the tests are told to listen at.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import net from "node:net";
import path from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { freePort, isListening } from "../support/node/ports";

const SOURCE = path.resolve(import.meta.dirname, "../support/node/ports.ts");
const take = async (count: number): Promise<number[]> => {
  const taken: number[] = [];
  while (taken.length < count) taken.push(await freePort());
  return taken;
};

it("gives no port twice, and none that connections get", async () => {
  const taken = await take(250);
  expect(new Set(taken).size).toBe(taken.length);
  expect(Math.max(...taken)).toBeLessThan(32_768);
  const together = await Promise.all(Array.from({ length: 20 }, () => freePort()));
  expect(new Set([...taken, ...together]).size).toBe(270);
});

it("gives none that another process of the tests was given", async () => {
  const mine = await freePort();
  const script = `import { freePort } from ${JSON.stringify(SOURCE)};
    Object.defineProperty(process, "pid", { value: ${process.pid} });
    console.log(await freePort());`;
  const words = ["--import", "tsx", "--input-type=module", "-e", script];
  const theirs = Number(execFileSync(process.execPath, words, { encoding: "utf8" }));
  expect(Math.floor(theirs / 100)).not.toBe(Math.floor(mine / 100));
});

it("leaves out one where somebody listens", async () => {
  const next = (await freePort()) + 1;
  const server = net.createServer();
  await new Promise<void>(resolve => server.listen(next, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  expect(await freePort()).toBe(next + 1);
});

it("knows whose a port is", async () => {
  const port = await freePort();
  expect(isListening(process.pid, port)).toBe(false);
  const server = net.createServer();
  await new Promise<void>(resolve => server.listen(port, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  expect(isListening(process.pid, port)).toBe(true);
  const other = spawn("sleep", ["1000"]);
  onTestFinished(() => void other.kill());
  await once(other, "spawn");
  expect(isListening(other.pid, port)).toBe(false);
});
