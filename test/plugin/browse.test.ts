// A library on the device, below its screens: the built plugin, a worker, and a server on the other side.
import { expect } from "vitest";
import { BrowseHand } from "../support/node/browse";
import { pluginTest as test } from "../support/node/plugin-test";

test("series, and the books of one, as the server lists them", async ({ home }) => {
  const browse = new BrowseHand(await home.device());
  expect(await browse.libraries()).toEqual(["Home"]);
  expect(await browse.sections()).toEqual(["up-next", "recent", "series", "authors", "shelves", "search"]);
  expect(await browse.seen({ kind: "authors" })).toBeUndefined();
  const authors = await browse.refresh({ kind: "authors" });
  expect(authors).toMatchObject({ ok: true, value: { count: 3 } });
});
