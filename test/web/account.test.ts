import { describe, expect, it } from "vitest";
import { newShelf, OWNER, setUpFields, signedInVisitor, WebVisitor } from "../support/node/web-visitor";

describe("setting up", () => {
  it("sends every page to the set-up page, and makes the owner who knows the code", async () => {
    const shelf = await newShelf();
    const web = new WebVisitor(shelf.origin);
    expect((await web.open("/")).headers.get("location")).toBe("/set-up");
    const page = await web.open("/set-up");
    expect(page.html).toContain("<title>Set up your library · Shelf</title>");
    const before = web.cookie();
    expect((await web.submit("/set-up", setUpFields(shelf))).headers.get("location")).toBe("/");
    expect(web.cookie()).not.toBe(before);
    expect((await web.open("/")).html).toContain("Welcome, Ada.");
    expect((await web.open("/")).html).not.toContain("Welcome, Ada.");
    expect(shelf.setUpCode()).toBeUndefined();
    expect((await new WebVisitor(shelf.origin).open("/set-up")).headers.get("location")).toBe("/");
  });

  it.each([
    [{ code: "AAAA-AAAA" }, 403, "not the code in the terminal"],
    [{ username: "" }, 422, "A name is missing."],
    [{ username: "a:b" }, 422, "A name begins with"],
    [{ new_password_again: "something else" }, 422, "The two passwords differ."],
    [{ new_password: "short", new_password_again: "short" }, 422, "at least 10"],
    [{ new_password: "qwertyuiop", new_password_again: "qwertyuiop" }, 422, "among the first that are guessed"],
    [{ new_password: "AdaAda12Ada", new_password_again: "AdaAda12Ada" }, 422, "little more than the name"],
  ])("says what is wrong with %j", async (wrong, status, sentence) => {
    const shelf = await newShelf();
    const web = new WebVisitor(shelf.origin);
    await web.open("/set-up");
    const answer = await web.submit("/set-up", { ...setUpFields(shelf), ...wrong });
    expect(answer.status).toBe(status);
    expect(answer.html).toContain(sentence);
    expect(shelf.setUpCode()).toBeDefined();
  });

  it("leaves keys that were made on the command line to the owner", async () => {
    const shelf = await newShelf();
    shelf.addKey("Clara");
    const web = new WebVisitor(shelf.origin);
    await web.open("/set-up");
    await web.submit("/set-up", setUpFields(shelf));
    expect((await web.open("/devices")).html).toContain("Clara");
    expect((await web.open("/")).html).not.toContain("No device is connected yet");
  });
});

describe("signing in", () => {
  it("takes name and password, goes on to the page that was wanted, and ends with signing out", async () => {
    const { shelf } = await signedInVisitor();
    const web = new WebVisitor(shelf.origin);
    expect((await web.open("/?a=b")).headers.get("location")).toBe("/sign-in?next=%2F%3Fa%3Db");
    await web.open("/sign-in?next=%2F%3Fa%3Db");
    const entered = await web.submit("/sign-in", { ...OWNER, next: "/?a=b" });
    expect(entered.headers.get("location")).toBe("/?a=b");
    await web.open("/sign-in?again");
    expect((await web.open("/")).status).toBe(200);
    const cookie = web.cookie() ?? "";
    await web.open("/account");
    await web.submit("/sign-out", {});
    expect(web.cookie()).not.toBe(cookie);
    expect((await web.open("/")).status).toBe(303);
    // Nor does the old cookie help whoever kept it.
    const kept = await fetch(shelf.origin, {
      headers: { accept: "text/html", cookie: `shelf=${cookie}` },
      redirect: "manual",
    });
    expect(kept.status).toBe(303);
  });

  it.each(["//evil.example", "/\\evil.example", "https://evil.example/", "javascript:alert(1)", "/a\r\nb"])(
    "does not go on to %j",
    async next => {
      const { shelf } = await signedInVisitor();
      const web = new WebVisitor(shelf.origin);
      await web.open(`/sign-in?next=${encodeURIComponent(next)}`);
      expect((await web.submit("/sign-in", { ...OWNER, next })).headers.get("location")).toBe("/");
    },
  );

  it("slows guessing down, and takes the right password when the time has come", async () => {
    let at = Date.now();
    const { shelf } = await signedInVisitor({ now: () => new Date(at) });
    const web = new WebVisitor(shelf.origin);
    await web.open("/sign-in");
    const guess = (password: string) => web.submit("/sign-in", { username: "Ada", password });
    for (let n = 0; n < 5; n += 1) expect((await guess(`wrong ${n}`)).status).toBe(403);
    expect((await guess(OWNER.password)).status).toBe(429);
    at += 1000;
    expect((await guess("wrong again")).status).toBe(403);
    at += 1000;
    expect((await guess(OWNER.password)).html).toContain("Try again in 1 s.");
    at += 1000;
    expect((await guess(OWNER.password)).status).toBe(303);
  });
});

