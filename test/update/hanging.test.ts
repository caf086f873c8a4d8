// A version that hangs, so that nothing of it can say that anything is wrong: somebody holds the power key, and the next start
// runs the version before. What was read meanwhile waits, and is sent once. By today's rules of KOReader and the oldest ones.
import fs from "node:fs";
import path from "node:path";
import { describe, expect, onTestFinished } from "vitest";
import { ASH, closeAll, settle } from "../support/node/plugin-test";
import { atLoad, brokenTest as test, install, OWN, running, type UpdateHome } from "../support/node/update-test";
import { sampleBook } from "../support/node/sample-book";

const RULES = ["today", "v2024.07"] as const;
const HANG = "__HANG()";

/** Where a version hangs. */
const PLACES: Readonly<Record<string, string>> = {
  "at load": HANG,
  "in its first handler": `plugin.init = function() ${HANG} end`,
  "when a book opens": `plugin.onReaderReady = function() ${HANG} end`,
  "in its first task": `require("ui/uimanager"):scheduleIn(2, function() ${HANG} end)`,
};

/** Says which process it is before it goes round for ever. */
const hangingAt = (place: string, mark: string) =>
  atLoad(`
    local function __HANG()
      local ffi = require("ffi")
      pcall(ffi.cdef, "int getpid(void);")
      local draft = assert(io.open("${mark}.new", "w"))
      draft:write(tostring(ffi.C.getpid()))
      draft:close()
      os.rename("${mark}.new", "${mark}")
      while true do end
    end
    ${place}`);

/** Starts the device and uses it until it hangs; then holds the power key. */
async function useUntilItHangs(at: UpdateHome, mark: string, loader: (typeof RULES)[number]): Promise<void> {
  const end = (): void => {
    if (fs.existsSync(mark)) process.kill(Number(fs.readFileSync(mark, "utf8")), "SIGKILL");
    fs.rmSync(mark, { force: true });
  };
  onTestFinished(end);
  const use = async (): Promise<void> => {
    const hand = await at.start({ loader, wifi: false });
    await hand.advance(3);
    await hand.openBook(hand.addBook(sampleBook(ASH)));
    await hand.exit();
  };
  const used = use().then(
    () => "used, and it did not hang",
    (problem: unknown) => String(problem),
  );
  await expect.poll(() => fs.existsSync(mark), { timeout: 200_000 }).toBe(true);
  end();
  expect(await used).toContain("gone (killed)");
}

describe.each(RULES)("by the rules of %s", loader => {
  test.for(Object.entries(PLACES))(
    "a version that hangs %s is given up when the device was switched off",
    { timeout: 300_000 },
    async ([, place], { at }) => {
      const mark = path.join(at.home.folder, "hangs.txt");
      at.offer(at.make("0.2.0", hangingAt(place, mark)));
      const hand = await at.start({ loader });
      await install(hand, "0.2.0");
      await hand.tap("Restart later");
      await hand.loseWifi();
      await hand.openBook(hand.addBook(sampleBook(ASH)));
      await hand.turn(12, 20);
      await hand.closeBook();
      await settle(hand);
      await hand.restart();
      await useUntilItHangs(at, mark, loader);
      expect(at.active()).toContain("run 0.2.0\n");
      expect(at.active()).toContain("trial started\n");
      const next = await at.start({ loader, wifi: false });
      await next.advance(5);
      expect((await next.screen()).join("\n")).toContain("ended in an unusual way");
      await closeAll(next);
      expect(await running(next)).toBe(OWN);
      expect(at.home.turns()).toEqual([]);
      await next.regainWifi();
      await settle(next);
      expect(at.home.turns()).toEqual([12]);
      await next.exit();
    },
  );
});
