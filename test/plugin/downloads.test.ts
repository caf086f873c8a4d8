// Books on their way to a device, and what becomes of them.
import fs from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import type { Hand } from "../support/node/hand";
import { download, filesOf, libraryOf, linesOf } from "../support/node/downloads";
import { openMenu } from "../support/node/menu-test";
import {
  closeAll,
  type Household,
  pluginTest as test,
  readBook,
  settle,
  statusLine,
  TRAIN,
} from "../support/node/plugin-test";

const shown = async (hand: Hand): Promise<string> => (await hand.screen()).join("\n");

const states = (hand: Hand): string[] => linesOf(hand).map(({ state }) => state);

const asked = (home: Household): number => home.proxy.taken().filter(what => what === "GET download").length;

/** Files of books on the device, without what is on its way. */
const books = (hand: Hand): string[] => filesOf(hand).filter(file => !path.basename(file).startsWith("."));

/** Switched on, and nothing to do. */
async function atRest(home: Household, options: Parameters<Household["device"]>[0] = {}): Promise<Hand> {
  const hand = await home.device(options);
  await settle(hand);
  home.proxy.taken();
  return hand;
}

test("all books that were asked for come, one after another, and say so", async ({ home }) => {
  const hand = await atRest(home);
  await download(hand, libraryOf(home));
  expect(await shown(hand)).toContain("In the background");
  await settle(hand);
  expect(await shown(hand)).toContain("3 books downloaded.");
  expect(books(hand)).toHaveLength(3);
  expect(states(hand)).toEqual(["done", "done", "done"]);
  expect(asked(home)).toBe(3);
  expect(filesOf(hand)).toEqual(books(hand));
});

test("one book that came can be opened at once, and what is read in it arrives with no question asked", async ({
  home,
}) => {
  const hand = await atRest(home);
  const [book] = libraryOf(home).filter(({ title }) => title.includes("Ash"));
  await download(hand, book === undefined ? [] : [book]);
  await settle(hand);
  expect(await shown(hand)).toContain("is on this device.");
  home.proxy.taken();
  await hand.tap("Open now");
  await settle(hand);
  expect((await hand.position()).file).toBe(
    linesOf(hand)[0]?.target ?? path.join(hand.dataDir, "books", books(hand)[0] ?? ""),
  );
  await hand.turn(12, 20);
  await hand.closeBook();
  await settle(hand);
  expect(home.turns()).toEqual([12]);
  expect(home.proxy.taken()).not.toContain("GET resolve");
});

test("in the background a message says how it ended", async ({ home }) => {
  const hand = await atRest(home);
  await download(hand, libraryOf(home));
  await hand.tap("In the background");
  await hand.advance(0.1);
  await hand.until(async () => (await shown(hand)).includes("3 books downloaded."), 30, 0.2);
  await closeAll(hand);
});

test("a book that is moved, or whose metadata is rewritten, is still the server's", async ({ home }) => {
  const hand = await atRest(home);
  await download(hand, libraryOf(home), false);
  await settle(hand);
  const file = linesOf(hand).find(({ target }) => target.endsWith(".epub"))?.target ?? "";
  const moved = path.join(hand.dataDir, "books", "moved.epub");
  fs.renameSync(file, moved);
  await readBook(hand, moved, 7);
  expect(home.turns()).toEqual([7]);
  fs.appendFileSync(moved, "rewritten");
  await readBook(hand, moved, 8);
  expect(home.turns()).toEqual([7, 8]);
  // Both at once: only the sidecar, which comes along, still has the digest of what was downloaded.
  const again = path.join(hand.dataDir, "books", "moved again.epub");
  fs.renameSync(moved, again);
  await hand.run(`require("docsettings").updateLocation(${JSON.stringify(moved)}, ${JSON.stringify(again)})`);
  fs.appendFileSync(again, "rewritten again");
  await readBook(hand, again, 9);
  expect(home.turns()).toEqual([7, 8, 9]);
  expect(home.proxy.taken()).not.toContain("GET resolve");
});

