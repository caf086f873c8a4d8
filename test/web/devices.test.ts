import { unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { send } from "../support/node/contracts/send";
import { pluginFolder } from "../support/node/plugin-folder";
import { tempDir } from "../support/node/temp-dir";
import { enterAs, OWNER, signedInVisitor, type WebVisitor } from "../support/node/web-visitor";

const TEXT = new TextDecoder();

interface Baked {
  readonly version: number;
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly url: string;
  readonly key: string;
}

async function download(web: WebVisitor, label: string) {
  await web.open("/connect");
  const answer = await web.submit("/connect/plugin", { label });
  const files = unzipSync(answer.bytes);
  const baked = JSON.parse(TEXT.decode(files["ribbon.koplugin/baked.json"])) as Baked;
  return { answer, files, baked };
}

const status = async (origin: string, key: string) =>
  (await send(origin, "GET", "/api/tome-sync/series", { Authorization: `Bearer ${key}` })).status;

describe("the plugin as a ZIP", () => {
  it("holds the address under which the page was opened, and a key of its own", async () => {
    const { shelf, web } = await signedInVisitor({ pluginDir: pluginFolder() });
    const { answer, files, baked } = await download(web, "Clara");
    expect(answer.headers.get("content-type")).toBe("application/zip");
    expect(answer.headers.get("content-disposition")).toBe('attachment; filename="ribbon.koplugin-0.2.0-with-key.zip"');
    const names = ["_meta.lua", "baked.json", "main.lua", "release.json", "ribbon.lua"];
    expect(Object.keys(files)).toEqual(names.map(name => `ribbon.koplugin/${name}`));
    expect(baked).toMatchObject({ version: 1, kind: "tome", name: "Home", url: shelf.origin });
    expect(await status(shelf.origin, baked.key)).toBe(200);
    const second = await download(web, "Libra");
    expect(second.baked.key).not.toBe(baked.key);
    expect(second.baked.id).not.toBe(baked.id);
    expect((await web.open("/connect")).html).toContain("Ribbon 0.2.0, for a device that does not have it yet.");
    const { html } = await web.open("/devices");
    expect(html).toContain("Clara");
    expect(html).toContain("Libra");
    expect(html).not.toContain(baked.key);
  });

  it("says how to build the plugin when that was not done", async () => {
    const { web } = await signedInVisitor({ pluginDir: tempDir() });
    expect((await web.open("/connect")).html).toContain("npm run build");
    await web.open("/account");
    expect((await web.submit("/connect/plugin", { label: "x" })).status).toBe(503);
  });

  it("says when the page was opened under an address that no device can reach", async () => {
    const { shelf, web } = await signedInVisitor({ pluginDir: pluginFolder() });
    expect((await web.open("/connect")).html).toContain(`You opened Shelf as <strong>${shelf.origin}`);
  });
});

describe("the devices page", () => {
  it("tells which Ribbon a device has, and that a newer one is here", async () => {
    const { shelf, web } = await signedInVisitor({ pluginDir: pluginFolder("0.2.0") });
    const { key } = shelf.addKey("Clara");
    const heard = async (agent: string) => {
      const headers = { Authorization: `Bearer ${key}`, "User-Agent": agent };
      expect((await send(shelf.origin, "GET", "/api/tome-sync/series", headers)).status).toBe(200);
      return (await web.open("/devices")).html;
    };
    const offer = "Ribbon 0.2.0 is here; a device with an older one offers it under Tools › Ribbon › More › Updates.";
    expect(await heard("TomeSync/1.14")).toContain("not known");
    const outdated = await heard("Ribbon/0.1.0 KOReader/2026.07");
    expect(outdated).toContain("0.1.0, older");
    expect(outdated).toContain(offer);
    expect(await heard("curl/8")).toContain(offer);
    for (const agent of ["Ribbon/0.2.0 KOReader/2026.07", "Ribbon/0.10.0-rc.1", "Ribbon/1.0.0"])
      expect(await heard(agent)).not.toContain(offer);
    const odd = await heard(`Ribbon/<b>0.1.0 x`);
    expect(odd).toContain("1.0.0");
    expect(odd).not.toContain("<b>");
  });

  it("renames a device, and disconnects it at once", async () => {
    const { shelf, web } = await signedInVisitor();
    const { key } = shelf.addKey("Clara");
    await web.open("/devices/1");
    expect((await web.submit("/devices/1/name", { label: " <b>Clara</b> " })).status).toBe(303);
    expect((await web.open("/devices")).html).toContain("“&lt;b>Clara&lt;/b>” now");
    await web.open("/devices/1");
    expect((await web.submit("/devices/1/name", { label: " " })).html).toContain("needs a name");
    expect(await status(shelf.origin, key)).toBe(200);
    expect((await web.submit("/devices/1/disconnect", {})).status).toBe(303);
    expect(await status(shelf.origin, key)).toBe(401);
    expect((await web.open("/devices")).html).toContain("No device is connected yet.");
  });

  it("shows nobody else's", async () => {
    const { shelf, web } = await signedInVisitor();
    shelf.addKey("Clara");
    const other = await addUser(web, shelf, "Bo");
    expect((await other.open("/devices")).html).not.toContain("Clara");
    expect((await other.open("/devices/1")).status).toBe(404);
    await other.open("/account");
    expect((await other.submit("/devices/1/disconnect", {})).status).toBe(404);
    expect((await other.submit("/devices/1/name", { label: "mine" })).status).toBe(404);
    expect((await web.open("/devices")).html).toContain("Clara");
  });
});

/** Adds a user, who chooses a password of their own. */
async function addUser(web: WebVisitor, shelf: { origin: string }, username: string): Promise<WebVisitor> {
  await web.open("/users");
  const { html } = await web.submit("/users", { username });
  const [, password = ""] = /class="big code">([^<]+)</.exec(html) ?? [];
  const other = await enterAs(shelf as Parameters<typeof enterAs>[0], username, password);
  expect((await other.open("/devices")).headers.get("location")).toBe("/account");
  await other.open("/account");
  const own = "a password of my own";
  await other.submit("/account/password", { password, new_password: own, new_password_again: own });
  return other;
}

describe("letting a device in by its code", () => {
  const json = async (origin: string, step: string, body: object) => {
    const answer = await send(origin, "POST", `/api/auth/quick-connect/${step}`, {}, JSON.stringify(body));
    return JSON.parse(answer.body.toString()) as Record<string, string>;
  };

  it("shows which device asks, and waits until it has come", async () => {
    const { shelf, web } = await signedInVisitor();
    const device = { name: "Kobo Clara <1a2b>" };
    const { code = "", poll_token } = await json(shelf.origin, "initiate", { device });
    const asked = await web.open(`/connect?code=+${code.toLowerCase()}`);
    expect(asked.html).toContain("Kobo Clara &lt;1a2b>");
    expect(asked.html).toContain(`${code.slice(0, 3)} ${code.slice(3)}`);
    expect(asked.html).toContain("127.0.0.1");
    expect(await json(shelf.origin, "poll", { code, poll_token })).toEqual({ status: "pending" });
    const wait = (await web.submit("/connect/allow", { code })).headers.get("location") ?? "";
    expect((await web.open(wait)).html).toContain('http-equiv="refresh"');
    expect((await json(shelf.origin, "poll", { code, poll_token }))["status"]).toBe("authorized");
    expect((await web.open(wait)).headers.get("location")).toBe("/devices");
    await web.open("/connect?code=AAAAAA");
    expect((await web.submit("/connect/allow", { code })).html).toContain("No device shows that code.");
  });

  it("says what is wrong with a code, and slows guessing down", async () => {
    let at = Date.now();
    const { shelf, web } = await signedInVisitor({ now: () => new Date(at) });
    const { code = "" } = await json(shelf.origin, "initiate", {});
    expect((await web.open(`/connect?code=${code}`)).html).toContain("It does not say its name.");
    at += 5 * 60_000;
    expect((await web.open(`/connect?code=${code}`)).html).toContain("That code is too old.");
    for (let n = 0; n < 4; n += 1) {
      const { status, html } = await web.open("/connect?code=AAAAAA");
      expect([status, html.includes("No device shows that code.")]).toEqual([422, true]);
    }
    expect((await web.open("/connect?code=AAAAAA")).status).toBe(429);
  });

  it("is nothing for who is not signed in", async () => {
    const { shelf } = await signedInVisitor();
    const { code = "" } = await json(shelf.origin, "initiate", {});
    const stranger = await enterAs(shelf, OWNER.username, "wrong password");
    const { headers } = await stranger.open(`/connect?code=${code}`);
    expect(headers.get("location")).toBe(`/sign-in?next=${encodeURIComponent(`/connect?code=${code}`)}`);
  });
});
