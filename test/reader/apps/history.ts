/** KOReader's list of books that were opened, newest first. */
import { sortBy } from "../data/order";
import { loadLua, writeLua } from "../settings/lua-settings";

type Entry = KOReader.ReadHistory["hist"][number];

const FILE = "./history.lua";

let entries: Entry[] | undefined;

const all = (): Entry[] => (entries ??= Object.values(loadLua(FILE) ?? {}) as Entry[]);

function replace(changed: Entry[], flush: boolean): void {
  entries = sortBy(changed, (a, b) => (a.time === b.time ? a.file < b.file : a.time > b.time));
  G_reader_settings.saveSetting("lastfile", entries[0]?.file);
  if (flush) writeLua(FILE, entries as unknown as Record<string, unknown>);
}

class History implements KOReader.ReadHistory {
  get hist(): Entry[] {
    return all();
  }

  addItem(file: string, time = os.time(), noFlush = false): void {
    replace(
      all()
        .filter(entry => entry.file !== file)
        .concat([{ time, file }]),
      !noFlush,
    );
  }

  removeItemByPath(file: string): void {
    replace(
      all().filter(entry => entry.file !== file),
      true,
    );
  }
}

export const readHistory: KOReader.ReadHistory = new History();
