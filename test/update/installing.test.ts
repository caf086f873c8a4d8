// A newer version is found, installed, tried out and kept; and the way back.
import { expect, test as base } from "vitest";
import { look, running, UpdateHome } from "../support/node/update-home";
import { OWN } from "../support/node/versions";

const test = base.extend<{ at: UpdateHome }>({
  // vitest reads from this pattern which fixtures are needed.
  at: async ({}, use) => {
    const at = await UpdateHome.found();
    try {
      await use(at);
      expect(await at.home.complaints()).toEqual([]);
    } finally {
      await at.home.dissolve();
    }
  },
});

test("an update is offered with its size and notes, installed, tried out and kept", async ({ at }) => {
  at.offer(at.make("0.2.0", undefined, "Faster."));
  const hand = await at.start();
  expect(await running(hand)).toBe(OWN);
  expect(await look(hand)).toContain("0.2.0 is there");
  await hand.tap("Install 0.2.0");
  await hand.advance(30);
  expect((await hand.screen()).join()).toContain("takes over when KOReader starts again");
  await hand.tap("Restart later");
  expect(await running(hand)).toBe(OWN);
  await hand.restart();
  const next = await at.start();
  expect(await running(next)).toBe("0.2.0");
  expect(at.active()).toContain("trial started");
  await next.advance(60);
  expect(at.active()).toBe("RIBBON 1\nrun 0.2.0\nend\n");
  await next.exit();
  expect(await running(await at.start())).toBe("0.2.0");
});