test("a book gets its name in one turn of the loop, and the next one is begun in another", async ({ home }) => {
  const hand = await atRest(home);
  await hand.run(`
    local uiManager, ffiUtil = require("ui/uimanager"), require("ffi/util")
    local rename, fork = os.rename, ffiUtil.runInSubProcess
    local isPlacing = false
    the_forks = ""
    os.rename = function(...)
      isPlacing = true
      uiManager:nextTick(function() isPlacing = false end)
      return rename(...)
    end
    ffiUtil.runInSubProcess = function(...)
      the_forks = the_forks .. (isPlacing and "while placing, " or "alone, ")
      return fork(...)
    end`);
  await download(hand, libraryOf(home), false);
  await settle(hand);
  expect(states(hand)).toEqual(["done", "done", "done"]);
  expect(await hand.run("return the_forks")).toBe("alone, alone, alone, ");
});

test("a book that is on the device already is not fetched again", async ({ home }) => {
  const hand = await atRest(home);
  await download(hand, libraryOf(home), false);
  await settle(hand);
  expect(asked(home)).toBe(3);
  await download(hand, libraryOf(home));
  await settle(hand);
  expect(asked(home)).toBe(0);
  expect(states(hand)).toEqual(["skipped", "skipped", "skipped"]);
  expect(await shown(hand)).toContain("3 were left out.");
});

test("cancel ends it at once, and leaves nothing half done behind", async ({ home }) => {
  const hand = await atRest(home);
  await hand.secondsPerJob(20);
  await download(hand, libraryOf(home));
  await hand.advance(1);
  await hand.tap("Cancel");
  await hand.advance(1);
  expect(filesOf(hand)).toEqual([]);
  expect(linesOf(hand)).toEqual([]);
  expect(await hand.waitingFor()).toMatchObject({ standbyHolds: 0 });
  await settle(hand);
  expect(asked(home)).toBe(1);
});

test("a server that is removed takes along what was to come from it, after a question that says so", async ({
  home,
}) => {
  const hand = await atRest(home);
  await hand.secondsPerJob(20);
  await download(hand, libraryOf(home), false);
  await hand.advance(1);
  await openMenu(hand, "Servers…");
  await hand.tap("Home");
  await hand.tap("Remove…");
  expect(await shown(hand)).toContain("3 books on their way from it do not come.");
  await hand.tap("Remove");
  await hand.advance(1);
  expect(linesOf(hand)).toEqual([]);
  expect(filesOf(hand)).toEqual([]);
  expect(await hand.waitingFor()).toMatchObject({ standbyHolds: 0 });
  await closeAll(hand);
  await settle(hand);
  expect(asked(home)).toBe(1);
});

test("the device does not doze off while one watches, and may in the background", async ({ home }) => {
  const hand = await atRest(home);
  const isHeld = () => hand.run('return require("pluginshare").pause_auto_suspend == true');
  await hand.secondsPerJob(20);
  await download(hand, libraryOf(home));
  await hand.advance(1);
  expect(await isHeld()).toBe(true);
  await hand.tap("In the background");
  expect(await isHeld()).toBe(false);
  await download(hand, []);
  expect(await isHeld()).toBe(true);
  await hand.advance(120);
  expect(await isHeld()).toBe(false);
});

test("sleep stops it, and it goes on after waking", async ({ home }) => {
  for (const device of ["kobo", "kindle"] as const) {
    const hand = await atRest(home, { device, name: device, settings: { auto_restore_wifi: true } });
    await hand.secondsPerJob(20);
    await download(hand, libraryOf(home), false);
    await hand.advance(30);
    await hand.closeLid();
    expect(await hand.waitingFor()).toMatchObject({ standbyHolds: 0 });
    expect(states(hand)).toContain("waiting");
    expect(states(hand)).not.toContain("running");
    await hand.openLid(60);
    await hand.advance(90);
    expect(states(hand)).toEqual(["done", "done", "done"]);
  }
});

