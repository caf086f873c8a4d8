// The file on the device: what an older Ribbon left is taken over.
import path from "node:path";
import Sqlite from "better-sqlite3";
import { expect } from "vitest";
import { SHAPE } from "../../src/koreader/store/shape";
import { ASH, pluginTest as test, settle } from "../support/node/plugin-test";

/** Takes the steps of src/koreader/store/migrations.ts back, to the store as its first step made it. */
const STEPS_BACK = [
  "ALTER TABLE book DROP COLUMN identifiers",
  "ALTER TABLE book DROP COLUMN pages",
  "DROP TABLE download",
  "DROP TABLE receipt",
  "DROP INDEX link_by_remote",
  "DROP INDEX outbox_by_book",
  "ALTER TABLE link DROP COLUMN written",
  "DROP TABLE day_part",
  "ALTER TABLE open_session DROP COLUMN yielded",
  "PRAGMA user_version = 1",
];

test("the store of an older Ribbon is taken over, with the session that was open", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await hand.openBook(file);
  await hand.turn(30, 20);
  await hand.kill();
  const store = new Sqlite(path.join(hand.dataDir, "settings/ribbon.sqlite3"));
  for (const step of STEPS_BACK) store.exec(step);
  store.close();
  await settle(await home.device());
  expect(home.sessions()).toHaveLength(1);
});

test("a new store has the shape that later starts expect of it", async ({ home }) => {
  const hand = await home.device();
  await settle(hand);
  const store = new Sqlite(path.join(hand.dataDir, "settings/ribbon.sqlite3"), { readonly: true });
  expect(store.pragma("user_version", { simple: true })).toBe(SHAPE);
  store.close();
});
