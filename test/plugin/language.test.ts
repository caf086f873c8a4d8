// The plugin in other languages than English: our catalogue, KOReader's own words, and a catalogue that is damaged.
import fs from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { openMenu, statusInMenu } from "../support/node/menu-test";
import {
  ASH,
  closeAll,
  type Household,
  pluginTest as test,
  readBook,
  settle,
  statusLine,
} from "../support/node/plugin-test";

const PLUGIN = "koplugin/ribbon.koplugin";
const GERMAN = { settings: { language: "de" } };

/** The plugin as it lies on a device, to be damaged. */
function copyOf(home: Household): string {
  const folder = path.join(home.folder, "ribbon.koplugin");
  fs.cpSync(PLUGIN, folder, { recursive: true });
  return folder;
}

function rewrite(folder: string, file: string, change: (text: string) => string): void {
  const place = path.join(folder, file);
  fs.writeFileSync(place, change(fs.readFileSync(place, "utf8")));
}

test("the menu is German where KOReader is", async ({ home }) => {
  const hand = await home.device(GERMAN);
  expect(await openMenu(hand)).toEqual([
    "Bibliothek durchsehen…",
    "Nichts wartet",
    "Jetzt synchronisieren",
    "Wartet (0)",
    "Posteingang…",
    "Markierungen synchronisieren…",
    "Server…",
    "Einstellungen",
    "Mehr",
  ]);
});

test("one is told from many", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH, GERMAN);
  await home.proxy.refuse();
  await readBook(hand, file, 15, 60);
  expect(await statusLine(hand)).toMatch(/^1 Sitzung wartet: Home antwortet nicht/);
  await readBook(hand, file, 15, 60);
  expect(await statusLine(hand)).toMatch(/^2 Sitzungen warten: Home antwortet nicht/);
});

test("a variety of a language reads what is written for the language", async ({ home }) => {
  const hand = await home.device({ settings: { language: "de_AT" } });
  expect(await statusInMenu(hand)).toBe("Nichts wartet");
});

test("without a catalogue KOReader's own words are used, and English for the rest", async ({ home }) => {
  const hand = await home.device({ settings: { language: "fr" } });
  expect(await openMenu(hand)).toEqual(expect.arrayContaining(["Browse library…", "Paramètres", "More"]));
});

test("a language that KOReader does not speak is English", async ({ home }) => {
  const hand = await home.device({ settings: { language: "tlh" } });
  expect(await statusInMenu(hand)).toBe("Nothing waits");
});

test("what a catalogue lacks is said in KOReader's own words", async ({ home }) => {
  const plugin = copyOf(home);
  rewrite(plugin, "l10n-de.lua", text => text.replace(/^\["Settings"\].*$/m, "").replace(/^\["More"\].*$/m, ""));
  const hand = await home.device({ plugin, ...GERMAN });
  expect((await openMenu(hand)).slice(-3)).toEqual(["Server…", "Einstellungen", "More"]);
});

test("English loads no catalogue", async ({ home }) => {
  const plugin = copyOf(home);
  for (const file of ["catalogue.lua", "l10n-de.lua", "l10n-de-start.lua"]) fs.rmSync(path.join(plugin, file));
  const hand = await home.device({ plugin });
  expect(await statusInMenu(hand)).toBe("Nothing waits");
});

test("a start reads the few texts that it says, the first menu all", async ({ home }) => {
  const plugin = copyOf(home);
  rewrite(plugin, "l10n-de.lua", text => text.slice(0, 1000));
  const hand = await home.device({ plugin, ...GERMAN });
  expect(hand.log).not.toContain("damaged");
  expect(await statusInMenu(hand)).toBe("Nothing waits");
  expect(hand.log.match(/a damaged catalogue \S*l10n-de\.lua/g)).toHaveLength(1);
});

test.for([
  ["cut short", (text: string) => text.slice(0, -2)],
  ["empty", () => ""],
  ["of another shape", () => 'return { texts = "none" }'],
  ["without a rule", (text: string) => text.replace(/^plural.*$/m, "")],
  ["one that fails", () => 'error("broken")'],
  ["one that wants a function", () => 'return require("os")'],
  ["binary", () => "\x1bLJ\x02\x00"],
] as const)("a catalogue that is %s is as good as none", async ([, change], { home }) => {
  const plugin = copyOf(home);
  for (const file of ["l10n-de.lua", "l10n-de-start.lua"]) rewrite(plugin, file, change);
  const hand = await home.device({ plugin, ...GERMAN });
  expect((await openMenu(hand)).slice(-2)).toEqual(["Einstellungen", "More"]);
  expect(hand.log).toContain("a damaged catalogue");
});

test("texts and a rule of another kind than they should be are passed over", async ({ home }) => {
  const plugin = copyOf(home);
  rewrite(plugin, "l10n-de.lua", text =>
    text
      .replace(/^plural.*$/m, "plural = function(n) return n.form end,")
      .replace(/^\["More"\].*$/m, '["More"] = 7,')
      .replace(/^\["Nothing waits"\].*$/m, '["Nothing waits"] = {},'),
  );
  const { hand, file } = await home.deviceWith(ASH, { plugin, ...GERMAN });
  expect(await statusInMenu(hand)).toBe("Nothing waits");
  expect((await openMenu(hand)).at(-1)).toBe("More");
  await closeAll(hand);
  await home.proxy.refuse();
  await readBook(hand, file, 15, 60);
  expect(await statusLine(hand)).toMatch(/^1 session waits: Home antwortet nicht/);
});

test("times are said as KOReader says them", async ({ home }) => {
  const settings = { twelve_hour_clock: true, duration_format: "modern" };
  const { hand, file } = await home.deviceWith(ASH, { settings });
  await readBook(hand, file, 100, 60);
  await hand.openBook(file);
  await settle(hand);
  const card = (await openMenu(hand, "This book…")).find(text => text.includes("\nHere: "));
  expect(card).toContain("Today: 1h41', 100 pages");
  const log = await openMenu(hand, "More", "Log…");
  expect(log).toContainEqual(expect.stringMatching(/^Home: .* \| \d+:\d\d AM$/));
});