test("a restart, and a battery that fell out, in the middle: it goes on by itself", async ({ home }) => {
  let hand = await atRest(home);
  await hand.secondsPerJob(20);
  await download(hand, libraryOf(home), false);
  await hand.advance(30);
  await hand.restart();
  hand = await home.device();
  await hand.secondsPerJob(20);
  await hand.advance(10);
  await hand.kill();
  hand = await home.device();
  await hand.advance(60);
  expect(states(hand)).toEqual(["done", "done", "done"]);
  expect(filesOf(hand)).toEqual(books(hand));
  expect(books(hand)).toHaveLength(3);
});

test("without a network it waits, and begins with the next connection", async ({ home }) => {
  const hand = await atRest(home);
  await hand.turnWifiOff();
  await settle(hand);
  await download(hand, libraryOf(home), false);
  await settle(hand);
  expect(states(hand)).toEqual(["waiting", "waiting", "waiting"]);
  expect(asked(home)).toBe(0);
  await closeAll(hand);
  await hand.turnWifiOn();
  await settle(hand);
  expect(states(hand)).toEqual(["done", "done", "done"]);
});

test("what fails is tried again by itself, and at last by a tap", async ({ home }) => {
  const hand = await atRest(home);
  home.proxy.fail(({ what }) => (what === "GET download" ? { kind: "reset" } : undefined));
  await download(hand, libraryOf(home));
  await hand.advance(600);
  expect(states(hand)).toEqual(["failed", "failed", "failed"]);
  expect(asked(home)).toBeLessThan(20);
  expect(await shown(hand)).toContain("3 failed:");
  await home.proxy.heal();
  await hand.tap("Retry failed");
  await settle(hand);
  expect(states(hand)).toEqual(["done", "done", "done"]);
});

test("what failed for good does not promise to be tried again by itself", async ({ home }) => {
  const hand = await atRest(home);
  home.proxy.fail(({ what }) => (what === "GET download" ? { kind: "reset" } : undefined));
  const [book] = libraryOf(home);
  await download(hand, book === undefined ? [] : [book]);
  await hand.advance(600);
  await hand.tap("Show all…");
  await hand.tap(book?.title ?? "");
  expect(await shown(hand)).toContain("“Retry failed” tries it again, from where it stopped.");
  expect(await shown(hand)).not.toContain("will try again later");
});

test("what goes on where it was cut does not seem to begin anew", async ({ home }) => {
  const hand = await atRest(home);
  const [book] = libraryOf(home).sort((one, other) => (other.files[0]?.bytes ?? 0) - (one.files[0]?.bytes ?? 0));
  const bytes = Math.floor((book?.files[0]?.bytes ?? 0) / 2);
  home.proxy.failOnce("GET download", { kind: "cut", bytes });
  await download(hand, book === undefined ? [] : [book]);
  // The first try is cut; the next one says nothing for a while.
  await hand.secondsPerJob(20);
  await hand.advance(8);
  expect(Number(/(\d+) %/.exec(await shown(hand))?.[1])).toBeGreaterThan(20);
  await settle(hand);
  expect(await shown(hand)).toContain("is on this device.");
});

test("one book that the server does not give is told, and does not keep the others", async ({ home }) => {
  const hand = await atRest(home);
  const words = "Daily download limit reached (5/5 used today)";
  home.proxy.failOnce("GET download", { kind: "status", status: 403, detail: words });
  await download(hand, libraryOf(home));
  await settle(hand);
  expect(states(hand)).toEqual(["failed", "done", "done"]);
  expect(await shown(hand)).toContain(`Home says “${words}”`);
  await hand.tap("Show all…");
  await hand.tap(libraryOf(home)[0]?.title ?? "");
  expect(await shown(hand)).toContain(`Home does not allow this.\n\nHome says “${words}”`);
});

