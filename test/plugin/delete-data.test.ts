// More › Delete Ribbon's data, and what KOReader's own plugin manager does: all of it goes, or the next start finishes it.
import fs from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import type { Hand } from "../support/node/hand";
import { FIND_LIBRARY } from "../support/node/library";
import { openMenu, textWith } from "../support/node/menu-test";
import { ASH, closeAll, type Household, pluginTest as test, readBook, settle } from "../support/node/plugin-test";

const CLASS = 'getmetatable(require("pluginloader"):getPluginInstance("ribbon")).__index';

/** Whatever of ours lies in KOReader's folder. */
function own(hand: Hand): string[] {
  const settings = fs.readdirSync(path.join(hand.dataDir, "settings")).filter(name => name.startsWith("ribbon"));
  const data = fs.readdirSync(hand.dataDir).filter(name => name.startsWith("ribbon"));
  const cache = fs.existsSync(path.join(hand.dataDir, "cache/ribbon")) ? ["cache"] : [];
  const books = path.join(hand.dataDir, "books");
  const parts = fs.existsSync(books) ? fs.readdirSync(books).filter(name => name.endsWith(".ribbon-part")) : [];
  return settings.concat(data, cache, parts);
}

/** A device that was read on for a while, and has something of every kind. */
async function livedIn(home: Household): Promise<{ hand: Hand; file: string }> {
  const { hand, file } = await home.deviceWith(ASH);
  await readBook(hand, file, 15);
  await home.proxy.refuse();
  await readBook(hand, file, 12);
  await readBook(hand, file, 12);
  const settings = path.join(hand.dataDir, "settings");
  for (const folder of ["ribbon-sdr-backup/2026-05-01", "ribbon-sdr-spool/in"]) {
    fs.mkdirSync(path.join(settings, folder), { recursive: true });
    fs.writeFileSync(path.join(settings, folder, "one"), "one");
  }
  fs.mkdirSync(path.join(hand.dataDir, "cache/ribbon/lib"), { recursive: true });
  for (const name of ["ribbon.sqlite3.damaged-20260501-120000", "ribbon.lua.old"]) {
    fs.writeFileSync(path.join(settings, name), "");
  }
  const target = path.join(path.dirname(file), "Emma.epub");
  fs.writeFileSync(path.join(path.dirname(file), ".Emma.epub.ribbon-part"), "half");
  await hand.run(`${FIND_LIBRARY} the_require("src.koreader.store.open").store():run(
    "INSERT INTO download (batch, connection, remote_id, book, file, inbox_item, created_at, state, target) VALUES (1, 'main', '9', '{}', '{}', '', 1, 'failed', '${target}')")`);
  return { hand, file };
}

const DELETE = "Delete Ribbon's data…";

test("it says what goes, what stays and what is lost, and asks twice", async ({ home }) => {
  const { hand } = await livedIn(home);
  const before = own(hand);
  const question =
    (await openMenu(hand, "More", DELETE)).find(text => text.startsWith("Delete Ribbon's data on")) ?? "";
  expect(question).toContain("What stays: all books and highlights");
  expect(question).toContain(
    "Lost for good would be:\n• 2 sessions that Home does not have yet\n• your place in 1 book, for Home\n• 1 book on its way here",
  );
  await hand.tap("Delete…");
  const again = (await hand.screen()).slice(-4);
  expect(again[0]).toMatch(/^This cannot be undone\./);
  // A second tap in the same place, at the right, keeps everything.
  expect(again.at(-1)).toBe("Keep everything");
  await hand.tap("Keep everything");
  expect(own(hand)).toEqual(before);
  await closeAll(hand);
});

