// Highlights sync: its home screen, runs, and what only the reader can decide.
import { expect } from "vitest";
import { closeAll, type Household, pluginTest as test } from "../support/node/plugin-test";
import { saying, SdrScreens } from "../support/node/sdr-screens";

const filled = async (home: Household): Promise<SdrScreens> => SdrScreens.on(await home.device());

test("the home screen says where it stands and leads everywhere", async ({ home }) => {
  const screens = await filled(home);
  expect(await screens.open()).toEqual([
    "Highlights sync",
    "In step, 5 minutes ago",
    "Sync now",
    "What would change…",
    "History…",
    "Books…",
    "Trash…",
    "Devices…",
    "When and what to sync…",
    "Your cloud folder… | Nextcloud",
    "How it works…",
  ]);
  expect(saying(await screens.tap("How it works…"), "What is synced")).toContain("through your library server");
  await closeAll(screens.hand);
  expect(await screens.watchers()).toBe(0);
});

test("a sync shows how far it is, and what came of it", async ({ home }) => {
  const screens = await filled(home);
  await screens.open();
  expect((await screens.tap("Sync now")).slice(-3)).toEqual([
    "Looking what changed on this device…\n\n ",
    "Cancel",
    "In the background",
  ]);
  await screens.hand.advance(2);
  await screens.hand.run('the_fake:progress("fetching", 3, 12)');
  expect(saying(await screens.hand.screen(), "Fetching")).toBe("Fetching what other devices wrote…\n\n3 of 12");
  const shown = await screens.finish();
  expect(saying(shown, "changes came")).toBe("6 changes came, 1 went out. Your devices are in step.");
  expect(shown).not.toContain("Cancel");
});

test("a sync in the background is left to itself, and can be watched again", async ({ home }) => {
  const screens = await filled(home);
  await screens.open();
  await screens.tap("Sync now", "In the background");
  expect(await screens.hand.screen()).toContain("Show how far it is…");
  await screens.have({ refusal: "running" });
  expect(await screens.tap("Show how far it is…")).toContain("Cancel");
  await screens.have({ refusal: undefined });
  const shown = await screens.tap("Cancel");
  expect(saying(shown, "Stopped.")).toContain("the next sync goes on");
  expect(await screens.calls()).toContain("cancel");
});

const STATES: readonly [state: object, subtitle: string, row: string, story: string][] = [
  [
    { kind: "stopped", failure: { reason: "auth" } },
    "Stopped: Nextcloud does not accept the password",
    "Why it does not sync…",
    "does not accept the user name or the password",
  ],
  [
    { kind: "stopped", failure: { reason: "disk", at: "https://cloud.example.org" } },
    "Stopped: Nextcloud is full",
    "Why it does not sync…",
    "has no room left for more files",
  ],
  [
    { kind: "stopped", failure: { reason: "disk", lacking: 3000000 } },
    "Stopped: no room on this device",
    "Why it does not sync…",
    "3.0 MB more have to be free.",
  ],
  [
    { kind: "stopped", failure: { reason: "disk" } },
    "Stopped: this device could not be written to",
    "Why it does not sync…",
    "Is its card full, or damaged?",
  ],
  [
    { kind: "stopped", failure: { reason: "forbidden" } },
    "Stopped: nothing may be written to Nextcloud",
    "Why it does not sync…",
    "shared with you for reading only",
  ],
  [
    { kind: "stopped", failure: { reason: "missing" } },
    "Stopped: the folder on Nextcloud is not there",
    "Why it does not sync…",
    "Was it renamed or deleted",
  ],
  [
    { kind: "waiting", failure: { reason: "refused" } },
    "Waits: Nextcloud does not answer",
    "Why it does not sync…",
    "Is the server running?",
  ],
  [
    { kind: "emptied" },
    "Your cloud folder is empty now: nothing is synced",
    "Your cloud folder is empty now…",
    "Nothing was deleted on this device",
  ],
  [
    { kind: "preview" },
    "Nothing changes before you have seen what would",
    "See what would change, then begin…",
    "It deletes nothing",
  ],
];

test("whatever stops it is said in the first lines, with what to do", async ({ home }) => {
  const screens = await filled(home);
  for (const [state, subtitle, row, story] of STATES) {
    await screens.have({ state });
    const shown = await screens.open();
    expect(shown.slice(1, 3)).toEqual([subtitle, row]);
    expect(saying(await screens.tap(row), story)).toContain(story);
    await closeAll(screens.hand);
  }
});

test("a folder that is suddenly empty is filled again, or another is chosen", async ({ home }) => {
  const screens = await filled(home);
  await screens.have({ refusal: "emptied" });
  await screens.open("syncHighlights");
  await screens.tap("Fill it again from this device");
  expect(await screens.calls()).toEqual(["syncNow", "publishAgain"]);
  await screens.finish({ refusal: "emptied" });
  await screens.open("syncHighlights");
  expect(await screens.tap("Choose another folder…")).toContain("Another WebDAV cloud…");
});

