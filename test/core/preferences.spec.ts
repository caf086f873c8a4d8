import { DEFAULT_PREFERENCES, preferencesOf } from "../../src/core/preferences";
import { describe, it, same } from "../support/spec";

describe("preferences in a file", () => {
  it("are the usual ones when nothing is there", () => {
    same(preferencesOf({}), DEFAULT_PREFERENCES);
  });

  it("count where they make sense", () => {
    const chosen = preferencesOf({ idleCapMinutes: 15, jumpAhead: "ask", notices: "none", lastCall: false });
    same(chosen, { ...DEFAULT_PREFERENCES, idleCapMinutes: 15, jumpAhead: "ask", notices: "none", lastCall: false });
  });

  it("are the usual ones where a hand has made them senseless", () => {
    const broken = { idleCapMinutes: "ten", turnsPerPush: -1, jumpAhead: "maybe", notices: 3, lastCall: "yes" };
    same(preferencesOf(broken), DEFAULT_PREFERENCES);
    same(preferencesOf({ idleCapMinutes: 1e9 }), DEFAULT_PREFERENCES);
  });
});
