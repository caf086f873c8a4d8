// What KOReader guards of a plugin, what it does not, and what the reader sees of it.
import fs from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { ReaderCrash } from "../support/node/hand";
import { DIARY, heard, readerTest as test, sampleBook, withDiary } from "../support/node/reader-test";

test("a plugin is loaded once and has an instance for each screen", async ({ device }) => {
  const hand = await device.start();
  const about = "return { diary.name, diary.path, diary.loads, diary.note, diary.ui.diary == diary }";
  expect(await withDiary(hand, about)).toEqual(["filemanagerdiary", "plugins/diary.koplugin", 1, "from _meta", true]);
  await hand.openBook(hand.addBook(sampleBook("ash.epub")));
  expect(await withDiary(hand, about)).toEqual(["readerdiary", "plugins/diary.koplugin", 1, "from _meta", true]);
});

test("a handler that breaks is logged, and answers false", async ({ device }) => {
  const hand = await device.start();
  expect(await withDiary(hand, 'return { type(diary.onBreak), diary:send("Break") or "nothing" }')).toEqual([
    "table",
    "nothing",
  ]);
  expect((await hand.problems()).join("\n")).toContain("diary:onBreak");
  expect(await withDiary(hand, 'return diary:send("Say", "hello")')).toBe(true);
});

test("a task that breaks kills the reader", async ({ device }) => {
  const hand = await device.start();
  await hand.tapMenu("Tools", "Diary", "Break later");
  await hand.advance(4);
  await expect(hand.advance(2)).rejects.toThrow(/broken in a task[^]*main.lua/);
  expect(await hand.ended).toBe(1);
  await expect(hand.screen()).rejects.toThrow(ReaderCrash);
});

test("a menu callback that breaks kills the reader", async ({ device }) => {
  const hand = await device.start();
  await expect(hand.tapMenu("Tools", "Diary", "Break")).rejects.toThrow("broken in a menu");
  expect(await hand.ended).toBe(1);
});

test("a plugin that does not load leaves a working reader", async ({ device }) => {
  const broken = path.join(device.dataDir, "broken.koplugin");
  fs.mkdirSync(broken);
  fs.writeFileSync(path.join(broken, "main.lua"), "error('no plugin')");
  const hand = await device.start({ plugin: [broken, DIARY] });
  expect((await hand.problems()).join("\n")).toContain("no plugin");
  expect(await heard(hand)).toEqual(["init browser", "NetworkConnected"]);
});

test("after loading, a plugin's own modules come last on the path", async ({ device }) => {
  const hand = await device.start();
  expect(await hand.run("return package.path")).toMatch(/^common\/\?\.lua;.*;plugins\/diary\.koplugin\/\?\.lua$/);
  expect(await hand.run("return package.loaded.lualib_bundle == nil")).toBe(true);
});

test("a message is read and tapped away; a toast goes by itself", async ({ device }) => {
  const hand = await device.start();
  await hand.tapMenu("Tools", "Diary", "Say hello");
  expect(await hand.screen()).toEqual(["Hello"]);
  await hand.tap("Hello");
  await hand.tapMenu("Tools", "Diary", "Toast");
  expect(await hand.screen()).toEqual(["Bread"]);
  await hand.advance(3);
  expect(await hand.screen()).toEqual([]);
});

test("a toast has one line, and what does not fit is cut off", async ({ device }) => {
  const hand = await device.start();
  await hand.run(`require("ui/widget/notification"):notify(("ü"):rep(58), 0x8000)`);
  expect(await hand.screen()).toEqual([`${"ü".repeat(56)}…`]);
});

test("a menu that stays open can be read", async ({ device }) => {
  const hand = await device.start();
  await hand.tapMenu("Tools", "Diary", "Heard 2");
  expect(await hand.screen()).toContain("Say hello");
  await expect(hand.tap("Say nothing")).rejects.toThrow(
    'nothing to tap says "Say nothing"; the screen shows: Say hello |',
  );
  await hand.back();
  await hand.back();
  expect(await hand.screen()).toEqual([]);
});

test("dialogs take what is typed", async ({ device }) => {
  const hand = await device.start();
  await hand.run(`
    local UIManager = require("ui/uimanager")
    local dialog
    dialog = require("ui/widget/multiinputdialog"):new{
      title = "Server", fields = { { hint = "Address" }, { hint = "Key", text_type = "password" } },
      buttons = { { { text = "Cancel", id = "close", callback = function() UIManager:close(dialog) end },
                    { text = "Save", callback = function() typed = dialog:getFields() UIManager:close(dialog) end } } },
    }
    UIManager:show(dialog)`);
  await hand.typeInto("Address", "http://shelf");
  await hand.typeInto("Key", "abc");
  expect(await hand.screen()).toEqual(["Server", "http://shelf", "***", "Cancel", "Save"]);
  await hand.tap("Save");
  expect(await hand.run("return typed")).toEqual(["http://shelf", "abc"]);
  expect(await hand.screen()).toEqual([]);
});

test("a question closes after its answer", async ({ device }) => {
  const hand = await device.start();
  const ask = `require("ui/uimanager"):show(require("ui/widget/confirmbox"):new{
    text = "Sure?", ok_text = "Yes", ok_callback = function() answer = "yes" end, cancel_callback = function() answer = "no" end })`;
  await hand.run(ask);
  await hand.tap("Yes");
  expect(await hand.run("return answer")).toBe("yes");
  await hand.run(ask);
  await hand.back();
  expect(await hand.run("return answer")).toBe("no");
  expect(await hand.screen()).toEqual([]);
});

test("heap and holds can be measured", async ({ device }) => {
  const hand = await device.start();
  expect(await hand.heap()).toBeGreaterThan(100);
  expect((await hand.holds()).map(hold => hold.verb)).toContain("start");
});
