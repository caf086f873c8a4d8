import DataStorage = require("datastorage");
import buffer = require("string.buffer");
import lfs = require("libs/libkoreader-lfs");
import util = require("util");

/** Where a sheet is in its file, in bytes. */
export interface SheetPlace {
  readonly at: number;
  readonly length: number;
}

const folder = (): string => `${DataStorage.getSettingsDir()}/ribbon-sdr-spool/made`;
const pathOf = (name: string): string => `${folder()}/${name}`;

/** A file that a worker makes for its parent, in a folder that is there; `clearSheets` removes what nobody took. */
export function sheetPath(name: string): string {
  util.makePath(folder());
  return pathOf(name);
}

/** For a worker: puts sheet after sheet into a file of its own. They are lost with the power, and made again. */
export class SheetWriter {
  private readonly file: LuaFile | undefined;
  private at = 0;

  constructor(name: string) {
    this.file = io.open(sheetPath(name), "wb")[0];
  }

  /** @returns where it is once the parent may read it; nothing when the disk is full */
  write(sheet: object): SheetPlace | undefined {
    const text = buffer.encode(sheet);
    if (this.file === undefined || this.file.write(text)[0] === undefined || !this.file.flush()) return undefined;
    const place = { at: this.at, length: text.length };
    this.at += text.length;
    return place;
  }

  close(): void {
    this.file?.close();
  }
}

/** For the parent, which knows from the worker where each one is. */
export function readSheet(name: string, { at, length }: SheetPlace): unknown {
  const [file] = io.open(pathOf(name), "rb");
  file?.seek("set", at);
  const text = file?.read(length);
  file?.close();
  if (text === undefined || text.length !== length) return undefined;
  const [whole, sheet] = pcall(buffer.decode, text);
  return whole ? sheet : undefined;
}

export function removeSheets(name: string): void {
  os.remove(pathOf(name));
}

/** What workers left that were killed, or whose parent was. */
export function clearSheets(): void {
  if (lfs.attributes(folder(), "mode") !== "directory") return;
  for (const name of lfs.dir(folder())) if (string.sub(name, 1, 1) !== ".") os.remove(pathOf(name));
}
