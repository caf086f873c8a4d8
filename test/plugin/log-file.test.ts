// The log's own file: how much comes into it, and how long it gets.
import fs from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import type { Hand } from "../support/node/hand";
import { FIND_LIBRARY } from "../support/node/library";
import { openMenu } from "../support/node/menu-test";
import { ASH, closeAll, pluginTest as test, settle } from "../support/node/plugin-test";

const logOf = (hand: Hand, name = "ribbon.log"): string[] => {
  const file = path.join(hand.dataDir, "settings", name);
  return fs.existsSync(file) ? fs.readFileSync(file, "utf8").trimEnd().split("\n") : [];
};

const tell = (hand: Hand, kind: "info" | "warn", text: string): Promise<unknown> =>
  hand.run(`${FIND_LIBRARY} the_require("src.app.start").ribbon().runtime.log:${kind}("${text}")`);

async function choose(hand: Hand, level: string): Promise<void> {
  await openMenu(hand, "More", "Written into the log: the usual");
  await hand.tap(level);
  await closeAll(hand);
}

test("everything: what happens and how long it takes, but nothing for a page turn", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await choose(hand, "everything");
  await hand.openBook(file);
  await settle(hand);
  const before = logOf(hand).length;
  await hand.turn(40, 5);
  expect(logOf(hand)).toHaveLength(before);
  await hand.closeBook();
  await settle(hand);
  const lines = logOf(hand).join("\n");
  expect(lines).toMatch(/^2026-05-04T\d\d:\d\d:\d\dZ detail onReaderReady: \d+ ms$/m);
  expect(lines).toMatch(/^\S+ detail onCloseDocument: \d+ ms$/m);
  expect(lines).toMatch(/^\S+ detail a worker took \d+ ms$/m);
  expect(home.turns()).toEqual([40]);
});

test("errors only: what went well is not written, and the choice outlives a restart", async ({ home }) => {
  const hand = await home.device();
  await tell(hand, "info", "it went well");
  await choose(hand, "errors only");
  await tell(hand, "info", "it went well again");
  await tell(hand, "warn", "it did not");
  await hand.exit();
  const next = await home.device();
  await tell(next, "info", "it went well at last");
  await tell(next, "warn", "it did not once more");
  expect(logOf(next).map(line => line.slice(21))).toEqual([
    "info it went well",
    "warn it did not",
    "warn it did not once more",
  ]);
});

test("the file is never longer than 128 KB, and one before it is kept", async ({ home }) => {
  const hand = await home.device();
  await hand.run(`${FIND_LIBRARY} local log = the_require("src.app.start").ribbon().runtime.log
    for i = 1, 6000 do log:info("line " .. i .. " of many that come one after another") end`);
  const [newest, older] = [logOf(hand), logOf(hand, "ribbon.log.old")];
  for (const lines of [newest, older]) expect(lines.join("\n").length).toBeLessThanOrEqual(128 * 1024 + 200);
  expect(newest.at(-1)).toMatch(/line 6000 of many/);
  const numbers = older.concat(newest).map(line => Number(/line (\d+)/.exec(line)?.[1]));
  expect(numbers).toEqual(Array.from(numbers, (_, index) => 6000 - numbers.length + 1 + index));
});
