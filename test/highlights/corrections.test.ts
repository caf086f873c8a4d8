// Titles and authors that a reader corrected: KOReader keeps them in a file of their own beside the sidecar.
import fs from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import type { Hand } from "../support/node/hand";
import { type Household, pluginTest as test } from "../support/node/plugin-test";
import { folderTarget, read, syncHighlights, twoDevices, withSync } from "../support/node/sdr-devices";
import { lua } from "../support/node/library";

type Props = Record<string, string>;

/** As the book's information page does it: without any left, the file goes. */
async function correct(hand: Hand, file: string, props: Props): Promise<void> {
  const custom = file.replace(/epub$/, "sdr/custom_metadata.lua");
  if (Object.keys(props).length === 0) return fs.rmSync(custom);
  await hand.run(`
    local settings = require("docsettings").openSettingsFile()
    settings.data = { custom_props = ${lua(props)}, doc_props = { title = "as it was" } }
    settings:flushCustomMetadata(${JSON.stringify(file)})`);
}

async function corrected(hand: Hand, file: string): Promise<Props> {
  const custom = file.replace(/epub$/, "sdr/custom_metadata.lua");
  if (!fs.existsSync(custom)) return {};
  const props = await hand.run(
    `return require("docsettings").openSettingsFile(${JSON.stringify(custom)}):readSetting("custom_props") or {}`,
  );
  return Array.isArray(props) ? {} : (props as Props);
}

async function together(home: Household) {
  const folder = path.join(home.folder, "cloud");
  fs.mkdirSync(folder);
  const devices = await twoDevices(home, folderTarget(folder));
  await read(devices.kindle, devices.onKindle);
  return devices;
}

const BOTH = { title: "As I call it", authors: "Whom I know" };

test("what one device corrects, and takes back, is so on the other", async ({ home }) => {
  const { kobo, kindle, onKobo, onKindle } = await together(home);
  for (const props of [BOTH, { authors: BOTH.authors }, BOTH, {}] as Props[]) {
    await read(kobo, onKobo, () => correct(kobo, onKobo, props));
    for (const hand of [kindle, kobo]) await syncHighlights(hand);
    expect(await corrected(kindle, onKindle)).toEqual(props);
    expect(await corrected(kobo, onKobo)).toEqual(props);
  }
});

test("what was taken back elsewhere is not taken back here once more", async ({ home }) => {
  const { kobo, kindle, onKobo, onKindle } = await together(home);
  await read(kobo, onKobo, () => correct(kobo, onKobo, BOTH));
  await syncHighlights(kindle);
  await read(kobo, onKobo, () => correct(kobo, onKobo, {}));
  for (const hand of [kindle, kobo]) await syncHighlights(hand);
  // The Kobo corrects it again, and the Kindle has not heard of it when it closes the book.
  await kindle.openBook(onKindle);
  await kindle.advance(30);
  await read(kobo, onKobo, () => correct(kobo, onKobo, { title: "At last" }));
  await kindle.closeBook();
  await kindle.advance(30);
  for (const hand of [kobo, kindle, kobo]) await syncHighlights(hand);
  expect(await corrected(kobo, onKobo)).toEqual({ title: "At last" });
  expect(await corrected(kindle, onKindle)).toEqual({ title: "At last" });
  const changes = await withSync(kindle, `
    local names = {}
    for _, run in ipairs(sdr:history(100)) do
      for _, book in ipairs(run.books) do
        for _, change in ipairs(book.outgoing) do
          if (change.name or ""):find("^custom") then names[#names + 1] = change.kind .. " " .. change.name end
        end
      end
    end
    return list(names)`); // prettier-ignore
  expect(changes).toEqual([]);
});
