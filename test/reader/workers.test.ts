// Children, pipes, and what must not happen on the main loop.
import http from "node:http";
import { type AddressInfo } from "node:net";
import { expect } from "vitest";
import type { Hand } from "../support/node/hand";
import { heard, readerTest as test, withDiary } from "../support/node/reader-test";

const ASK = 'function(pid) return "hello from " .. (pid > 0 and "a child" or "nowhere") end';
const ANSWER = "answer hello from a child";

/** What the diary heard, up to its worker's answer, however long that takes. */
async function answered(hand: Hand): Promise<string[]> {
  const lines: string[] = [];
  await hand.until(async () => {
    lines.push(...(await heard(hand)));
    return lines.some(line => line.startsWith("answer "));
  });
  return lines;
}

test("on a fake clock a worker's answer comes when its time has passed", async ({ device }) => {
  const hand = await device.start();
  await heard(hand);
  await hand.secondsPerJob(3);
  await withDiary(hand, `diary:ask(${ASK}, 1)`);
  await hand.advance(2.5);
  expect(await heard(hand)).toEqual([]);
  await hand.advance(1);
  expect(await heard(hand)).toEqual([ANSWER]);
});

test("on a fake clock a killed worker's answer is lost", async ({ device }) => {
  const hand = await device.start();
  await heard(hand);
  await withDiary(hand, `require("ffi/util").terminateSubProcess(diary:ask(${ASK}, 1))`);
  await hand.advance(5);
  expect(await heard(hand)).toEqual(["answer "]);
});

test("a worker in process may close what it inherited: nothing of the reader's goes", async ({ device }) => {
  const hand = await device.start();
  await heard(hand);
  await withDiary(
    hand,
    `diary:ask(function()
    local C = require("ffi").C
    for fd = 0, 20 do C.close(fd) end
    return "closed"
  end)`,
  );
  await hand.advance(1);
  expect((await heard(hand)).join()).toContain("answer");
  expect(await hand.screen()).toEqual([]);
});

test("on the real clock a worker is a forked child", async ({ device }) => {
  const hand = await device.start({ clock: "real" });
  await heard(hand);
  const own = await hand.run('return require("ffi").C.getpid()');
  const child = await withDiary(hand, "return diary:ask(function(pid) return tostring(pid) end)");
  expect(child).not.toBe(own);
  expect(await answered(hand)).toEqual([`answer ${child as number}`]);
  expect(await hand.run(`return require("ffi/util").isSubProcessDone(${child as number})`)).toBe(true);
});

test("a child that would never end is killed and collected", async ({ device }) => {
  const hand = await device.start({ clock: "real" });
  const child = await hand.run('return (require("ffi/util").runInSubProcess(function() while true do end end))');
  const isDone = `return require("ffi/util").isSubProcessDone(${child as number})`;
  // The kill goes to the child's process group, which the child itself must have made: KOReader has this race too.
  await hand.wait(0.3);
  expect(await hand.run(isDone)).toBe(false);
  // As in KOReader, a kill that comes before the child leads its group reaches no one.
  const kill = `require("ffi/util").terminateSubProcess(${child as number}) ${isDone}`;
  await hand.until(async () => (await hand.run(kill)) === true);
});

test("a worker that nobody collected is an orphan when KOReader ends", async ({ device }) => {
  for (const clock of ["fake", "real"] as const) {
    const hand = await device.start({ clock });
    await withDiary(hand, `diary:ask(${ASK})`);
    await hand.exit();
    expect(hand.orphans).toBe(1);
  }
});

test("more than a pipe holds arrives whole", async ({ device }) => {
  for (const clock of ["fake", "real"] as const) {
    const hand = await device.start({ clock });
    await heard(hand);
    await withDiary(hand, 'diary:ask(function() return string.rep("x", 300000) end)');
    const [answer] = await answered(hand);
    expect(answer).toHaveLength("answer ".length + 300_000);
    await hand.stop();
  }
});

const FETCH = (url: string): string => `(function()
  local chunks = {}
  local _, code = require("socket.http").request{ url = "${url}", sink = require("ltn12").sink.table(chunks) }
  return tostring(code) .. " " .. table.concat(chunks)
end)`;

async function withServer(use: (url: string) => Promise<void>): Promise<void> {
  const server = http.createServer((_request, response) => response.end("from the server"));
  await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve));
  await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  server.close();
}

test("a request of a worker is allowed; one on the main loop is noted", async ({ device }) => {
  await withServer(async url => {
    for (const clock of ["fake", "real"] as const) {
      const hand = await device.start({ clock });
      await heard(hand);
      await withDiary(hand, `diary:ask(${FETCH(url)})`);
      expect(await answered(hand)).toContain("answer 200 from the server");
      expect(await hand.violations()).toEqual([]);
      expect(await hand.run(`return ${FETCH(url)}()`)).toBe("200 from the server");
      const violations = await hand.violations();
      expect(violations.map(({ what }) => what)).toContain("socket.http.request on the main loop");
      expect(violations[0]).toMatchObject({ verb: "run" });
      await hand.stop();
    }
  });
});

test("without Wi-Fi no server can be reached", async ({ device }) => {
  await withServer(async url => {
    const hand = await device.start();
    await hand.loseWifi();
    await heard(hand);
    await withDiary(hand, `diary:ask(${FETCH(url)})`);
    await hand.advance(1);
    expect(await heard(hand)).toEqual(["answer Network is unreachable "]);
  });
});

test("standby is held off and allowed again, and told once", async ({ device }) => {
  const hand = await device.start();
  await heard(hand);
  await hand.run('local m = require("ui/uimanager") m:preventStandby() m:preventStandby()');
  await hand.do("settle");
  expect(await hand.waitingFor()).toMatchObject({ standbyHolds: 2 });
  await hand.run('local m = require("ui/uimanager") m:allowStandby() m:allowStandby()');
  await hand.do("settle");
  expect(await heard(hand)).toEqual(["PreventStandby", "AllowStandby"]);
  await expect(hand.run('require("ui/uimanager"):allowStandby()')).rejects.toThrow("mismatch");
});

test("what holds the loop is measured", async ({ device }) => {
  const hand = await device.start({ clock: "real" });
  await hand.holds();
  await hand.run('require("ui/uimanager"):scheduleIn(0.05, function() require("ffi/util").usleep(30000) end)');
  const holds: number[] = [];
  await hand.until(async () => {
    const tasks = (await hand.holds()).filter(({ verb, what }) => verb === "wait" && what === "task");
    holds.push(...tasks.map(({ ms }) => ms));
    return holds.some(ms => ms > 29);
  });
});
