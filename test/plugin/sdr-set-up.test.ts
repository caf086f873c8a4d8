// Highlights sync: from nothing to a folder that was tested.
import { expect } from "vitest";
import { closeAll, type Household, pluginTest as test } from "../support/node/plugin-test";
import { saying, SdrScreens } from "../support/node/sdr-screens";

const CLOUD = { kind: "webdav", name: "Nextcloud", url: "https://cloud.example.org/dav", folder: "Books", user: "me", password: "secret" }; // prettier-ignore
const found = (devices: number, others = 0) => ({ ok: true, value: { files: devices, devices, others } });
const failed = (failure: object) => ({ ok: false, failure });

async function empty(home: Household, accounts: object[] = [CLOUD]): Promise<SdrScreens> {
  const screens = await SdrScreens.on(await home.device(), "empty");
  await screens.have({ accountList: accounts });
  return screens;
}

test("the first device syncs after three taps in all", async ({ home }) => {
  const screens = await empty(home);
  // The first tap is the one in Ribbon's menu.
  const first = await screens.open();
  expect(saying(first, "through a folder in a cloud of your own")).toContain("the same on all your devices");
  expect(first.slice(1)).toEqual(["Nextcloud", "Another WebDAV cloud…", "A folder on this device…", "Cancel"]);
  expect(saying(await screens.tap("Nextcloud"), "can be used")).toContain(
    "https://cloud.example.org/dav/Books/Ribbon\n\nNothing of Ribbon's is there yet",
  );
  expect(await screens.calls()).toEqual(["test me:secret@https://cloud.example.org/dav|Books/Ribbon "]);
  await screens.tap("Begin");
  expect((await screens.calls()).slice(1)).toEqual(["choose Nextcloud", "syncNow"]);
  expect(saying(await screens.hand.screen(), "Looking what changed")).toBeDefined();
  await screens.finish();
  expect(await screens.watchers()).toBe(0);
});

test("a second device sees what would change, and begins after four taps in all", async ({ home }) => {
  const screens = await empty(home);
  const preview = { books: [{ book: "e", title: "Emma", authors: "Jane Austen", incoming: [{ kind: "added", uid: "1", text: "a mind" }], outgoing: [] }], others: 0, files: 1, bytes: 900 }; // prettier-ignore
  await screens.have({ tests: [found(2)], after: { kind: "preview" }, previewed: { ok: true, value: preview } });
  await screens.open();
  expect(saying(await screens.tap("Nextcloud"), "can be used")).toContain(
    "2 devices sync through it already. You will see what would change here before anything does, and a first sync deletes nothing.",
  );
  await screens.tap("Begin");
  const shown = await screens.finish();
  expect(saying(shown, "The first sync")).toBe(
    "The first sync of this device. It deletes nothing, and nothing has been changed yet.\n\n" +
      "From your other devices to this one: 1 new.\nFrom this device to the others: nothing.\nTo be fetched: 900 B.",
  );
  expect(await screens.calls()).not.toContain("applyPreview");
  await screens.tap("Apply");
  expect((await screens.calls()).at(-1)).toBe("applyPreview");
  await screens.finish({ after: { kind: "idle" } });
});

test("a preview that is cancelled changes nothing and begins nothing", async ({ home }) => {
  const screens = await empty(home);
  await screens.have({ refusal: "preview" });
  await screens.open();
  const shown = await screens.tap("Nextcloud", "Begin");
  // Nothing is different: it still is the reader's word.
  expect(saying(shown, "Nothing would change")).toContain("in step");
  await closeAll(screens.hand);
  expect(await screens.calls()).not.toContain("applyPreview");
});

test("a cloud that KOReader does not know is entered, and a typing error is mended in the form", async ({ home }) => {
  const screens = await empty(home, [{ kind: "dropbox", name: "Dropbox" }]);
  await screens.have({ tests: [failed({ reason: "auth", at: "https://cloud.example.org" }), found(0, 3)] });
  expect(saying(await screens.open(), "Dropbox and FTP cannot be used yet")).toBeDefined();
  await screens.tap("Another WebDAV cloud…");
  await screens.hand.typeInto("Address", "");
  expect(saying(await screens.tap("Test"), "Please enter")).toContain("WebDAV address of your cloud");
  await screens.hand.back();
  await screens.hand.typeInto("Address", "cloud.example.org/dav/");
  await screens.hand.typeInto("User name", "me");
  await screens.hand.typeInto("Password", "wrong");
  expect(saying(await screens.tap("Test"), "does not accept")).toContain("a password of its own for an app");
  const form = await screens.tap("Change…");
  expect(form).toContain("https://cloud.example.org/dav");
  expect(form).toContain("*****");
  await screens.hand.typeInto("Password", "secret");
  expect(saying(await screens.tap("Test"), "can be used")).toContain("3 other things in it are left alone.");
  await screens.tap("Begin");
  expect(await screens.calls()).toEqual([
    "test me:wrong@https://cloud.example.org/dav|Ribbon ",
    "test me:secret@https://cloud.example.org/dav|Ribbon ",
    "choose cloud.example.org",
    "syncNow",
  ]);
  await screens.finish();
});

test("a password goes to no other place than it was entered for", async ({ home }) => {
  const screens = await empty(home);
  await screens.have({ tests: [failed({ reason: "dns" })] });
  await screens.open();
  expect(saying(await screens.tap("Nextcloud"), "was not found")).toContain(
    "https://cloud.example.org/dav/Books/Ribbon",
  );
  await screens.tap("Change…");
  await screens.hand.typeInto("Address", "https://cloud.example.net/dav");
  const again = await screens.tap("Test");
  expect(saying(again, "another place than before")).toContain("password");
  expect(again).not.toContain("******");
  expect(await screens.calls()).toHaveLength(1);
});

test("an open road through the internet is taken only after a yes", async ({ home }) => {
  const screens = await empty(home);
  await screens.have({ tests: [failed({ reason: "tls", inTheOpen: true }), found(0)] });
  await screens.open();
  expect(saying(await screens.tap("Nextcloud"), "without encryption")).toContain("can read your password");
  await screens.tap("Use it");
  expect((await screens.calls()).at(-1)).toMatch(/ open$/);
  await screens.tap("Begin");
  await screens.finish();
});

test("a certificate that nobody vouches for is compared and then trusted", async ({ home }) => {
  const screens = await empty(home);
  await screens.have({
    tests: [
      failed({ reason: "tls", certificate: "issuer", fingerprint: "ab".repeat(32), at: "https://nas:5006" }),
      found(0),
    ],
  });
  await screens.open();
  const shown = saying(await screens.tap("Nextcloud"), "No known authority");
  expect(shown).toContain("AB:AB:AB:AB:AB:AB:AB:AB\n");
  expect(shown).toContain("not even your password");
  await screens.tap("Trust it");
  expect((await screens.calls()).at(-1)).toContain(` ${"ab".repeat(32)}`);
});

test("a folder of the device is chosen by its path", async ({ home }) => {
  const screens = await empty(home, []);
  await screens.open();
  await screens.tap("A folder on this device…");
  await screens.hand.typeInto("Hold a folder to choose it", "/mnt/onboard/Sync");
  expect(saying(await screens.hand.screen(), "can be used")).toContain("/mnt/onboard/Sync/Ribbon");
  await screens.tap("Begin");
  expect(await screens.calls()).toEqual([
    "test /mnt/onboard/Sync/Ribbon",
    "choose /mnt/onboard/Sync/Ribbon",
    "syncNow",
  ]);
  await screens.finish();
});
