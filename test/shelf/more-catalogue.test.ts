// What Shelf tells devices beyond Tome 2.3.
import { describe, expect, it } from "vitest";
import { startSeeded } from "../support/node/contracts/seeded";

const KEY = "<plugin key>";

interface Listed {
  readonly books: readonly { readonly id: number; readonly title: string; readonly series?: string }[];
}

async function start() {
  const { ask, shelf } = await startSeeded();
  const get = async (path: string, key = KEY) => ask(key, "GET", `/api/tome-sync/${path}`);
  const ids = async (path: string, key = KEY) => ((await get(path, key)).json as Listed).books.map(({ id }) => id);
  const set = (id: number, status: string) => ask(KEY, "PUT", `/api/tome-sync/status/${id}`, { status });
  return { ask, get, ids, set, shelf };
}

describe("the newest books", () => {
  it("come first, some at a time", async () => {
    const { ids } = await start();
    const all = await ids("recent");
    expect(all.length).toBe(16);
    expect(all).toEqual([...all].sort((one, other) => other - one));
    expect(await ids("recent?limit=3")).toEqual(all.slice(0, 3));
    expect(await ids("recent?limit=3&offset=3")).toEqual(all.slice(3, 6));
  });

  it("are bounded, whatever is asked", async () => {
    const { ids, get } = await start();
    expect(await ids("recent?limit=0")).toHaveLength(1);
    expect(await ids("recent?limit=99999999&offset=-5")).toHaveLength(16);
    expect((await get("recent?limit=many")).status).toBe(422);
  });

  it("are those that a reader may see", async () => {
    const { ids } = await start();
    expect(await ids("recent")).not.toContain(16);
    expect(await ids("recent", "<plugin key: librarian>")).toContain(16);
  });
});

describe("what is up next", () => {
  it("is nothing before anything was read", async () => {
    const { ids, set } = await start();
    for (const id of [1, 2, 3, 4, 5, 6, 7, 8]) await set(id, "unread");
    expect(await ids("up-next")).toEqual([]);
  });

  it("is the first unread volume of each series in progress, the last one read first", async () => {
    const { ids, set } = await start();
    for (const id of [1, 2, 3, 4, 5]) await set(id, "unread");
    await set(6, "read");
    expect(await ids("up-next")).toEqual([7]);
    await new Promise(resolve => setTimeout(resolve, 5));
    await set(1, "reading");
    expect(await ids("up-next")).toEqual([2, 7]);
    for (const id of [7, 8]) await set(id, "read");
    expect(await ids("up-next")).toEqual([2]);
  });

  it("is a reader's own", async () => {
    const { ids, set } = await start();
    await set(6, "read");
    expect(await ids("up-next", "<plugin key: guest>")).toEqual([]);
  });
});

describe("a book", () => {
  it("tells a device what its file says of it", async () => {
    const { get, ask } = await start();
    await ask(KEY, "PUT", "/api/tome-sync/position/7", { progress: null, percentage: 0.5, device: "Clara" });
    const { json, status } = await get("books/7");
    expect(status).toBe(200);
    expect(json).toMatchObject({ id: 7, series: "The Clockwork Orchard", series_count: 3, progress: 0.5 });
    expect(Object.keys(json as object)).toEqual(expect.arrayContaining(["description", "language", "tags", "files"]));
  });

  it("that is alone belongs to no series", async () => {
    const { get } = await start();
    expect((await get("books/11")).json).toMatchObject({ series_count: null, progress: null });
  });

  it("that a reader may not see is none", async () => {
    const { get } = await start();
    expect((await get("books/16")).status).toBe(404);
    expect((await get("books/999")).status).toBe(404);
    expect((await get("books/abc")).status).toBe(422);
  });
});

it("a Shelf that looks like a Tome has none of this", async () => {
  const { ask } = await startSeeded({ faults: { profile: "2.3" } });
  for (const path of ["recent", "up-next", "books/7"]) {
    const { headers } = await ask(KEY, "GET", `/api/tome-sync/${path}`);
    expect(headers["content-type"], path).toContain("text/html");
  }
});
