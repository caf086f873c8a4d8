import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it, onTestFinished } from "vitest";
import { startShelf } from "../../src/shelf/shelf";
import { send } from "../support/node/contracts/send";
import { tempDir } from "../support/node/temp-dir";

const main = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));
const command = ["--import", "tsx", main];

const ribbon = async (...words: string[]) =>
  (await promisify(execFile)(process.execPath, [...command, ...words])).stdout;

describe("ribbon", () => {
  it("serves books to a device whose key was made meanwhile, until the key is revoked", async () => {
    const data = tempDir();
    const words = [...command, "serve", "--books", tempDir(), "--data", data, "--port", "0"];
    const server = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "inherit"] });
    onTestFinished(() => void server.kill());
    const [greeting] = (await once(server.stdout, "data")) as [Buffer];
    const origin = /http:\S+/.exec(greeting.toString())?.[0] ?? "";
    const key = (await ribbon("key", "add", "Clara", "--data", data)).trim();
    expect(key).toMatch(/^tk_[0-9a-f]{40}$/);
    const call = () => send(origin, "GET", "/api/tome-sync/series", { Authorization: `Bearer ${key}` });
    expect((await call()).status).toBe(200);
    const list = await ribbon("key", "list", "--data", data);
    expect(list).toContain("Clara");
    expect(list).not.toContain(key);
    await ribbon("key", "revoke", "1", "--data", data);
    expect((await call()).status).toBe(401);
    server.kill("SIGTERM");
    expect(await once(server, "exit")).toEqual([0, null]);
  });

  it("lets a device in that shows a code", async () => {
    const data = tempDir();
    const shelf = await startShelf({ dataDir: data });
    onTestFinished(() => shelf.close());
    const post = async (step: string, body?: object) => {
      const path = `/api/auth/quick-connect/${step}`;
      return JSON.parse((await send(shelf.origin, "POST", path, {}, JSON.stringify(body ?? {}))).body.toString()) as {
        [name: string]: string;
      };
    };
    const { code = "", poll_token } = await post("initiate");
    expect(await ribbon("pair", code.toLowerCase(), "--data", data)).toContain("let in");
    expect(await post("poll", { code, poll_token })).toMatchObject({ status: "authorized" });
  });

  it.each([
    [["serve", "--books", "/nowhere/at/all"], "nowhere"],
    [["serve", "--books", ".", "--port", "x"], "port"],
    [["key", "revoke", "7"], "no key 7"],
    [["pair", "ABCDEF"], "No device shows that code"],
  ])("%j says what is wrong", async (words, expected) => {
    const failed: unknown = await ribbon(...words, "--data", tempDir()).catch((error: unknown) => error);
    expect((failed as { stderr: string }).stderr).toContain(expected);
  });
});
