// The reader goes back to an older Ribbon: what a newer one left on the device is worked with as far as it is understood, and
// stays as it is beyond that.
import fs from "node:fs";
import path from "node:path";
import Sqlite from "better-sqlite3";
import { expect } from "vitest";
import { SHAPE } from "../../src/koreader/store/shape";
import { FIND_LIBRARY } from "../support/node/library";
import { ASH, pluginTest as test, readBook, settle } from "../support/node/plugin-test";

/** What a newer Ribbon may have made of the store: only what the rule in migrations.ts allows. */
const NEWER = [
  "ALTER TABLE outbox ADD COLUMN weight INTEGER NOT NULL DEFAULT 1",
  "ALTER TABLE book ADD COLUMN language TEXT NOT NULL DEFAULT ''",
  "ALTER TABLE link ADD COLUMN edition TEXT",
  "CREATE TABLE shelf_mark (book INTEGER PRIMARY KEY, mark TEXT NOT NULL)",
  `PRAGMA user_version = ${SHAPE + 1}`,
];

test("a newer store is read and written, its shape stays, and what waits in it is sent", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await hand.loseWifi();
  await readBook(hand, file, 12);
  await hand.exit();
  const store = path.join(hand.dataDir, "settings/ribbon.sqlite3");
  const before = new Sqlite(store);
  for (const step of NEWER) before.exec(step);
  before.close();
  const next = await home.device();
  await settle(next);
  await readBook(next, file, 20);
  expect(home.turns()).toEqual([12, 20]);
  expect(next.log).toContain(`the store is a newer Ribbon's and stays as it is, shape ${SHAPE + 1}`);
  await next.exit();
  const after = new Sqlite(store, { readonly: true });
  expect(after.pragma("user_version", { simple: true })).toBe(SHAPE + 1);
  after.close();
});

test("servers and choices that only a newer Ribbon understands outlive what an older one saves", async ({ home }) => {
  const hand = await home.device();
  const file = path.join(hand.dataDir, "settings/ribbon.lua");
  await hand.exit();
  const text = fs.readFileSync(file, "utf8");
  const newer = '{ id = "newer", kind = "grimoire", name = "Other", url = "https://x", key = "k" }';
  fs.writeFileSync(
    file,
    text.replace(/\["?connections"?\] = \{|connections = \{/, found => `${found} ${newer},`),
  );
  const next = await home.device();
  await next.run(`${FIND_LIBRARY} local settings = the_require("src.app.start").ribbon().runtime.settings
    local own = settings:connections()[1] settings:saveConnection(own)
    own.id = "third" settings:saveConnection(own) settings:removeConnection("third")
    settings:savePreferences({ fromNewer = 7 }) settings:savePreferences({ lastCall = true })`);
  await next.exit();
  const kept = fs.readFileSync(file, "utf8");
  expect(kept).toContain('"grimoire"');
  expect(kept).toContain('["fromNewer"] = 7');
  expect(kept).not.toContain('"third"');
});

const isHarmless = (statement: string): boolean =>
  /^CREATE (TABLE|INDEX) /.test(statement) || /^ALTER TABLE \w+ ADD COLUMN (?!.*NOT NULL(?!.*DEFAULT))/.test(statement);

test("each step of the store's migrations only adds", async ({ home }) => {
  const hand = await home.device();
  const steps = (await hand.run(
    `${FIND_LIBRARY} return the_require("src.koreader.store.migrations").MIGRATIONS`,
  )) as string[];
  expect(steps).toHaveLength(SHAPE);
  const statements = steps.flatMap(step => step.split(";").map(each => each.trim().replaceAll(/\s+/g, " ")));
  expect(statements.filter(statement => !isHarmless(statement))).toEqual([]);
  for (const harm of ["DROP TABLE book", "ALTER TABLE book RENAME TO tome", "ALTER TABLE a ADD COLUMN b TEXT NOT NULL"])
    expect(isHarmless(harm)).toBe(false);
});
