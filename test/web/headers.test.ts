import { expect, it } from "vitest";
import { newShelf, signedInVisitor, WebVisitor } from "../support/node/web-visitor";

it.each(["/set-up", "/sign-in", "/nothing-here", "/"])("%s may not load, send or be framed elsewhere", async path => {
  const { headers } = await new WebVisitor((await newShelf()).origin).open(path);
  expect(headers.get("content-security-policy")).toMatch(/^default-src 'none';.*frame-ancestors 'none'$/);
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  expect(headers.get("referrer-policy")).toBe("same-origin");
  expect(headers.get("cache-control")).toBe("no-store");
});

it("an unknown address is a page that says so", async () => {
  const { web } = await signedInVisitor();
  const { status, html } = await web.open("/nothing-here");
  expect(status).toBe(404);
  expect(html).toContain("<title>Not found · Shelf</title>");
});

it("who does not ask for a page gets what a Tome answers", async () => {
  const { origin } = await newShelf();
  for (const path of ["/", "/sign-in", "/nothing-here"]) {
    const answer = await fetch(origin + path, { headers: { accept: "application/json" } });
    expect([answer.status, answer.headers.get("accept-ranges")]).toEqual([200, "bytes"]);
    expect(answer.headers.get("set-cookie")).toBeNull();
  }
});

it("a cookie cannot be read by scripts, nor sent along from other sites", async () => {
  const { headers } = await new WebVisitor((await newShelf()).origin).open("/set-up");
  expect(headers.get("set-cookie")).toMatch(/^shelf=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
});

it("the style sheet may be kept for ever", async () => {
  const { origin } = await newShelf();
  const { html } = await new WebVisitor(origin).open("/set-up");
  const [, path = ""] = /href="([^"]+\.css)"/.exec(html) ?? [];
  const { status, headers } = await fetch(origin + path);
  expect([status, headers.get("cache-control")]).toEqual([200, "public, max-age=31536000, immutable"]);
});
