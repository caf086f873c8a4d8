import { describe, expect, it } from "vitest";
import { openStore } from "../../src/shelf/store/store";
import { tempDir } from "../support/node/temp-dir";
import { enterAs, OWNER, signedInVisitor, type WebVisitor } from "../support/node/web-visitor";

const passwordIn = (html: string) => /class="big code">([^<]+)</.exec(html)?.[1] ?? "";

async function add(web: WebVisitor, username: string): Promise<string> {
  await web.open("/users");
  return passwordIn((await web.submit("/users", { username })).html);
}

const isIn = async (web: WebVisitor) => (await web.open("/account")).status === 200;

describe("the owner", () => {
  it("adds somebody, whose first password has to be changed", async () => {
    const { shelf, web } = await signedInVisitor();
    const password = await add(web, "Bo");
    expect(password).toMatch(/^[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}$/);
    expect((await web.open("/users")).html).toContain("has not chosen a password yet");
    const bo = await enterAs(shelf, "Bo", password);
    expect((await bo.open("/")).headers.get("location")).toBe("/account");
    expect((await bo.open("/account")).html).toContain("Choose a password of your own first.");
  });

  it.each([
    ["Ada", "That name is taken."],
    ["", "A name is missing."],
    ["a/b", "A name begins with"],
  ])("cannot add %j", async (username, sentence) => {
    const { web } = await signedInVisitor();
    await web.open("/users");
    const { status, html } = await web.submit("/users", { username });
    expect([status, html.includes(sentence)]).toEqual([422, true]);
  });

  it("closes and opens an account, and makes a new password", async () => {
    const { shelf, web } = await signedInVisitor();
    const password = await add(web, "Bo");
    const bo = await enterAs(shelf, "Bo", password);
    await web.open("/users/2");
    await web.submit("/users/2/close", {});
    expect(await isIn(bo)).toBe(false);
    expect(await isIn(await enterAs(shelf, "Bo", password))).toBe(false);
    await web.open("/users/2");
    await web.submit("/users/2/open", {});
    const again = await enterAs(shelf, "Bo", password);
    expect(await isIn(again)).toBe(true);
    await web.open("/users/2");
    const second = passwordIn((await web.submit("/users/2/password", {})).html);
    expect(await isIn(again)).toBe(false);
    expect(await isIn(await enterAs(shelf, "Bo", password))).toBe(false);
    expect(await isIn(await enterAs(shelf, "Bo", second))).toBe(true);
  });

  it("removes somebody with all that was theirs, and nothing else", async () => {
    const dataDir = tempDir();
    const { web } = await signedInVisitor({ dataDir });
    await add(web, "Bo");
    const store = openStore(dataDir);
    const at = new Date().toISOString();
    for (const userId of [1, 2]) {
      store.credentials.addKey({ userId, hash: `h${userId}`, prefix: "tk_", label: "Clara", createdAt: at });
      store.shelves.add({ ownerId: userId, name: "Mine", params: {} });
    }
    await web.open("/users/2");
    expect((await web.submit("/users/2/remove", { username: "bo" })).html).toContain("That is not the name.");
    expect((await web.submit("/users/2/remove", { username: "Bo" })).status).toBe(303);
    expect(store.users.all().map(({ username }) => username)).toEqual(["Ada"]);
    expect(store.credentials.allKeys().map(({ userId }) => userId)).toEqual([1]);
    store.close();
  });

  it("cannot lock themselves out", async () => {
    const { web } = await signedInVisitor();
    await web.open("/users");
    for (const step of ["close", "remove", "password"])
      expect((await web.submit(`/users/1/${step}`, { username: "Ada" })).status).toBe(404);
  });
});

it("others cannot see or change users", async () => {
  const { shelf, web } = await signedInVisitor();
  const password = await add(web, "Bo");
  const bo = await enterAs(shelf, "Bo", password);
  await bo.open("/account");
  const own = "a password of my own";
  await bo.submit("/account/password", { password, new_password: own, new_password_again: own });
  expect((await bo.open("/users")).status).toBe(403);
  await bo.open("/account");
  expect((await bo.submit("/users/1/close", {})).status).toBe(403);
  expect((await bo.submit("/users", { username: "Cy" })).status).toBe(403);
  expect((await bo.open("/")).html).not.toContain('href="/users"');
  expect(await isIn(await enterAs(shelf, OWNER.username, OWNER.password))).toBe(true);
});