test("without a network a tap says that nothing is lost", async ({ home }) => {
  const screens = await filled(home);
  await screens.have({ refusal: "offline" });
  expect(saying(await screens.open("syncHighlights"), "no network")).toContain("safe here");
});

test("while the network is being asked for nothing is said, and then the sync is shown", async ({ home }) => {
  const screens = await filled(home);
  await screens.have({ isOffline: true });
  expect(await screens.open("syncHighlights")).toEqual([]);
  await screens.hand.advance(20);
  await screens.hand.run('the_fake:progress("asking", 0, 0)');
  expect(saying(await screens.hand.screen(), "Asking")).toContain("your cloud folder");
  await screens.finish();
  // A network that never came: a sync that begins by itself later has no popup.
  await screens.hand.advance(10);
  await screens.open("syncHighlights");
  await screens.hand.advance(90);
  await screens.hand.run('the_fake:progress("asking", 0, 0)');
  expect(await screens.hand.screen()).toEqual([]);
  expect(await screens.watchers()).toBe(0);
});

test("a preview lists what would change in each book, both ways", async ({ home }) => {
  const screens = await filled(home);
  await screens.open();
  expect(saying(await screens.tap("What would change…"), "What a sync would change")).toContain(
    "From your other devices to this one: 3 new, 1 deleted, 1 changed, 1 book detail.\nFrom this device to the others: 1 new.",
  );
  expect((await screens.tap("Show the 2 books…")).slice(-3)).toEqual([
    "What would change",
    "Emma | 4 come, 1 goes",
    "The Ferry Keeper | 2 come",
  ]);
  expect(saying(await screens.tap("Emma"), "From your other")).toBe(
    "by Jane Austen\n\nFrom your other devices to this one:\n" +
      "• New: “handsome, clever, and rich, with a comfortable home and happy disposit…”\n" +
      "• Changed (its note, its colour or style): “The real evils, indeed, of Emma’s situation”\n" +
      "• Deleted: a page bookmark\n• Set: reading status\n\n" +
      "From this device to the others:\n• New: “a mind lively and at ease, can do with seeing nothing”",
  );
  await screens.hand.back();
  expect(saying(await screens.tap("The Ferry Keeper"), "From your other")).toContain("what comes is kept for it");
  await screens.hand.back();
  await screens.hand.back();
  await screens.tap("Cancel");
  expect(await screens.calls()).toEqual(["preview"]);
});

test("the history tells of every sync, and of every book in it", async ({ home }) => {
  const screens = await filled(home);
  await screens.open();
  const rows = (await screens.tap("History…")).slice(-5);
  expect(rows.map(row => row.replace(/^(Apr \d+, )?[\d:]+/, ""))).toEqual([
    "History",
    "Changed on two devices at once…",
    ", after a book was closed | 2 books",
    ", with the network | nothing changed",
    " | Nextcloud does not accept the password",
  ]);
  const books = await screens.tap(rows[2] ?? "");
  expect(books.slice(-2)).toEqual(["Emma | 4 came, 1 went out", "The Ferry Keeper | 2 came"]);
  expect(saying(await screens.tap("About this sync…"), "requests")).toContain(
    "3 requests in 2 s: 2.3 kB fetched, 900 B sent.",
  );
  await closeAll(screens.hand);
  await screens.have({ runs: [] });
  await screens.open();
  expect(saying(await screens.tap("History…"), "Nothing was synced yet")).toBeDefined();
});

test("what two devices changed at once shows both, and the other one can count", async ({ home }) => {
  const screens = await filled(home);
  await screens.open();
  await screens.tap("History…", "Changed on two devices at once…");
  const note = "Emma: note of “handsome, clever, and rich”";
  const shown = await screens.tap(note);
  expect(saying(shown, "Your note holds")).toMatch(
    /^Emma\n“handsome, clever, and rich”: its note\n\nKobo, [-\d: ]+:\nHow she is introduced\n\nPhone, [-\d: ]+:\nCompare with Persuasion\n\nYour note holds all of them until you choose\.$/,
  );
  await screens.tap("Use “How she is introduced” of Kobo");
  expect(await screens.calls()).toEqual(["settle c1 0"]);
  expect(await screens.hand.screen()).not.toContain(note);
  expect(saying(await screens.tap("The Ferry Keeper: rating"), "counts now")).toBe(
    "The Ferry Keeper\nrating\n\nKobo:\n4 of 5 stars\n\nPhone:\nnothing\n\nThe one of Phone counts now.",
  );
});

