import { describe, expect, it } from "vitest";
import { openStore } from "../../src/shelf/store/store";
import { startSeeded } from "../support/node/contracts/seeded";

const NOBODY = {};
const EMPTY = { pollHash: "", expiresAt: "9", device: null, address: null };
const path = (step: string) => `/api/auth/quick-connect/${step}`;

async function pair() {
  let at = Date.now();
  const seeded = await startSeeded({ now: () => new Date(at) });
  const { json } = await seeded.ask(NOBODY, "POST", path("initiate"));
  const { code, poll_token } = json as { code: string; poll_token: string };
  const poll = (token = poll_token) => seeded.ask(NOBODY, "POST", path("poll"), { code, poll_token: token });
  const authorize = (typed = code) => seeded.ask("<jwt>", "POST", path("authorize"), { code: typed });
  const wait = (ms: number) => void (at += ms);
  return { ...seeded, code, poll_token, poll, authorize, wait };
}

describe("pairing by a code", () => {
  it("lets a device in as the one who entered the code, who gets it a key", async () => {
    const { poll, authorize, ask, code } = await pair();
    expect((await authorize(` ${code.toLowerCase()} `)).json).toEqual({ status: "authorized" });
    const { access_token } = (await poll()).json as { access_token: string };
    expect((await ask(access_token, "GET", "/api/auth/me")).json).toMatchObject({ username: "reader" });
    expect((await ask(access_token, "POST", "/api/plugin/api-keys", {})).status).toBe(201);
    expect((await poll()).status).toBe(410);
  });

  it("has codes that can be read aloud, and poll tokens that cannot be guessed", async () => {
    const { code, poll_token, dataDir } = await pair();
    expect(code).toMatch(/^[A-HJKMNP-Z2-9]{6}$/);
    expect(poll_token).toMatch(/^[\w-]{43}$/);
    const store = openStore(dataDir);
    expect(JSON.stringify(store.pairingCodes.find(code))).not.toContain(poll_token);
    store.close();
  });

  it("does not give the way in to somebody who saw the code", async () => {
    const { poll, authorize } = await pair();
    await authorize();
    expect((await poll("x".repeat(43))).status).toBe(410);
    expect((await poll()).status).toBe(200);
  });

  it("is open for five minutes", async () => {
    const { poll, authorize, wait } = await pair();
    wait(5 * 60_000 - 1);
    expect((await poll()).json).toEqual({ status: "pending" });
    wait(1);
    expect((await authorize()).status).toBe(410);
    expect((await poll()).json).toEqual({ detail: "Code has expired" });
  });

  it("keeps a thousand codes, however many are asked for", async () => {
    const { dataDir, code } = await pair();
    const store = openStore(dataDir);
    const add = (n: number) => store.pairingCodes.add({ ...EMPTY, code: `#${n}` });
    for (let n = 0; n < 1000; n += 1) add(n);
    expect(store.pairingCodes.find(code)).toBeUndefined();
    expect(store.pairingCodes.find("#0")).toBeDefined();
    store.close();
  });
});
