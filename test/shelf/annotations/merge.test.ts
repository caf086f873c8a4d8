import { describe, expect, it } from "vitest";
import { planDelete, planUpsert, type Upsert } from "../../../src/shelf/annotations/merge";
import type { Annotation } from "../../../src/shelf/store/annotations";

const text = { anchor: "/p[1]", anchorEnd: null, text: "the river", note: null, chapter: null, color: null };
const upsert = (changed: string | null, more: Partial<Upsert> = {}): Upsert => ({
  ...text,
  created: null,
  changed,
  ...more,
});
const row = (stamp: string | null, isByServer = false): Annotation => {
  const stamped = { stamp, isByServer };
  return {
    ...text,
    cfi: "epubcfi(/6)",
    anchorEnd: "/p[2]",
    id: 1,
    bookId: 1,
    created: stamped,
    changed: stamped,
    updatedAt: "",
  };
};
const stone = (stamp: string | null, isByServer = false) => ({ anchor: "/p[1]", deleted: { stamp, isByServer } });

const [NINE, TEN, ELEVEN] = ["2026-05-01 09:00:00", "2026-05-01 10:00:00", "2026-05-01 11:00:00"] as const;
const HOUR = 3600;

describe("what a device says of an annotation", () => {
  it.each([
    ["is made", TEN, undefined, undefined, 0, "create"],
    ["is made without any stamp", null, undefined, undefined, 0, "create"],
    ["overwrites what is older", TEN, row(NINE), undefined, 0, "update"],
    ["overwrites what is as old", TEN, row(TEN), undefined, 0, "update"],
    ["does not overwrite what is newer", NINE, row(TEN), undefined, 0, "skip"],
    ["without a stamp loses to any", null, row(NINE), undefined, 0, "skip"],
    ["does not undo a deletion of the same time", TEN, undefined, stone(TEN), 0, "skip"],
    ["undoes an older deletion", TEN, undefined, stone(NINE), 0, "create"],
    ["undoes a deletion without a time", TEN, undefined, stone(null), 0, "create"],
    ["by a clock that is an hour late is compared on that clock", TEN, row(TEN, true), undefined, HOUR, "update"],
    ["by such a clock is not newer than another device's", NINE, row(TEN), undefined, HOUR, "skip"],
    ["by such a clock undoes the server's deletion", TEN, undefined, stone(TEN, true), HOUR, "create"],
  ] as const)("%s", (_, changed, known, tombstone, offset, expected) => {
    expect(planUpsert(upsert(changed), { row: known, tombstone }, offset).kind).toBe(expected);
  });

  it("keeps the end, the locator and the time of making that it leaves out, and clears the rest", () => {
    const step = planUpsert(upsert(ELEVEN), { row: { ...row(TEN), note: "mine" }, tombstone: undefined }, 0);
    expect(step).toMatchObject({
      kind: "update",
      annotation: {
        anchorEnd: "/p[2]",
        cfi: "epubcfi(/6)",
        note: null,
        created: { stamp: TEN, isByServer: false },
        changed: { stamp: ELEVEN, isByServer: false },
      },
    });
  });
});

describe("what a device says is deleted", () => {
  it.each([
    ["goes", TEN, row(TEN), undefined, "delete", TEN],
    ["stays when it was changed later", NINE, row(TEN), undefined, "skip", undefined],
    ["stays when nobody says when", null, row(TEN), undefined, "skip", undefined],
    ["is remembered though it was unknown", TEN, undefined, undefined, "delete", TEN],
    ["moves an older tombstone", ELEVEN, undefined, stone(TEN), "delete", ELEVEN],
    ["leaves a later tombstone", NINE, undefined, stone(TEN), "delete", undefined],
  ] as const)("%s", (_, stamp, known, tombstone, kind, left) => {
    const step = planDelete("/p[1]", stamp, { row: known, tombstone }, 0);
    expect(step.kind).toBe(kind);
    if (step.kind === "delete") expect(step.tombstone?.deleted.stamp).toBe(left);
  });
});
