import type { Spec } from "../spec-interface";

interface Luassert {
  equal(this: void, expected: unknown, actual: unknown): void;
  same(this: void, expected: unknown, actual: unknown): void;
  is_true(this: void, value: boolean, why?: string): void;
}

// Typed here, not by busted's declarations: this file is also checked with Node's types, where those are unknown.
const busted = require("busted") as Pick<Spec, "describe" | "it">;
const luassert = require("luassert") as Luassert;

export const spec: Spec = {
  describe: busted.describe,
  it: busted.it,
  equal: (actual, expected) => {
    luassert.equal(expected, actual);
  },
  same: (actual, expected) => {
    luassert.same(expected, actual);
  },
  ok: (condition, why) => {
    luassert.is_true(condition, why);
  },
};
