import { expect, it } from "vitest";
import { startSeeded } from "../support/node/contracts/seeded";

it("a shelf that a browser made stands on the device, and on nobody else's", async () => {
  const { ask } = await startSeeded();
  const shelf = { name: "Brandt", params: { author: "Teodor Brandt", year_min: 1900 } };
  const { status, json } = await ask("<jwt: guest>", "POST", "/api/saved-filters", shelf);
  expect({ status, json }).toEqual({ status: 201, json: { id: 5, ...shelf } });
  expect((await ask("<plugin key: guest>", "GET", "/api/tome-sync/shelves")).json).toEqual([
    { id: 5, name: "Brandt", book_count: 3 },
  ]);
  const books = "/api/tome-sync/shelf-books?shelf_id=5";
  expect((await ask("<plugin key: guest>", "GET", books)).json).toMatchObject({ unsupported_filters: ["year_min"] });
  expect((await ask("<plugin key>", "GET", books)).status).toBe(404);
});
