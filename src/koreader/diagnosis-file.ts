import DataStorage = require("datastorage");
import ffiUtil = require("ffi/util");

const DIAGNOSIS_FILE = "ribbon-diagnostics.txt";

/**
 * Writes the file whole or not at all, beside KOReader's own, where a computer finds it.
 * @returns its absolute path; nothing when it could not be written
 */
export function writeDiagnosis(text: string): string | undefined {
  const path = `${DataStorage.getFullDataDir()}/${DIAGNOSIS_FILE}`;
  const unfinished = `${path}.new`;
  const [file] = io.open(unfinished, "wb");
  if (file === undefined) return undefined;
  const [written] = file.write(text);
  ffiUtil.fsyncOpenedFile(file);
  const isWhole = file.close() && written !== undefined;
  if (isWhole && os.rename(unfinished, path)[0] === true) return path;
  os.remove(unfinished);
  return undefined;
}
