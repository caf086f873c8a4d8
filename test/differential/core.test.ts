// A function of core must mean the same in LuaJIT as in Node, where its properties are searched.
import { describe, expect, it } from "vitest";
import { differences, SAMPLING } from "../support/node/differential";
import { subjects } from "./subjects";

describe.skipIf(subjects.length === 0)(
  `${SAMPLING.numRuns} cases from seed ${SAMPLING.seed} in LuaJIT and in Node`,
  () => {
    it.each(subjects)("$module $function", async subject => {
      const found = await differences(subject);
      expect(found.slice(0, 3), `${found.length} cases differ, the shortest first`).toEqual([]);
    });
  },
);