describe("the account page", () => {
  const change = {
    password: OWNER.password,
    new_password: "eleven red ribbons",
    new_password_again: "eleven red ribbons",
  };

  async function secondBrowser(origin: string, password = OWNER.password) {
    const web = new WebVisitor(origin);
    await web.open("/sign-in");
    const { status } = await web.submit("/sign-in", { ...OWNER, password });
    return { web, status };
  }

  it("changes the password, and signs every other browser out", async () => {
    const { shelf, web } = await signedInVisitor();
    const { web: other } = await secondBrowser(shelf.origin);
    expect((await web.open("/account")).html.match(/<tr/g)).toHaveLength(3);
    expect((await web.submit("/account/password", change)).status).toBe(303);
    expect((await web.open("/account")).html).toContain("Your password is changed.");
    expect((await other.open("/account")).status).toBe(303);
    expect((await secondBrowser(shelf.origin)).status).toBe(403);
    expect((await secondBrowser(shelf.origin, change.new_password)).status).toBe(303);
  });

  it.each([
    [{ password: "wrong password" }, 403, "not your present password"],
    [{ new_password: "short", new_password_again: "short" }, 422, "at least 10"],
  ])("does not change it with %j", async (wrong, status, sentence) => {
    const { web } = await signedInVisitor();
    await web.open("/account");
    const answer = await web.submit("/account/password", { ...change, ...wrong });
    expect([answer.status, answer.html.includes(sentence)]).toEqual([status, true]);
  });

  it("signs out everywhere", async () => {
    const { shelf, web } = await signedInVisitor();
    const { web: other } = await secondBrowser(shelf.origin);
    await other.open("/account");
    await other.submit("/account/sign-out-everywhere", {});
    for (const browser of [web, other]) expect((await browser.open("/account")).status).toBe(303);
  });
});

it("a session ends a month after the last visit", async () => {
  let at = Date.now();
  const { web } = await signedInVisitor({ now: () => new Date(at) });
  const days = 24 * 3600 * 1000;
  for (const [wait, status] of [
    [29, 200],
    [29, 200],
    [31, 303],
  ] as const) {
    at += wait * days;
    expect((await web.open("/")).status).toBe(status);
  }
});

describe("a form", () => {
  it("is only taken with the token of the visitor's own cookie, and from this address", async () => {
    const { shelf, web } = await signedInVisitor();
    const other = new WebVisitor(shelf.origin);
    await other.open("/sign-in");
    for (const [fields, headers] of [
      [{ _csrf: "" }, {}],
      [{ _csrf: other.token() }, {}],
      [{}, { origin: "http://evil.example" }],
      [{}, { origin: "null" }],
      [{}, { "sec-fetch-site": "cross-site" }],
    ] as const) {
      await web.open("/account");
      expect((await web.submit("/sign-out", fields, headers)).status).toBe(403);
      expect((await web.open("/")).status).toBe(200);
    }
  });

  it("may not be larger than a form is", async () => {
    const { web } = await signedInVisitor();
    const answer = await web.submit("/sign-out", { more: "x".repeat(70_000) });
    expect(answer.status).toBe(413);
    expect(answer.html).toContain("more than this form takes");
  });
});
