import ffiUtil = require("ffi/util");

/** Writes a file and waits for the disk; false when not all of it arrived. */
export function writeDurably(path: string, text: string): boolean {
  const [file] = io.open(path, "wb");
  if (file === undefined) return false;
  const [written] = file.write(text);
  const [synced] = ffiUtil.fsyncOpenedFile(file);
  return file.close() && written !== undefined && synced;
}
