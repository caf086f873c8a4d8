// A broken version: whatever it does at its first start, the one before runs again by itself, KOReader stays, and nothing that
// was read is lost. By the rules of today's KOReader and by those of the oldest that is supported.
import { describe, expect } from "vitest";
import { ASH, closeAll, settle } from "../support/node/plugin-test";
import { atLoad, brokenTest as test, type Hand, insertLua, install, OWN, running } from "../support/node/update-test";
import { sampleBook } from "../support/node/sample-book";

const RULES = ["today", "v2024.07"] as const;
const SOON = "local UIManager = require('ui/uimanager')";

interface Mistake {
  readonly change: ReturnType<typeof atLoad>;
  /** KOReader dies of it. */
  readonly dies?: true;
  /** It is known in the same start. */
  readonly atOnce?: true;
  readonly told: string;
}

/** What a version does wrong, and what the reader is told. */
const MISTAKES: Readonly<Record<string, Mistake>> = {
  "fails while it loads": { change: atLoad("error('broken')"), atOnce: true, told: "does not start on this device" },
  "gives no plugin": {
    change: insertLua("ribbon.lua", "return plugin, function", "plugin = 7"),
    atOnce: true,
    told: "does not start on this device",
  },
  "fails in init": { change: atLoad("plugin.init = function() error('broken') end"), told: "made a mistake" },
  "fails where its menu is made": {
    change: atLoad("plugin.addToMainMenu = function() error('broken') end"),
    told: "made a mistake",
  },
  "fails in a scheduled task that it guards": {
    change: atLoad(
      `${SOON} local guard = require("src.guard") UIManager:scheduleIn(2, guard.guarded(nil, function() error('broken') end))`,
    ),
    told: "made a mistake",
  },
  "ends the process at once": {
    change: atLoad(`${SOON} UIManager:scheduleIn(0, function() error('broken') end)`),
    dies: true,
    told: "ended in an unusual way",
  },
  "ends the process after some seconds": {
    change: atLoad(`${SOON} UIManager:scheduleIn(9, function() error('broken') end)`),
    dies: true,
    told: "ended in an unusual way",
  },
};

/** What was read without a network is still to be sent. */
async function readOffline(hand: Hand): Promise<void> {
  const file = hand.addBook(sampleBook(ASH));
  await hand.openBook(file);
  await hand.turn(12, 20);
  await hand.closeBook();
  await settle(hand);
}

async function installed(hand: Hand, version: string): Promise<void> {
  await install(hand, version);
  await hand.tap("Restart later");
}

/** The first start, which KOReader may die of. */
async function tryOut(start: Promise<Hand>, dies: boolean): Promise<void> {
  if (dies) return expect(start.then(hand => hand.advance(20))).rejects.toThrow("broken");
  const hand = await start;
  await hand.advance(20);
  await hand.exit();
}

describe.each(RULES)("by the rules of %s", loader => {
  test.for(Object.entries(MISTAKES))(
    "a version that %s is given up",
    async ([, { change, dies, atOnce, told }], { at }) => {
      at.offer(at.make("0.2.0", change));
      const hand = await at.start({ loader });
      await installed(hand, "0.2.0");
      await hand.loseWifi();
      await readOffline(hand);
      await hand.restart();
      expect(at.home.turns()).toEqual([]);
      if (atOnce !== true) await tryOut(at.start({ loader, wifi: false }), dies === true);
      const second = await at.start({ loader, wifi: false });
      await second.advance(5);
      expect((await second.screen()).join("\n")).toContain(told);
      await closeAll(second);
      expect(await running(second)).toBe(OWN);
      await second.regainWifi();
      await settle(second);
      expect(at.home.turns()).toEqual([12]);
      await second.exit();
      const third = await at.start({ loader });
      await third.advance(5);
      expect(await third.screen()).toEqual([]);
      expect(await running(third)).toBe(OWN);
    },
  );

  test("one that does not load says so in the same start", async ({ at }) => {
    at.offer(at.make("0.2.0", atLoad("error('broken')")));
    const hand = await at.start({ loader });
    await installed(hand, "0.2.0");
    await hand.restart();
    const next = await at.start({ loader });
    await next.advance(5);
    expect((await next.screen()).join("\n")).toContain("Ribbon 0.2.0 does not start on this device.");
    await next.back();
    await next.tapMenu("Tools", "Ribbon", "More", "Updates…");
    expect((await next.screen()).join("\n")).toContain("0.2.0 did not work here and was put aside.");
    await next.tap("Try 0.2.0 again");
    await next.advance(1);
    await next.tap("Restart later");
    await next.restart();
    const again = await at.start({ loader });
    await again.advance(5);
    await again.back();
    expect(await running(again)).toBe(OWN);
  });

  test("a battery that dies during the trial gives the version up, and a tap tries it again", async ({ at }) => {
    at.offer(at.make("0.2.0"));
    const hand = await at.start({ loader });
    await installed(hand, "0.2.0");
    await hand.restart();
    const next = await at.start({ loader });
    await next.advance(10);
    await next.kill();
    const after = await at.start({ loader });
    await after.advance(5);
    await after.back();
    expect(await running(after)).toBe(OWN);
    await after.tapMenu("Tools", "Ribbon", "More", "Updates…");
    await after.tap("Try 0.2.0 again");
    await after.advance(1);
    await after.tap("Restart later");
    await after.restart();
    const again = await at.start({ loader });
    await again.advance(60);
    await again.exit();
    expect(await running(await at.start({ loader }))).toBe("0.2.0");
  });
});

test("a version that fails after its trial stays, and the way back is a tap", async ({ at }) => {
  at.offer(at.make("0.2.0", atLoad("plugin.onReaderReady = function() error('broken') end")));
  const hand = await at.start();
  await installed(hand, "0.2.0");
  await hand.restart();
  const next = await at.start();
  await next.advance(60);
  await next.openBook(next.addBook(sampleBook(ASH)));
  await next.tapMenu("Tools", "Ribbon", "More", "Updates…");
  await next.tap(`Go back to ${OWN}`);
  await next.advance(1);
  await next.tap("Restart later");
  await next.restart();
  expect(await running(await at.start())).toBe(OWN);
});

test("a folder of updates that somebody deleted leaves what was installed by hand", async ({ at }) => {
  at.offer(at.make("0.2.0"));
  const hand = await at.start();
  await installed(hand, "0.2.0");
  await hand.restart();
  const next = await at.start();
  await next.advance(60);
  await next.exit();
  at.deleteUpdates();
  expect(await running(await at.start())).toBe(OWN);
});
