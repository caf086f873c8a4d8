/** Settings in files of Lua source, with a copy of the one before. */
import lfs = require("lfs");
import { dump } from "../data/serialize";
import { logger } from "../system/logger";
import { fsyncFolder, isFile, writeFile } from "../system/paths";

/** A file younger than this is overwritten: the one before it is the better copy. */
const BACKUP_AGE_SECONDS = 60;

type Data = Record<string, unknown>;

/** What a file of settings holds; nothing when it cannot be read. */
export function loadLua(file: string): Data | undefined {
  const [ok, stored] = pcall(() => dofile(file) as unknown);
  return ok && type(stored) === "table" ? (stored as Data) : undefined;
}

function loadOrBackup(file: string): Data {
  const stored = loadLua(file);
  if (stored !== undefined) return stored;
  if (isFile(file)) logger.warn("LuaSettings: Failed reading", file, "(probably corrupted).");
  return loadLua(`${file}.old`) ?? {};
}

/** Writes a table so that `dofile` gives it back, keeping the older file. */
export function writeLua(file: string, data: Data): boolean {
  const age = os.time() - (lfs.attributes(file, "modification") ?? os.time());
  const isOld = isFile(file) && age > BACKUP_AGE_SECONDS;
  if (isOld) os.rename(file, `${file}.old`);
  const [written] = writeFile(file, `-- ${file}\nreturn ${dump(data)}\n`, true);
  if (isOld) fsyncFolder(file);
  return written === true;
}

export class Settings implements KOReader.LuaSettings {
  constructor(
    public data: Data,
    readonly file: string | undefined,
  ) {}

  readSetting(key: string, fallback?: unknown): unknown {
    if (this.data[key] === undefined && fallback !== false) this.data[key] = fallback;
    return this.data[key];
  }

  saveSetting(key: string, value: unknown): this {
    this.data[key] = value;
    return this;
  }

  delSetting(key: string): this {
    this.data[key] = undefined;
    return this;
  }

  has(key: string): boolean {
    return this.data[key] !== undefined;
  }

  hasNot(key: string): boolean {
    return this.data[key] === undefined;
  }

  isTrue(key: string): boolean {
    return this.data[key] === true;
  }

  isFalse(key: string): boolean {
    return this.data[key] === false;
  }

  nilOrTrue(key: string): boolean {
    return this.hasNot(key) || this.isTrue(key);
  }

  nilOrFalse(key: string): boolean {
    return this.hasNot(key) || this.isFalse(key);
  }

  makeTrue(key: string): this {
    return this.saveSetting(key, true);
  }

  makeFalse(key: string): this {
    return this.saveSetting(key, false);
  }

  flipTrue(key: string): this {
    return this.isTrue(key) ? this.delSetting(key) : this.makeTrue(key);
  }

  flipNilOrTrue(key: string): this {
    return this.nilOrTrue(key) ? this.makeFalse(key) : this.delSetting(key);
  }

  flipNilOrFalse(key: string): this {
    return this.nilOrFalse(key) ? this.makeTrue(key) : this.delSetting(key);
  }

  flush(): unknown {
    if (this.file !== undefined) writeLua(this.file, this.data);
    return this;
  }
}

export const luaSettings: KOReader.LuaSettingsModule = {
  open: file => new Settings(loadOrBackup(file), file),
};
