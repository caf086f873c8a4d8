// A device for the specs of sidecars: the stand-in's modules under KOReader's names, in a data folder of its own.
// Imported before anything of src, which asks for KOReader's modules when it loads.
import lfs = require("lfs");
import { registerModules } from "../../reader/modules";
import { dataStorage, makeFolders } from "../../reader/settings/data-storage";
import { luaSettings } from "../../reader/settings/lua-settings";
import { libc } from "../../reader/system/libc";
import { makePath, purgeFolder, readFile, writeFile } from "../../reader/system/paths";
import { seconds } from "../../../src/core/units";
import type { SliceTools } from "../../../src/koreader/sidecars/slices";

const ROOT = os.getenv("RIBBON_SIDECARS") ?? error("run by test/sidecars/specs.test.ts");

let devices = 0;

registerModules();

/** A new, empty device; gives its folder of books. */
export function newDevice(settings: Record<string, unknown> = {}): string {
  devices += 1;
  const home = `${ROOT}/${devices}`;
  purgeFolder(home);
  makePath(home);
  libc.chdir(home);
  makeFolders();
  const store = luaSettings.open(`${dataStorage.getDataDir()}/settings.reader.lua`);
  _G["G_reader_settings" as never] = store as never;
  for (const [key, value] of Object.entries({ home_dir: `${home}/books`, ...settings })) store.saveSetting(key, value);
  return `${home}/books`;
}

/** Writes a file whose last change was `age` seconds ago. */
export function put(path: string, text: string, age = 1000): void {
  const [folder] = string.match(path, "^(.*)/[^/]*$");
  makePath(folder ?? ".");
  writeFile(path, text);
  lfs.touch(path, os.time() - age, os.time() - age);
}

export const textOf = (path: string): string | undefined => readFile(path);
export const isThere = (path: string): boolean => lfs.attributes(path, "mode") === "file";

/** A scheduler that waits for `run`, and a clock that says that every look at it took `secondsPerLook`. */
export class Loop {
  readonly tools: SliceTools;
  slices = 0;
  private tasks: { task: (this: void) => void }[] = [];
  private now = 0;

  constructor(secondsPerLook = 0) {
    this.tools = {
      clock: { monotonic: () => seconds((this.now += secondsPerLook)) },
      scheduler: { after: (_delay, task) => this.add(task), afterRepaint: task => this.add(task) },
    };
  }

  private add(task: (this: void) => void): (this: void) => void {
    const entry = { task };
    this.tasks.push(entry);
    return () => {
      this.tasks = this.tasks.filter(each => each !== entry);
    };
  }

  /** Runs what is scheduled, at most so many tasks; tells whether anything waits still. */
  run(most = 100_000): boolean {
    for (const _ of $range(1, most)) {
      const next = this.tasks.shift();
      if (next === undefined) return false;
      this.slices += 1;
      next.task();
    }
    return this.tasks.length > 0;
  }
}
