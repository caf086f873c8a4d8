// The clocks, the order of tasks, and what a killed reader leaves.
import { expect } from "vitest";
import { heard, readerTest as test, sampleBook } from "../support/node/reader-test";

const MORNING = Date.UTC(2026, 4, 1, 7) / 1000;

/** Schedules tasks that write down their names, by seconds. */
const schedule = (tasks: Record<string, number>): string =>
  `local UIManager = require("ui/uimanager") ran = require("rapidjson").array({})
  ${Object.entries(tasks)
    .map(([name, seconds]) => `UIManager:scheduleIn(${seconds}, function() table.insert(ran, "${name}") end)`)
    .join("\n")}`;

test("tasks run at their time, and at the same time in their order", async ({ device }) => {
  const hand = await device.start({ now: MORNING });
  await hand.run(schedule({ late: 60, first: 10, soon: 5, second: 10 }));
  await hand.advance(4);
  expect(await hand.run("return ran")).toEqual([]);
  await hand.advance(10);
  expect(await hand.run("return ran")).toEqual(["soon", "first", "second"]);
  expect(await hand.now()).toBe(MORNING + 14);
});

test("every clock of Lua and KOReader follows the fake one", async ({ device }) => {
  const hand = await device.start({ now: MORNING });
  await hand.run('time = require("ui/time") begun = time.now()');
  await hand.advance(3600);
  expect(await hand.run("return os.time()")).toBe(MORNING + 3600);
  expect(await hand.run('return os.date("%Y-%m-%d %H:%M")')).toBe("2026-05-01 08:00");
  expect(await hand.run("return math.floor(time.to_s(time.since(begun)))")).toBe(3600);
});

test("sleep moves the wall clock, not the tasks", async ({ device }) => {
  const hand = await device.start({ now: MORNING });
  await hand.run(schedule({ task: 100 }));
  await hand.closeLid();
  await hand.openLid(60);
  expect(await hand.now()).toBe(MORNING + 15 + 3600);
  await hand.advance(80);
  expect(await hand.run("return ran")).toEqual([]);
  await hand.advance(10);
  expect(await hand.run("return ran")).toEqual(["task"]);
});

test("a clock that is set moves no task", async ({ device }) => {
  const hand = await device.start({ now: MORNING });
  await hand.run(schedule({ task: 10 }));
  await hand.setClock(MORNING + 86_400);
  await hand.advance(5);
  expect(await hand.run("return ran")).toEqual([]);
  expect(await hand.now()).toBe(MORNING + 86_405);
});

test("a task for the next tick waits for its turn", async ({ device }) => {
  const hand = await device.start();
  await hand.run(`${schedule({})}
    UIManager:nextTick(function() table.insert(ran, "one") UIManager:nextTick(function() table.insert(ran, "three") end) end)
    UIManager:nextTick(function() table.insert(ran, "two") end)`);
  await hand.do("settle");
  expect(await hand.run("return ran")).toEqual(["one", "two", "three"]);
});

test("work that is left for the next tick when the reader exits is lost", async ({ device }) => {
  const hand = await device.start();
  await hand.openBook(hand.addBook(sampleBook("ash.epub")));
  await hand.run(`
    local diary = require("pluginloader"):getPluginInstance("diary")
    diary.onCloseWidget = function() require("ui/uimanager"):nextTick(function() error("not lost") end) end`);
  expect(await hand.exit()).toBe(0);
});

test("tasks that never rest are found out", async ({ device }) => {
  const hand = await device.start();
  await hand.run(`local UIManager = require("ui/uimanager")
    local function again() UIManager:nextTick(again) end again()`);
  await expect(hand.do("settle")).rejects.toThrow("never rests");
});

test("a killed reader starts again from what was on disk, and its clock goes on", async ({ device }) => {
  const first = await device.start({ now: MORNING });
  const book = first.addBook(sampleBook("ash.epub"));
  await first.openBook(book);
  await first.turn(9, 30);
  await first.closeBook();
  await first.openBook(book);
  await first.turn(5, 30);
  await first.kill();
  expect(await first.ended).toBe(null);

  const second = await device.start();
  expect(await second.now()).toBeGreaterThanOrEqual(MORNING + 14 * 30);
  await second.openBook(book);
  expect(await second.position()).toMatchObject({ page: 10 });
});

test("while a book is read, KOReader saves it every quarter of an hour", async ({ device }) => {
  const hand = await device.start();
  await hand.openBook(hand.addBook(sampleBook("ash.epub")));
  await heard(hand);
  await hand.turn(31, 30);
  expect((await heard(hand)).filter(line => line === "SaveSettings")).toHaveLength(1);
});