test("then nothing of Ribbon's is left, every book is, and nothing runs until KOReader starts again", async ({
  home,
}) => {
  const { hand, file } = await livedIn(home);
  await openMenu(hand, "More", DELETE);
  await hand.tap("Delete…");
  await hand.tap("Delete everything");
  await hand.advance(1);
  expect(await textWith(hand, "KOReader starts again")).toMatch(/^Ribbon's data is deleted/);
  expect(own(hand)).toEqual([]);
  expect(fs.existsSync(file)).toBe(true);
  await hand.tap("Restart later");
  await closeAll(hand);
  await home.proxy.listen();
  home.proxy.taken();
  await hand.openBook(file);
  await hand.turn(60, 20);
  await hand.closeLid();
  await hand.openLid(10);
  await hand.closeBook();
  await settle(hand);
  expect(own(hand)).toEqual([]);
  expect(home.proxy.taken()).toEqual([]);
  expect(await hand.waitingFor()).toMatchObject({ standbyHolds: 0 });
  expect(await hand.exit()).toBe(0);
  expect(hand.orphans).toBe(0);
  const next = await home.device({ isSetUp: false });
  expect(await openMenu(next)).toContain("Set up Ribbon…");
});

test("with a book open, what was read in it goes too", async ({ home }) => {
  const { hand, file } = await livedIn(home);
  await hand.openBook(file);
  await settle(hand);
  await hand.turn(20, 20);
  await openMenu(hand, "More", DELETE);
  await hand.tap("Delete…");
  await hand.tap("Delete everything");
  await hand.advance(1);
  await hand.tap("Restart now");
  await hand.ended;
  expect(own(hand)).toEqual([]);
});

/** What KOReader v2026.07 does for "Delete plugin and settings": the folder goes first. */
test("KOReader's plugin manager removes the folder, then the data, then stops us", async ({ home }) => {
  const { hand } = await livedIn(home);
  await openMenu(hand);
  await closeAll(hand);
  fs.rmSync(path.join(hand.dataDir, "plugins/ribbon.koplugin"), { recursive: true });
  const ok = await hand.run(`
    local instance = require("pluginloader"):getPluginInstance("ribbon")
    local deleted, problem = pcall(instance.deletePluginSettings, instance)
    local stopped, other = pcall(instance.stopPlugin, instance)
    return { deleted = deleted, stopped = stopped, problem = problem or other }`);
  expect(ok).toEqual({ deleted: true, stopped: true });
  expect(own(hand)).toEqual([]);
  await hand.advance(4000);
  expect(own(hand)).toEqual([]);
});

test("switched off in the plugin manager, Ribbon keeps what was read and does nothing more", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await hand.openBook(file);
  await settle(hand);
  await hand.turn(20, 20);
  await hand.run('local i = require("pluginloader"):getPluginInstance("ribbon") i:stopPlugin() i:stopPlugin(true)');
  await hand.turn(20, 20);
  await hand.closeBook();
  await settle(hand);
  expect(home.turns()).toEqual([]);
  expect(await hand.run(`return ${CLASS}.onPageUpdate == nil`)).toBe(true);
  expect(await hand.exit()).toBe(0);
  await settle(await home.device());
  expect(home.turns()).toEqual([20]);
});

test("settings and what waits survive when only the plugin's folder is deleted", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await home.proxy.refuse();
  await readBook(hand, file, 12);
  await hand.exit();
  fs.rmSync(path.join(hand.dataDir, "plugins/ribbon.koplugin"), { recursive: true });
  const without = await home.device({ plugin: [] });
  await without.advance(60);
  await without.exit();
  await home.proxy.listen();
  await settle(await home.device());
  expect(home.turns()).toEqual([12]);
});

test.for([0, 1, 2, 3, 5, 8, 13])("cut short after %i removals, the next start finishes it", async (count, { home }) => {
  const { hand } = await livedIn(home);
  // KOReader dies in the middle: from some removal on nothing happens any more.
  await hand.run(`
    local left, remove = ${count}, os.remove
    os.remove = function(path)
      if left == 0 then require("ffi").C.kill(require("ffi").C.getpid(), 9) end
      left = left - 1
      return remove(path)
    end`);
  await hand
    .run(
      `require("ffi").cdef("int kill(int, int); int getpid(void);")
      require("pluginloader"):getPluginInstance("ribbon"):deletePluginSettings() os.exit(9)`,
    )
    .catch(() => {});
  await hand.ended;
  const next = await home.device({ isSetUp: false });
  await settle(next);
  expect(own(next).filter(name => !/^ribbon\.(lua|sqlite3(-wal|-shm)?)$/.test(name))).toEqual([]);
  expect(await openMenu(next)).toContain("Set up Ribbon…");
  expect(await next.run(`${FIND_LIBRARY} return the_require("src.koreader.store.open").store():first("SELECT COUNT(*) FROM book")[1]`)).toBe(0); // prettier-ignore
  expect(home.turns()).toEqual([15]);
});
