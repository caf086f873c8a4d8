import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { readRelease } from "../../src/core/release";
import { sha256Of } from "../../src/shelf/plugin/built";
import type { Shelf } from "../../src/shelf/shelf";
import { send } from "../support/node/contracts/send";
import { pluginFolder } from "../support/node/plugin-folder";
import { tempDir } from "../support/node/temp-dir";
import { newShelf } from "../support/node/web-visitor";

const PACKAGE = "ribbon-0.2.0.update";

interface Asking {
  ask(file: string, headers?: Record<string, string>): ReturnType<typeof send>;
}

async function device(pluginDir: string): Promise<Asking & { shelf: Shelf }> {
  const shelf = await newShelf({ pluginDir });
  const Authorization = `Bearer ${shelf.addKey("Clara").key}`;
  const ask = (file: string, headers = {}) =>
    send(shelf.origin, "GET", `/api/ribbon/release/${file}`, { Authorization, ...headers });
  return { shelf, ask };
}

describe("the release that Shelf offers", () => {
  it("can be read by a device, and its package is what it says", async () => {
    const { ask } = await device(pluginFolder("0.2.0"));
    const manifest = await ask("release.json");
    expect(manifest.headers["content-type"]).toBe("application/json");
    expect(Number(manifest.headers["content-length"])).toBe(manifest.body.length);
    const release = readRelease(JSON.parse(manifest.body.toString()));
    if (!release.ok) throw new Error(release.failure);
    expect(release.value).toMatchObject({
      version: "0.2.0",
      notes: "What is new in 0.2.0",
      package: { name: PACKAGE },
    });
    const { status, headers, body } = await ask(release.value.package.name);
    expect([status, headers["content-type"]]).toEqual([200, "application/octet-stream"]);
    expect(Number(headers["content-length"])).toBe(release.value.package.bytes);
    expect([body.length, sha256Of(body)]).toEqual([release.value.package.bytes, release.value.package.sha256]);
  });

  it("is not sent again to whoever has it, and goes on where it was cut", async () => {
    const folder = pluginFolder("0.2.0");
    const { ask } = await device(folder);
    const whole = await ask(PACKAGE);
    const etag = whole.headers.etag ?? "";
    expect(etag).toMatch(/^"[0-9a-f]{64}"$/);
    const known = await ask(PACKAGE, { "If-None-Match": etag });
    expect([known.status, known.body.length]).toEqual([304, 0]);
    const rest = await ask(PACKAGE, { Range: "bytes=10-", "If-Range": etag });
    expect([rest.status, rest.headers["content-range"]]).toEqual([
      206,
      `bytes 10-${whole.body.length - 1}/${whole.body.length}`,
    ]);
    expect(Buffer.concat([whole.body.subarray(0, 10), rest.body]).equals(whole.body)).toBe(true);
    fs.rmSync(folder, { recursive: true });
    pluginFolder("0.3.0", folder);
    expect((await ask(PACKAGE)).status).toBe(404);
    expect(
      (await ask("ribbon-0.3.0.update", { "If-None-Match": etag, Range: "bytes=10-", "If-Range": etag })).status,
    ).toBe(200);
  });

  it("is for devices with a key, and holds nothing but the release", async () => {
    const folder = pluginFolder();
    fs.writeFileSync(path.join(folder, "baked.json"), "a key");
    const { shelf, ask } = await device(folder);
    for (const file of ["baked.json", "main.lua", "..%5Cpackage.json", "ribbon-0.1.0.update", "x"])
      expect((await ask(file)).status, file).toBe(404);
    expect((await send(shelf.origin, "GET", "/api/ribbon/release/release.json")).status).toBe(422);
    const stranger = { Authorization: `Bearer tk_${"0".repeat(40)}` };
    expect((await send(shelf.origin, "GET", "/api/ribbon/release/release.json", stranger)).status).toBe(401);
  });

  it.each([
    ["no plugin", () => tempDir()],
    [
      "half a plugin",
      () => {
        const folder = pluginFolder();
        fs.truncateSync(path.join(folder, "ribbon.lua"), 3);
        return folder;
      },
    ],
  ])("is refused in words where Shelf has %s", async (_what, make) => {
    const { ask } = await device(make());
    for (const file of ["release.json", PACKAGE]) {
      const { status, headers, body } = await ask(file);
      expect([status, headers["content-type"]]).toEqual([404, expect.stringMatching(/^application\/json/)]);
      expect(JSON.parse(body.toString())).toEqual({
        detail: "This server has no Ribbon to offer: it was not built there",
      });
    }
  });
});
