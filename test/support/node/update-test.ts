// A vitest `test` with a device that has Ribbon by hand and a server that offers it; nothing blocks, and nothing breaks unseen.
import { expect, test } from "vitest";
import { UpdateHome } from "./update-home";

export * from "./update-home";
export { atLoad, insertLua, OWN } from "./versions";

interface Fixture {
  at: UpdateHome;
}

const found = (isQuiet: boolean) =>
  test.extend<Fixture>({
    // vitest reads from this pattern which fixtures are needed.
    at: async ({}, use) => {
      const at = await UpdateHome.found();
      try {
        await use(at);
        if (isQuiet) expect(await at.home.complaints()).toEqual([]);
      } finally {
        await at.home.dissolve();
      }
    },
  });

export const updateTest = found(true);

/** For versions that are broken on purpose: KOReader's log is full of them. */
export const brokenTest = found(false);
