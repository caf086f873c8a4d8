// Whose disk it is that failed, and whether room is the trouble.
import { expect } from "vitest";
import { FIND_LIBRARY, lua } from "../support/node/library";
import { pluginTest as test } from "../support/node/plugin-test";

const FULL = { reason: "disk", detail: "no room for 5242880 bytes", lacking: 5242880 };
const BROKEN = { reason: "disk", detail: "Input/output error" };
const ELSEWHERE = { reason: "disk", at: "https://books.example.org" };

test("a disk that failed is the device's or the server's, full or not", async ({ home }) => {
  const hand = await home.device();
  const say = async (call: string, ...values: unknown[]): Promise<unknown> =>
    hand.run(`${FIND_LIBRARY} the_require("src.ui.menu") return the_require(${call}(${values.map(lua).join(", ")})`);
  const short = (failure: object): Promise<unknown> => say('"src.ui.reasons").shortFailure', failure, "Home");
  expect(await short(FULL)).toBe("no room on this device");
  expect(await short(ELSEWHERE)).toBe("Home is full");
  expect(await short(BROKEN)).toBe("it failed on this device");
  const whole = (failure: object): Promise<unknown> => say('"src.ui.words").sentenceOf', failure, "Home");
  expect(await whole(FULL)).toMatch(/^There is no room left on this device: 5\.\d MB more have to be free\./);
  expect(await whole(ELSEWHERE)).toMatch(/^Home has no room left\./);
  expect(await whole(BROKEN)).toMatch(
    /^Something failed on this device itself\..*The system says: Input\/output error$/s,
  );
  const tested = await say('"src.ui.reasons").diagnosis', BROKEN, { name: "Home", url: "http://home" }, 0);
  expect(tested).toBe(await whole(BROKEN));
});
