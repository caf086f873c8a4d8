// The mistakes of `npm run mutations` are made in the code as it is now.
import { expect, test } from "vitest";
import { misfits } from "../mutations/mutations";

test("each mutation stands for one place in the code", () => {
  expect(misfits()).toEqual([]);
});