test("what was deleted is put back, one by one or a whole book", async ({ home }) => {
  const screens = await filled(home);
  await screens.open();
  expect((await screens.tap("Trash…")).slice(-3)).toEqual(["Trash", "Emma | 2", "The Ferry Keeper | 1"]);
  expect((await screens.tap("Emma")).slice(-3)).toEqual([
    "Put all 2 back…",
    "“It darted through her with the speed of an arrow” | with a note",
    "a page bookmark",
  ]);
  await screens.tap("a page bookmark", "Put back");
  expect(await screens.hand.screen()).not.toContain("a page bookmark");
  await screens.tap("“It darted through her with the speed of an arrow”", "Put back");
  // Emma has nothing in the trash any more: its list went.
  expect((await screens.hand.screen()).slice(-3, -1)).toEqual(["Trash", "The Ferry Keeper | 1"]);
  expect(await screens.calls()).toEqual(["restore t2", "restore t1"]);
  await closeAll(screens.hand);
  await screens.have({ trashed: [] });
  await screens.open();
  expect(saying(await screens.tap("Trash…"), "Nothing was deleted")).toContain("can be put back here");
});

test("a book is said to be another one, too, and both are parted again", async ({ home }) => {
  const screens = await filled(home);
  await screens.open();
  expect((await screens.tap("Books…")).slice(-7)).toEqual([
    "Books",
    "Search…",
    "Emma, Jane Austen | 40 highlights",
    "austen_emma_1815 | 3 highlights",
    "The Ferry Keeper, Mara Lindqvist | 12 highlights",
    "The Ferry Keeper and Other Stories of the River, Lindqvist, Mara | 1 highlight",
    "Unknown book | no highlights",
  ]);
  expect((await screens.tap("Emma, Jane Austen")).slice(-4)).toEqual([
    "Emma",
    "by Jane Austen",
    "On Kobo, Phone | 40 highlights",
    "Same book as…",
  ]);
  expect(saying(await screens.tap("On Kobo, Phone"), "by itself")).toContain("choose “Same book as…”");
  await screens.hand.back();
  const question = saying(await screens.tap("Same book as…", "austen_emma_1815"), "Are these the same book?");
  expect(question).toContain(
    "Emma, Jane Austen\n(Kobo, Phone: 40 highlights)\n\nausten_emma_1815\n(Phone: 3 highlights)",
  );
  await screens.tap("Cancel");
  expect(await screens.calls()).not.toContain("join emma pdf");
  expect((await screens.tap("austen_emma_1815", "The same book")).slice(-6, -1)).toEqual([
    "Emma",
    "by Jane Austen, in 2 files",
    "Emma (Kobo, Phone) | 40 highlights",
    "austen_emma_1815 (Phone) | 3 highlights",
    "Same book as…",
  ]);
  expect(saying(await screens.tap("austen_emma_1815 (Phone)"), "Is this another book?")).toContain(
    "Nothing is deleted",
  );
  await screens.tap("Another book");
  expect((await screens.calls()).slice(-2)).toEqual(["join emma pdf", "part pdf"]);
  await closeAll(screens.hand);
});

test("a book that is not among the first is found by its words", async ({ home }) => {
  const screens = await filled(home);
  await screens.have({ othersFound: 4900 });
  await screens.open();
  expect((await screens.tap("Books…")).at(-1)).toBe("and 4900 more books: search for them");
  await screens.tap("Search…");
  await screens.hand.typeInto("Find a book", "nowhere");
  expect(saying(await screens.tap("Search"), "has these words")).toContain("No book");
  await closeAll(screens.hand);
  await screens.have({ bookList: [] });
  await screens.open();
  expect(saying(await screens.tap("Books…"), "No book is known yet")).toContain("first sync");
});

test("devices are listed, this one is renamed, another one retired after a question", async ({ home }) => {
  const screens = await filled(home);
  await screens.open();
  expect((await screens.tap("Devices…")).slice(-3)).toEqual([
    "Kobo | this device",
    "Phone | 2 hours ago",
    "Old Kindle | retired",
  ]);
  await screens.tap("Kobo");
  await screens.hand.typeInto("Name of this device", "Sofa");
  expect(await screens.tap("Save")).toContain("Sofa | this device");
  expect(saying(await screens.tap("Phone"), "Retire it")).toContain("Nothing is lost");
  expect(await screens.tap("Cancel")).toContain("Phone | 2 hours ago");
  expect(await screens.tap("Phone", "Retire")).toContain("Phone | retired");
});