test("whatever a server calls its books, they stay below the folder, under names of files", async ({ home }) => {
  const hand = await atRest(home);
  const hostile = [
    { title: "../../../escape", series: "..", bookType: "../.." },
    { title: "/etc/passwd\u0000.epub", series: "/", bookType: "\u0000" },
    { title: `${"長".repeat(300)}\u202egpj`, series: "s".repeat(300), bookType: "a\nb\tc" },
  ];
  const orders = libraryOf(home).map((book, index) => ({ ...book, volume: index, author: "..", ...hostile[index] }));
  await download(hand, orders);
  await settle(hand);
  expect(states(hand)).toEqual(["done", "done", "done"]);
  const names = filesOf(hand).flatMap(file => file.split("/"));
  expect(filesOf(hand)).toHaveLength(3);
  for (const name of names) {
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(240);
    expect(name).toMatch(/^[^\p{Cc}\u202e.][^\p{Cc}\u202e/]*$/u);
  }
});

test("a file that has the name is never overwritten without a question", async ({ home }) => {
  const hand = await atRest(home);
  await download(hand, libraryOf(home), false);
  await settle(hand);
  const targets = linesOf(hand).map(({ target }) => target);
  const other = await atRest(home, { name: "Other" });
  const strange = targets.map(target => target.replace(hand.dataDir, other.dataDir));
  for (const file of strange) {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, "another book");
  }
  await download(other, libraryOf(home));
  await settle(other);
  expect(states(other)).toEqual(["asking", "asking", "asking"]);
  expect(await shown(other)).toContain("A file of this name is here already");
  await other.tap("Skip");
  await other.tap("Keep both");
  await other.tap("Replace");
  await settle(other);
  expect(states(other)).toEqual(["skipped", "done", "done"]);
  const [skipped = "", kept = "", replaced = ""] = strange;
  expect(fs.readFileSync(skipped, "utf8")).toBe("another book");
  expect(fs.readFileSync(kept, "utf8")).toBe("another book");
  expect(fs.readFileSync(replaced, "utf8")).not.toBe("another book");
  expect(linesOf(other)[1]?.target).toContain("(2)");
});

test("a name that is taken while the book comes: nothing is fetched twice", async ({ home }) => {
  const hand = await atRest(home);
  await hand.secondsPerJob(20);
  await download(hand, libraryOf(home));
  const strange: string[] = [];
  for (const index of [0, 1, 2]) {
    await hand.until(async () => (await hand.advance(1), states(hand)[index] === "running"), 60, 0);
    const target = linesOf(hand)[index]?.target ?? "";
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, "another book");
    strange.push(target);
  }
  await settle(hand);
  expect(states(hand)).toEqual(["asking", "asking", "asking"]);
  expect(asked(home)).toBe(3);
  await hand.tap("Keep both");
  await hand.tap("Replace");
  await hand.tap("Skip");
  await settle(hand);
  expect(states(hand)).toEqual(["done", "done", "skipped"]);
  expect(asked(home)).toBe(0);
  const [kept = "", replaced = "", skipped = ""] = strange;
  expect([kept, skipped].map(file => fs.readFileSync(file, "utf8"))).toEqual(["another book", "another book"]);
  expect(fs.readFileSync(replaced, "utf8")).not.toBe("another book");
  expect(linesOf(hand)[0]?.target).toContain("(2)");
  expect(books(hand)).toHaveLength(4);
  expect(filesOf(hand)).toEqual(books(hand));
});

test("reading goes on meanwhile: turning pages asks nothing of the network, and what is read is sent", async ({
  home,
}) => {
  const { hand, file } = await home.deviceWith(TRAIN);
  await settle(hand);
  await hand.secondsPerJob(20);
  await download(hand, libraryOf(home), false);
  await hand.openBook(file);
  await hand.advance(25);
  const before = home.shelf.requests();
  await hand.turn(10, 1);
  expect(home.shelf.requests()).toBe(before);
  await hand.turn(10, 20);
  await hand.closeBook();
  await hand.advance(120);
  expect(home.turns()).toEqual([20]);
  expect(states(hand)).not.toContain("waiting");
  expect(await statusLine(hand)).toContain("All sent");
});
