import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { ShelfOptions } from "../../src/shelf/shelf";
import { startSeeded } from "../support/node/contracts/seeded";

const ASH = "f88350774d0c3deba9de38f4cd8d10ca";
const PROGRESS = "/api/v1/syncs/progress";
const md5 = (text: string) => createHash("md5").update(text).digest("hex");
const as = (username: string, password: string) => ({ "x-auth-user": username, "x-auth-key": md5(password) });
const place = (percentage: number, document = ASH) => ({ document, progress: "7", percentage, device: "Stock" });

async function start(options: Partial<ShelfOptions> = {}) {
  let at = Date.now();
  const seeded = await startSeeded({ now: () => new Date((at += 10)), ...options });
  const { ask } = seeded;
  expect((await ask("<jwt>", "POST", "/api/auth/me/kosync", { password: "pass" })).status).toBe(201);
  const push = (percentage: number) => ask(as("reader", "pass"), "PUT", PROGRESS, place(percentage));
  const pull = async (document = ASH) => (await ask(as("reader", "pass"), "GET", `${PROGRESS}/${document}`)).json;
  const put = (percentage: number) => ask("<plugin key>", "PUT", "/api/tome-sync/position/11", { percentage });
  const get = () => ask("<plugin key>", "GET", "/api/tome-sync/position/11");
  return { ...seeded, push, pull, put, get };
}

describe("KOSync", () => {
  it("serves the later of a push and the reader's own place", async () => {
    const { push, pull, put } = await start();
    await push(0.2);
    await put(0.3);
    expect(await pull()).toMatchObject({ percentage: 0.3, device: "web", device_id: null });
    await push(0.4);
    expect(await pull()).toMatchObject({ percentage: 0.4, device: "Stock" });
  });

  it("leaves the reader's own place alone, but finishes the book", async () => {
    const { ask, push, put, get } = await start();
    await put(0.3);
    await push(0.995);
    expect((await get()).json).toMatchObject({ percentage: 0.3 });
    const { json } = await ask("<plugin key>", "GET", "/api/tome-sync/search?q=ash");
    expect(json).toMatchObject({ books: [{ id: 11, status: "read" }] });
  });

  it("shows a later push as the reader's place when the bridge is on", async () => {
    const { push, put, get } = await start({ settings: { kosyncPositionBridge: true } });
    await push(0.2);
    expect((await get()).json).toMatchObject({ percentage: 0.2, device: "Stock", progress: "7" });
    await put(0.3);
    expect((await get()).json).toMatchObject({ percentage: 0.3 });
  });

  it("takes pages as numbers, from clients of old", async () => {
    const { ask, pull } = await start();
    await ask(as("reader", "pass"), "PUT", PROGRESS, { ...place(0.5, "x"), progress: 7 });
    expect(await pull("x")).toMatchObject({ progress: "7" });
  });

  it("gives strangers nothing of an account, nor its name", async () => {
    const { ask } = await start();
    const join = (username: string) => ask({}, "POST", "/api/v1/users/create", { username, password: md5("x") });
    expect((await join("librarian")).status).toBe(402);
    expect((await join("walk-in")).status).toBe(201);
    await ask("<plugin key>", "PUT", "/api/tome-sync/position/11", { percentage: 0.3 });
    expect((await ask(as("walk-in", "x"), "GET", `${PROGRESS}/${ASH}`)).json).toEqual({});
  });

  it("lets in neither a guest, nor a wrong key, nor somebody whose account was closed", async () => {
    const { ask } = await start();
    await ask("<jwt: guest>", "POST", "/api/auth/me/kosync", { password: "pass" });
    const signIn = async (username: string, password: string) =>
      (await ask(as(username, password), "GET", "/api/v1/users/auth")).status;
    expect(await signIn("guest", "pass")).toBe(403);
    expect(await signIn("reader", "wrong")).toBe(401);
    expect(await signIn("reader", "pass")).toBe(200);
    await ask("<jwt: librarian>", "PUT", "/api/users/2", { is_active: false });
    expect(await signIn("reader", "pass")).toBe(401);
  });

  it("replaces the key when the account is linked anew", async () => {
    const { ask } = await start();
    await ask("<jwt>", "POST", "/api/auth/me/kosync", { password: "other" });
    expect((await ask(as("reader", "pass"), "GET", "/api/v1/users/auth")).status).toBe(401);
    expect((await ask(as("reader", "other"), "GET", "/api/v1/users/auth")).status).toBe(200);
  });
});
