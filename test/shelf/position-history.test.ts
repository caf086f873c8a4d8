import { describe, expect, it } from "vitest";
import { startSeeded } from "../support/node/contracts/seeded";

const PATH = "/api/books/9/position-history";

async function start() {
  let now = Date.parse("2026-11-21T10:00:00Z");
  const { ask, shelf } = await startSeeded({ now: () => new Date(now) });
  const place = async (percentage: number, device = "Clara") => {
    now += 60_000;
    const body = { progress: `/p[${percentage}]`, percentage, device };
    await ask("<plugin key>", "PUT", "/api/tome-sync/position/9", body);
  };
  const history = async (asker = "<jwt>") => (await ask(asker, "GET", PATH)).json as History;
  const restore = (id: number, path = PATH) => ask("<jwt>", "POST", `${path}/${id}/restore`);
  return { ask, shelf, place, history, restore };
}

interface History {
  readonly current: { readonly percentage: number; readonly device: string; readonly updated_at: string } | null;
  readonly history: readonly { readonly id: number; readonly percentage: number; readonly created_at: string }[];
}

describe("the places of a book, as the API tells them", () => {
  it("are none before the book was read, and none of a book that is not there", async () => {
    const { ask, history, restore } = await start();
    expect(await history()).toEqual({ current: null, history: [] });
    for (const { status, json } of [
      await ask("<jwt>", "GET", "/api/books/9999/position-history"),
      await restore(1, "/api/books/9999/position-history"),
    ])
      expect([status, json]).toEqual([404, { detail: "Book not found" }]);
  });

  it("come newest first, with the place of now", async () => {
    const { place, history } = await start();
    await place(0.1);
    await place(0.5, "Kindle");
    expect(await history()).toEqual({
      current: { percentage: 0.5, device: "Kindle", updated_at: "2026-11-21T10:02:00.000Z" },
      history: [
        { id: expect.any(Number) as number, percentage: 0.5, device: "Kindle", created_at: "2026-11-21T10:02:00.000Z" },
        { id: expect.any(Number) as number, percentage: 0.1, device: "Clara", created_at: "2026-11-21T10:01:00.000Z" },
      ],
    });
  });

  it("can be restored: the device goes there, and the book is unfinished again", async () => {
    const { ask, shelf, place, history, restore } = await start();
    await place(0.45);
    await place(1);
    expect(shelf.statuses()).toContainEqual(expect.objectContaining({ bookId: 9, status: "read" }));
    const before = (await history()).history.find(({ percentage }) => percentage === 0.45);
    const { status, json } = await restore(before?.id ?? 0);
    expect([status, json]).toEqual([200, { ok: true, percentage: 0.45, status: "reading" }]);
    const { json: position } = await ask("<plugin key>", "GET", "/api/tome-sync/position/9");
    expect(position).toMatchObject({ progress: "/p[0.45]", percentage: 0.45, device: "restore" });
    expect((await history()).history.map(({ percentage }) => percentage)).toEqual([0.45, 1, 0.45]);
  });

  it("are one's own", async () => {
    const { ask, place, history, restore } = await start();
    const theirs = { percentage: 0.3, progress: "x" };
    const { status } = await ask("<plugin key: librarian>", "PUT", "/api/tome-sync/position/9", theirs);
    expect(status).toBe(200);
    await place(0.2);
    expect((await history()).history).toHaveLength(1);
    const own = (await history()).history[0]?.id ?? 0;
    for (const id of [own - 1, own + 1]) {
      const answer = await restore(id);
      expect([answer.status, answer.json]).toEqual([404, { detail: "History entry not found" }]);
    }
    expect((await history()).current).toMatchObject({ percentage: 0.2 });
  });
});
