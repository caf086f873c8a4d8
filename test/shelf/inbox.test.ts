import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { pathsOf } from "../support/node/contracts/seed";
import { startSeeded } from "../support/node/contracts/seeded";

const INBOX = "/api/tome-sync/inbox";
const SEND = "/api/send-to-device/koreader";

describe("the inbox", () => {
  it("is one for all devices of a user, and nobody else's", async () => {
    const { ask } = await startSeeded();
    await ask("<jwt>", "POST", SEND, { book_ids: [9] });
    for (const device of ["<plugin key>", "<plugin key: reader-second>"])
      expect((await ask(device, "GET", INBOX)).json).toMatchObject({ count: 1, items: [{ book_id: 9 }] });
    expect((await ask("<plugin key: librarian>", "GET", INBOX)).json).toEqual({ count: 0, items: [] });
    await ask("<plugin key: reader-second>", "POST", `${INBOX}/1/delivered`);
    expect((await ask("<plugin key>", "GET", INBOX)).json).toEqual({ count: 0, items: [] });
  });

  it("takes a book once, also when it is named twice in one request", async () => {
    const { ask } = await startSeeded();
    const { json } = await ask("<jwt>", "POST", SEND, { book_ids: [9, 9, 12] });
    expect(json).toEqual({ queued: 2, skipped: 1 });
  });

  it("does not offer a book whose file is gone", async () => {
    const { ask, shelf, booksDir } = await startSeeded();
    await ask("<jwt>", "POST", SEND, { book_ids: [9, 12] });
    for (const path of pathsOf(9)) rmSync(join(booksDir, path));
    await shelf.rescan();
    expect((await ask("<plugin key>", "GET", INBOX)).json).toMatchObject({ count: 1, items: [{ book_id: 12 }] });
  });

  it("can be switched off", async () => {
    const { ask } = await startSeeded({ settings: { sendToKoreader: false } });
    expect((await ask("<plugin key>", "GET", INBOX)).status).toBe(404);
    expect((await ask("<jwt>", "POST", SEND, { book_ids: [9] })).status).toBe(404);
  });
});
