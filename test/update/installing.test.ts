// A newer version is found, installed, tried out and kept; and the way back.
import { expect } from "vitest";
import { closeAll } from "../support/node/plugin-test";
import { install, look, OWN, running, updateTest as test } from "../support/node/update-test";

const screenOf = async (hand: { screen(): Promise<string[]> }): Promise<string> => (await hand.screen()).join("\n");

test("an update is offered with its size and notes, installed, tried out and kept", async ({ at }) => {
  at.offer(at.make("0.2.0", undefined, "Everything is faster."));
  const hand = await at.start();
  expect(await running(hand)).toBe(OWN);
  expect(await look(hand)).toContain("0.2.0 is there");
  await hand.tap("What is new");
  expect(await screenOf(hand)).toContain("Everything is faster.");
  await closeAll(hand);
  await hand.tapMenu("Tools", "Ribbon", "More", "Updates…");
  await hand.tap("Install 0.2.0");
  await hand.advance(30);
  expect(await screenOf(hand)).toContain("takes over when KOReader starts again");
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

test("a version is confirmed, the next one too, the oldest is removed, and the reader goes back and forth", async ({
  at,
}) => {
  for (const version of ["0.2.0", "0.3.0", "0.4.0"]) {
    at.offer(at.make(version));
    const hand = await at.start();
    await install(hand, version);
    await hand.tap("Restart later");
    await hand.restart();
    const next = await at.start();
    await next.advance(60);
    expect(await running(next)).toBe(version);
    await next.exit();
    expect(at.folders().length).toBeLessThanOrEqual(2);
  }
  expect(at.folders()).toEqual(["0.3.0", "0.4.0"]);
  const hand = await at.start();
  await hand.tapMenu("Tools", "Ribbon", "More", "Updates…");
  await hand.tap("Go back to 0.3.0");
  await hand.advance(1);
  await hand.tap("Restart later");
  await hand.restart();
  const back = await at.start();
  expect(await running(back)).toBe("0.3.0");
  await back.advance(60);
  await back.tapMenu("Tools", "Ribbon", "More", "Updates…");
  await back.tap("Take 0.4.0 again");
  await back.advance(1);
  await back.tap("Restart later");
  await back.restart();
  expect(await running(await at.start())).toBe("0.4.0");
});

test("whoever goes back during the trial is not overruled when it is over", async ({ at }) => {
  at.offer(at.make("0.2.0"));
  const hand = await at.start();
  await install(hand, "0.2.0");
  await hand.tap("Restart later");
  await hand.restart();
  const next = await at.start();
  await next.advance(3);
  await next.tapMenu("Tools", "Ribbon", "More", "Updates…");
  await next.tap(`Go back to ${OWN}`);
  await next.advance(60);
  await next.tap("Restart later");
  await next.restart();
  expect(await running(await at.start())).toBe(OWN);
});

test("from the first update the way back leads to what was installed by hand", async ({ at }) => {
  at.offer(at.make("0.2.0"));
  const hand = await at.start();
  await install(hand, "0.2.0");
  await hand.tap("Restart later");
  await hand.restart();
  const next = await at.start();
  await next.advance(60);
  await next.tapMenu("Tools", "Ribbon", "More", "Updates…");
  await next.tap(`Go back to ${OWN}`);
  await next.advance(1);
  await next.tap("Restart later");
  await next.restart();
  const back = await at.start();
  expect(await running(back)).toBe(OWN);
  await back.advance(60);
  expect(at.active()).toBe("RIBBON 1\nbefore 0.2.0\nend\n");
});

test("whoever unpacks a version over the folder gets that one, be it the same as before", async ({ at }) => {
  for (const version of [OWN, "0.1.5"]) {
    at.offer(at.make("0.2.0"));
    const hand = await at.start();
    await install(hand, "0.2.0");
    await hand.tap("Restart later");
    await hand.restart();
    const next = await at.start();
    expect(await running(next)).toBe("0.2.0");
    await next.exit();
    at.installByHand(version);
    const byHand = await at.start();
    expect(await running(byHand)).toBe(version);
    await byHand.exit();
  }
});

test("a version that was installed and not started yet can be left alone", async ({ at }) => {
  at.offer(at.make("0.2.0"));
  const hand = await at.start();
  await install(hand, "0.2.0");
  await hand.tap("Restart later");
  await hand.tapMenu("Tools", "Ribbon", "More", "Updates…");
  expect(await screenOf(hand)).toContain("0.2.0 takes over when KOReader starts again.");
  await hand.tap(`Stay with ${OWN}`);
  await hand.back();
  await hand.restart();
  expect(await running(await at.start())).toBe(OWN);
});

test("a tap restarts KOReader", async ({ at }) => {
  at.offer(at.make("0.2.0"));
  const hand = await at.start();
  await install(hand, "0.2.0");
  await hand.do("tap", "Restart now").catch(() => undefined);
  expect(await hand.ended).toBe(85);
  expect(await running(await at.start())).toBe("0.2.0");
});

test("a trial that ends in good order within half a minute is enough", async ({ at }) => {
  for (const [version, end] of [
    ["0.2.0", "exit"],
    ["0.3.0", "powerOff"],
    ["0.4.0", "restart"],
  ] as const) {
    at.offer(at.make(version));
    const hand = await at.start();
    await hand.advance(60);
    await install(hand, version);
    await hand.tap("Restart later");
    await hand.restart();
    const next = await at.start();
    await next.advance(3);
    await next[end]();
    const third = await at.start();
    expect(await running(third)).toBe(version);
    expect(at.active()).not.toContain("trial");
    await third.exit();
  }
});

test("a device that falls asleep during the trial, and never wakes, keeps the version", async ({ at }) => {
  at.offer(at.make("0.2.0"));
  const hand = await at.start();
  await install(hand, "0.2.0");
  await hand.tap("Restart later");
  await hand.restart();
  const next = await at.start();
  await next.advance(3);
  await next.closeLid();
  await next.kill();
  expect(await running(await at.start())).toBe("0.2.0");
});

test("of an older version, of the same one and of none nothing is offered", async ({ at }) => {
  const hand = await at.start();
  for (const version of ["0.0.9", OWN]) {
    at.offer(at.make(version));
    expect(await look(hand)).toContain(`There is nothing newer than Ribbon ${OWN}.`);
    await hand.back();
  }
  at.offerNothing();
  expect(await look(hand)).toContain("None of your servers hands Ribbon out.");
  await hand.back();
});

test("a version that needs another bootstrap is for a hand", async ({ at }) => {
  const update = at.make("0.2.0");
  at.offer({ ...update, release: update.release.replace(/"bootstrap": \d+/, '"bootstrap": 99') });
  const hand = await at.start();
  expect(await look(hand)).toContain("please install it once by hand");
  expect(await hand.screen()).not.toContain("Install 0.2.0");
});