test("much that disappeared at once is asked about, book by book", async ({ home }) => {
  const screens = await filled(home);
  await screens.have({
    heldOnes: [
      { book: "emma", title: "Emma", count: 12, of: 40, texts: ["one", "two"] },
      { book: "ferry", title: "The Ferry Keeper", count: 1, of: 1, texts: [] },
    ],
  });
  await screens.open();
  const first = saying(await screens.tap("Highlights of 2 books disappeared here…"), "disappeared on this device");
  expect(first).toContain("Emma\n\n12 of 40 highlights disappeared on this device.\n• “one”\n• “two”\nand 10 more");
  const second = await screens.tap("Put back");
  expect(saying(second, "disappeared on this device")).toContain("The Ferry Keeper\n\n1 of 1 highlights");
  expect(await screens.tap("Later")).toContain("Highlights of 1 book disappeared here…");
  await screens.tap("Highlights of 1 book disappeared here…", "Delete everywhere");
  expect(await screens.calls()).toEqual(["putHeldBack emma", "deleteHeld ferry"]);
  expect((await screens.hand.screen()).join()).not.toContain("disappeared");
});

test("what came for the book on screen is shown when the reader says so", async ({ home }) => {
  const screens = await filled(home);
  const incoming = ["1", "2", "3"].map(uid => ({ kind: "added", uid, text: uid }));
  await screens.have({ stagedNow: { title: "Emma", incoming } });
  await screens.open("syncHighlights");
  const shown = await screens.finish();
  expect(saying(shown, "Show them now?")).toContain("3 new highlights for this book came from your other devices.");
  await screens.tap("Later");
  expect(await screens.open()).toContain("Show 3 new highlights for this book…");
  await screens.tap("Show 3 new highlights for this book…", "Show them now");
  // Nothing may lie over the book.
  expect(await screens.hand.screen()).toEqual([]);
  await screens.hand.advance(0.2);
  expect(await screens.hand.screen()).toEqual(["They are in the book."]);
  expect(await screens.calls()).toEqual(["syncNow", "applyStaged"]);
});

test("changes for the book on screen wait until another question over it is answered", async ({ home }) => {
  const screens = await filled(home);
  await screens.have({ stagedNow: { title: "Emma", incoming: [{ kind: "added", uid: "1", text: "1" }] }, covered: 3 });
  await screens.open("offerStaged");
  await screens.tap("Show them now");
  await screens.hand.advance(9);
  expect(await screens.hand.screen()).toEqual([]);
  await screens.hand.advance(0.2);
  expect(await screens.hand.screen()).toEqual(["They are in the book."]);
});

test("when to sync, and which settings of the screen travel", async ({ home }) => {
  const screens = await filled(home);
  await screens.open();
  expect((await screens.tap("When and what to sync…")).slice(-8)).toEqual([
    "When a book is closed | yes",
    "When a network is there | yes",
    "On waking up | no",
    "Before sleep | no",
    "While you read | no",
    "Not when the battery is below | 15 %",
    "Settings of the screen that travel, too… | none",
    "What these mean…",
  ]);
  expect(await screens.tap("When a book is closed")).toContain("When a book is closed | no");
  await screens.tap("While you read");
  await screens.hand.typeInto("While you read", "6");
  expect(await screens.tap("Set")).toContain("While you read | every 6 hours");
  await screens.tap("Not when the battery is below");
  await screens.hand.typeInto("Lowest battery", "30");
  expect(await screens.tap("Set")).toContain("Not when the battery is below | 30 %");
  await screens.tap("Settings of the screen that travel, too…");
  expect(await screens.tap("Font size")).toContain("Font size | yes");
  expect(await screens.hand.run('return table.concat(the_fake.optionsNow.screenKeys, " ")')).toBe(
    "copt_font_size kopt_font_size",
  );
  await screens.hand.back();
  expect(await screens.hand.screen()).toContain("Settings of the screen that travel, too… | 1");
  expect(saying(await screens.tap("What these mean…"), "never switches Wi-Fi on")).toBeDefined();
});

test("the folder is tested, changed, and left", async ({ home }) => {
  const screens = await filled(home);
  await screens.have({ tests: [{ ok: true, value: { files: 8, devices: 2, others: 0 } }] });
  await screens.open();
  expect(saying(await screens.tap("Your cloud folder…"), "User name")).toBe(
    "Nextcloud\nhttps://cloud.example.org/remote.php/dav/files/me/Books/Ribbon\nUser name: me",
  );
  expect(saying(await screens.tap("Test"), "can be used")).toBe(
    "Nextcloud can be used. In the folder: 8 files of 2 devices.",
  );
  await screens.hand.back();
  await screens.tap("Your cloud folder…");
  expect(saying(await screens.tap("Stop syncing…"), "Stop syncing on this device?")).toContain("Your books stay");
  await screens.tap("Stop syncing");
  // Nothing is left to say on the home screen.
  expect(await screens.hand.screen()).toEqual([]);
  expect(await screens.open()).toContain("A folder on this device…");
});
