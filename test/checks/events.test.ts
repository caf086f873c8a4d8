// A handler with a misspelt name is never called, and nothing says so.
import { describe, expect, it } from "vitest";
import { loadReleases } from "../../scripts/koreader-api.mjs";
import { eventProblems, eventsOf } from "../support/node/events";

const releases = loadReleases("test/fixtures/koreader-api");

describe("the built plugin", () => {
  const plugin = (): ReturnType<typeof eventsOf> => eventsOf("koplugin/ribbon.koplugin/main.lua");

  it("handles only events that KOReader or an action of ours sends", () => {
    expect(eventProblems(plugin(), releases)).toEqual([]);
  });

  it("handles something", () => {
    expect(plugin().handlers).toContain("onCloseDocument");
  });

  it("has no member that _meta.lua or KOReader would overwrite", () => {
    expect(plugin().keys.filter(key => ["fullname", "description", "version", "path"].includes(key))).toEqual([]);
  });

  it("leaves Close alone, which reaches plugins before the book is saved", () => {
    expect(plugin().handlers).not.toContain("onClose");
  });
});

it("finds handlers that nobody calls and actions that nobody handles", () => {
  const plugin = eventsOf("test/fixtures/plugin-events/main.lua");
  expect(eventProblems(plugin, releases).sort()).toEqual([
    "nobody handles WrongUnheard",
    "nobody sends EnterStandby",
    "nobody sends PagesUpdate",
  ]);
});
