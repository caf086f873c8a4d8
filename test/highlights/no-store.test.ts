// The device has no room for what the sync of highlights has to remember: not even its file can be made.
import fs from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { settle } from "../support/node/household";
import { pluginTest as test } from "../support/node/plugin-test";
import { folderTarget, sdrDevice, withSync } from "../support/node/sdr-devices";
import { Fate } from "../support/node/sdr-fate";

test("without room for its own file it says so, and tries again later", async ({ home }) => {
  const cloud = path.join(home.folder, "cloud");
  fs.mkdirSync(cloud);
  fs.mkdirSync(path.join(home.folder, "Kobo"));
  const fate = new Fate(path.join(home.folder, "fate"), path.join(home.folder, "Kobo"));
  const kobo = await sdrDevice(
    home,
    "Kobo",
    folderTarget(cloud),
    { under: fate.under },
    "options = { atWake = true, whenConnected = false }",
  );
  await settle(kobo);
  const file = path.join(home.folder, "Kobo/settings/ribbon-sdr.sqlite3");
  expect(fs.existsSync(file), "nobody has asked for it yet").toBe(false);
  fate.let("any", "full", 1);
  await kobo.closeLid();
  await kobo.openLid(60);
  await kobo.advance(1);
  expect(await kobo.screen()).toEqual([
    "Highlights are not synced: this device could not be written to. See Tools › Ribbon › Highlights sync.",
  ]);
  await settle(kobo);
  await kobo.tapMenu("Tools", "Ribbon", "Highlights sync…");
  const screen = (await kobo.screen()).join("\n");
  expect(screen).toContain("this device could not be written to, next try");
  expect(screen).toContain("Why it does not sync…");
  expect(screen, "nobody can say what was").not.toContain("History…");
  await kobo.tap("Sync now");
  expect((await kobo.screen()).join("\n")).toContain("Something could not be written to this device.");
  fate.lift();
  await kobo.advance(3600);
  await kobo.closeLid();
  await kobo.openLid(60);
  await settle(kobo);
  expect(await withSync(kobo, "return sdr:status().state.kind")).toBe("idle");
});
