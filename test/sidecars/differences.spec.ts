import { describe, equal, it, same } from "../support/spec";
import "../support/lua/sidecar-device";
import { annotationEdits, keyChanges } from "../../src/koreader/sidecars/differences";
import { fromNative, toNative } from "../../src/koreader/sidecars/native";
import type { DataTable, LuaValue } from "../../src/core/sdr/lua-value";

const data = (value: object): DataTable => fromNative(value) as DataTable;
const mark = (page: string, fields: object = {}) => ({
  datetime: "2026-01-01 10:00:00",
  drawer: "lighten",
  page,
  ...fields,
});

describe("what turns one sidecar into another", () => {
  it("is its keys that differ, and those that are gone", () => {
    const before = data({ a: 1, b: { c: [1, 2] }, gone: true, annotations_externally_modified: true });
    const after = data({ a: 1, b: { c: [1, 2, 3] }, new: "x" });
    const changes = keyChanges(before, after);
    const told: Record<string, LuaValue | undefined> = {};
    for (const { key, value } of changes) told[key] = typeof value === "object" ? "a table" : value;
    same(told, { b: "a table", new: "x" });
    same(
      changes.filter(({ value }) => value === undefined).map(({ key }) => key),
      ["gone"],
    );
  });

  it("is nothing where only the digits beyond those that KOReader writes differ", () => {
    same(keyChanges(data({ a: 0.1 + 0.2 }), data({ a: 0.3 })), []);
  });

  it("is, for a list, what is added, changed and removed", () => {
    const before = data({ annotations: [mark("/a"), mark("/b"), mark("/c")] });
    const after = data({ annotations: [mark("/d"), mark("/c", { note: "new" }), mark("/a")] });
    const kinds = annotationEdits(before, after).map(({ kind }) => kind);
    same(
      ["add", "change", "remove"].map(kind => kinds.filter(each => each === kind).length),
      [1, 1, 1],
    );
    same(annotationEdits(before, before), []);
  });
});

describe("Lua's own tables", () => {
  it("come back as they went", () => {
    const value = { list: [1, 2, { x: "y" }], flag: false, text: "\0\r\n\\" };
    same(toNative(data(value)), value as never);
  });

  it("lose what cannot be written: functions, and a table within itself", () => {
    const value: Record<string, unknown> = { run: () => {}, kept: 1 };
    value["self"] = value;
    let depth = 0;
    let at: LuaValue | undefined = data(value);
    while (typeof at === "object") {
      depth += 1;
      at = at.values.find(each => typeof each === "object");
    }
    equal(depth, 24);
  });
});
