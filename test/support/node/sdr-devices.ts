// Devices of one reader that sync highlights through a folder in a cloud.
import fs from "node:fs";
import path from "node:path";
import { ASH, type DeviceOptions, type Household, settle } from "./household";
import type { Hand } from "./hand";
import { FIND_LIBRARY } from "./library";
import { sampleBook } from "./sample-book";

/** A Lua table of a target: `kind = "folder", path = "/…"`. */
export type TargetFields = string;

export const folderTarget = (folder: string): TargetFields => `kind = "folder", path = "${folder}"`;

/** A device with a folder for highlights entered; without a library server. */
export async function sdrDevice(
  home: Household,
  name: string,
  target: TargetFields,
  options: DeviceOptions = {},
  more = "",
  settings = "",
): Promise<Hand> {
  const file = path.join(home.folder, name, "settings/ribbon.lua");
  if (!fs.existsSync(file)) {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(
      file,
      `return { device_name = "${name}", open_page = "", sdr = { target = { ${target} }, ${more} }, ${settings} }\n`,
    );
  }
  return home.device({ name, isSetUp: false, ...options });
}

/** The same book on this device. */
export const bookOn = (hand: Hand, book = ASH): string => hand.addBook(sampleBook(book));

/** Opens a book, does something in it, and closes it; whatever follows of itself has followed. */
export async function read(hand: Hand, file: string, work: () => Promise<void> = async () => {}): Promise<void> {
  await hand.openBook(file);
  await settle(hand);
  await work();
  await hand.closeBook();
  await settle(hand);
}

/** "Sync now" of the gestures. */
export async function syncHighlights(hand: Hand): Promise<void> {
  await hand.perform("ribbon_sync_now");
  await settle(hand);
}

export interface Mark {
  text: string;
  note?: string;
  color?: string;
  page: string;
}

/** The highlights in a book's sidecar on this device. */
export async function marksIn(hand: Hand, file: string): Promise<Mark[]> {
  const code = `
    local settings = require("docsettings"):open(${JSON.stringify(file)})
    local marks = {}
    for _, item in ipairs(settings:readSetting("annotations") or {}) do
      marks[#marks + 1] = { text = item.text, note = item.note, color = item.color, page = tostring(item.page) }
    end
    table.sort(marks, function(a, b) return a.text < b.text end)
    return marks`;
  const marks = (await hand.run(code)) as Mark[] | Record<string, never>;
  return Array.isArray(marks) ? marks : [];
}

export const textsIn = async (hand: Hand, file: string): Promise<string[]> =>
  (await marksIn(hand, file)).map(({ text }) => text);

/** Two devices that sync already, each with the same book. */
export interface TwoDevices {
  readonly kobo: Hand;
  readonly kindle: Hand;
  /** The book on each. */
  readonly onKobo: string;
  readonly onKindle: string;
}

/** Both begin with an empty folder, so that neither has to be shown a preview. */
export async function twoDevices(
  home: Household,
  target: TargetFields,
  options: { readonly kobo?: DeviceOptions; readonly kindle?: DeviceOptions } = {},
  { sdr = "", settings = "" }: { readonly sdr?: string; readonly settings?: string } = {},
): Promise<TwoDevices> {
  const kobo = await sdrDevice(home, "Kobo", target, options.kobo, sdr, settings);
  const kindle = await sdrDevice(home, "Kindle", target, options.kindle, sdr, settings);
  await syncHighlights(kobo);
  await syncHighlights(kindle);
  return { kobo, kindle, onKobo: bookOn(kobo), onKindle: bookOn(kindle) };
}

/** Changes the colour of a highlight in the open book, as its dialog does. */
export async function recolour(hand: Hand, text: string, color: string): Promise<void> {
  await hand.run(`
    local ui = require("apps/reader/readerui").instance
    for _, item in ipairs(ui.annotation.annotations) do
      if item.text == ${JSON.stringify(text)} then item.color = ${JSON.stringify(color)} end
    end`);
}

/** Lua with what the screens use in `sdr`; gives what it returns. */
export const withSync = (hand: Hand, code: string): Promise<unknown> =>
  hand.run(`${FIND_LIBRARY}
    local sdr = the_require("src.app.start").ribbon().screens():sdr()
    local json = require("rapidjson")
    local function list(items) return items[1] == nil and json.array({}) or items end
    ${code}`);

/** A sidecar as another program would change it: in a closed book, with nobody watching. */
export async function keepOnly(hand: Hand, file: string, texts: readonly string[]): Promise<void> {
  await hand.run(`
    local settings = require("docsettings"):open(${JSON.stringify(file)})
    local wanted, kept = {}, {}
    for _, text in ipairs({ ${texts.map(text => JSON.stringify(text)).join(", ")} }) do wanted[text] = true end
    for _, item in ipairs(settings:readSetting("annotations")) do if wanted[item.text] then kept[#kept + 1] = item end end
    settings:saveSetting("annotations", kept)
    settings:flush()`);
}

/** Marks passages on pages of their own in the open book. */
export async function markAll(hand: Hand, texts: readonly string[]): Promise<void> {
  for (const text of texts) {
    await hand.turn(1, 20);
    await hand.highlight(text);
  }
}

/** The files of ours in a folder, by the device that wrote them. */
export function filesByDevice(folder: string): Record<string, string[]> {
  const files: Record<string, string[]> = {};
  for (const name of fs.readdirSync(folder).sort()) (files[name.split("-")[0] ?? ""] ??= []).push(name);
  return files;
}
