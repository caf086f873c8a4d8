import { describe, expect, it } from "vitest";
import { startSeeded } from "../support/node/contracts/seeded";

const ASH = { ko_id: 1, md5: "f88350774d0c3deba9de38f4cd8d10ca", title: "Ash" };
const row = (start_time: number, page = 1) => ({ ko_id: 1, page, start_time, duration: 30, total_pages: 80 });

async function start() {
  const { ask } = await startSeeded();
  const bring = async (device: string, ...page_stats: object[]) => {
    const body = { device, books: [ASH], page_stats };
    return (await ask("<plugin key>", "POST", "/api/tome-sync/stats/import", body)).json;
  };
  const rename = async (from_device: string, to_device: string) =>
    (await ask("<plugin key>", "POST", "/api/tome-sync/stats/rename-device", { from_device, to_device })).json;
  const watermark = async (device: string) =>
    (await ask("<plugin key>", "GET", `/api/tome-sync/stats/watermark?device=${device}`)).json;
  return { bring, rename, watermark };
}

describe("reading history", () => {
  it("may be brought twice, by two devices, in any order", async () => {
    const { bring } = await start();
    expect(await bring("Clara", row(100), row(200))).toMatchObject({ page_rows_imported: 2, page_rows_skipped: 0 });
    expect(await bring("Kindle", row(200), row(100), row(50))).toMatchObject({
      page_rows_imported: 1,
      page_rows_skipped: 2,
      watermark: 200,
    });
  });

  it("keeps the later of two watermarks when a device takes another's name", async () => {
    const { bring, rename, watermark } = await start();
    await bring("Clara", row(300));
    await bring("Kindle", row(200));
    expect(await rename("Kindle", "Clara")).toEqual({
      rows_relabelled: 1,
      rows_deduplicated: 0,
      watermark_moved: true,
    });
    expect(await watermark("Clara")).toMatchObject({ last_start_time_synced: 300 });
    expect(await watermark("Kindle")).toMatchObject({ last_start_time_synced: 0 });
  });
});
