import { execFile } from "node:child_process";
import { copyFileSync, existsSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import Database from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { backUp, restore } from "../../../src/shelf/store/backup";
import { openStore } from "../../../src/shelf/store/store";
import { startSeeded } from "../../support/node/contracts/seeded";
import { tempDir } from "../../support/node/temp-dir";

const main = fileURLToPath(new URL("../../../src/cli/main.ts", import.meta.url));
const ribbon = async (...words: string[]) =>
  (await promisify(execFile)(process.execPath, ["--import", "tsx", main, ...words])).stdout;
/** A Shelf to which a device brings one session after another, without a pause, until it is told to stop. */
async function busyShelf() {
  const { ask, dataDir, shelf } = await startSeeded();
  let isBusy = true;
  let acknowledged = 0;
  const send = async () => {
    const session = { book_id: 9, started_at: "2026-05-01T10:00:00Z", duration_seconds: 60, progress_end: 0.5 };
    while (isBusy) {
      const { status } = await ask("<plugin key>", "POST", "/api/tome-sync/session", session);
      if (status === 201) acknowledged += 1;
    }
  };
  const sending = send();
  const stop = () => {
    isBusy = false;
    return sending;
  };
  return { dataDir, shelf, acknowledged: () => acknowledged, stop };
}

const sessionsIn = (dataDir: string) => {
  const store = openStore(dataDir);
  const sessions = store.sessions.all();
  store.close();
  return sessions;
};

describe("a backup", () => {
  it("is whole, though sessions come in meanwhile", async () => {
    const { dataDir, acknowledged, stop } = await busyShelf();
    const file = join(tempDir(), "backup.sqlite3");
    const before = acknowledged();
    expect(await ribbon("backup", file, "--data", dataDir)).toContain(file);
    const after = acknowledged();
    await stop();
    expect(after - before, "nothing came in meanwhile").toBeGreaterThan(10);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(file, ".."))).toEqual(["backup.sqlite3"]);

    const elsewhere = tempDir();
    await ribbon("restore", file, "--data", elsewhere);
    const { length } = sessionsIn(elsewhere);
    expect(length).toBeGreaterThanOrEqual(before);
    expect(length).toBeLessThanOrEqual(after + 1);
    const db = new Database(join(elsewhere, "shelf.sqlite3"), { readonly: true });
    expect(db.pragma("integrity_check", { simple: true })).toBe("ok");
    expect(db.prepare("PRAGMA foreign_key_check").all()).toEqual([]);
    db.close();
  });

  it("is not written over a file that is there, nor of a folder without a database", async () => {
    const { dataDir } = await startSeeded();
    const file = join(tempDir(), "backup.sqlite3");
    writeFileSync(file, "letters");
    await expect(backUp(dataDir, file)).rejects.toThrow("exists already");
    const nowhere = tempDir();
    await expect(backUp(nowhere, join(nowhere, "x"))).rejects.toThrow("there is no database");
    expect(readdirSync(nowhere)).toEqual([]);
  });
});

const NOW = new Date("2026-11-21T10:00:00Z");

describe("going back to a backup", () => {
  it("is refused while the server runs, and keeps what was there", async () => {
    const { dataDir, shelf, ask } = await startSeeded();
    const file = join(tempDir(), "backup.sqlite3");
    await backUp(dataDir, file);
    await ask("<plugin key>", "POST", "/api/tome-sync/session", { book_id: 9, started_at: "2026-05-01" });
    expect(() => restore(dataDir, file, NOW)).toThrow("the server is running");
    expect(shelf.sessions()).toHaveLength(1);
    await shelf.close();
    const aside = restore(dataDir, file, NOW) ?? "";
    expect(sessionsIn(dataDir)).toHaveLength(0);
    const former = tempDir();
    copyFileSync(aside, join(former, "shelf.sqlite3"));
    expect(sessionsIn(former)).toHaveLength(1);
  });

  it("is possible when the database is damaged, whatever its log says", async () => {
    const { dataDir, shelf } = await startSeeded();
    const file = join(tempDir(), "backup.sqlite3");
    await backUp(dataDir, file);
    await shelf.close();
    writeFileSync(join(dataDir, "shelf.sqlite3"), "not a database at all".repeat(500));
    writeFileSync(join(dataDir, "shelf.sqlite3-wal"), "left over");
    restore(dataDir, file, NOW);
    expect(existsSync(join(dataDir, "shelf.sqlite3-wal"))).toBe(false);
    expect(sessionsIn(dataDir)).toEqual([]);
  });

  it.each([
    ["no database", (file: string) => writeFileSync(file, "letters".repeat(1000)), "no backup of a Shelf"],
    [
      "a database of something else",
      (file: string) => void new Database(file).exec("CREATE TABLE x (y)").close(),
      "no backup",
    ],
    ["from a newer Shelf", (file: string) => makeNewer(file), "newer Shelf"],
    ["absent", () => undefined, "there is no file"],
  ])("changes nothing when the file is %s", (_, make, reason) => {
    const [dataDir, file] = [tempDir(), join(tempDir(), "backup")];
    openStore(dataDir).close();
    make(file);
    expect(() => restore(dataDir, file, NOW)).toThrow(reason);
    expect(readdirSync(dataDir)).toEqual(["shelf.sqlite3"]);
  });
});

function makeNewer(file: string): void {
  const dataDir = tempDir();
  openStore(dataDir).close();
  copyFileSync(join(dataDir, "shelf.sqlite3"), file);
  const db = new Database(file);
  db.pragma("user_version = 9999");
  db.close();
}
