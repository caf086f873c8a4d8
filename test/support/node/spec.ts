import { assert, describe as suite, expect, it as test } from "vitest";
import type { Spec } from "../spec-interface";

const spec: Spec = {
  describe: (subject, body) => suite(subject, () => body()),
  it: (sentence, body) => test(sentence, () => body()),
  // Not toBe, which tells 0 from -0 and finds NaN in NaN: Lua does neither.
  equal: (actual, expected) => assert.strictEqual(actual, expected),
  same: (actual, expected) => expect(actual).toEqual(expected),
  ok: (condition, why) => assert.isTrue(condition, why),
};

export const { describe, it, equal, same, ok } = spec;
