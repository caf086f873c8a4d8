import DataStorage = require("datastorage");
import ffiUtil = require("ffi/util");

/**
 * For a worker: waits until what the parent wrote into the store of `.sdr` sync is on the disk, so that the reader does not have to.
 * Nothing of SQLite is used for it: the file and its write-ahead log are handed to `fsync`, which cares for every byte of
 * them, whoever wrote it. Without such a log each transaction has waited itself.
 * @returns false when the disk did not take all of it
 */
export function isSdrStoreOnDisk(): boolean {
  for (const end of ["-wal", ""]) {
    const [file] = io.open(`${DataStorage.getSettingsDir()}/ribbon-sdr.sqlite3${end}`, "rb");
    if (file === undefined) continue;
    const [isSynced] = ffiUtil.fsyncOpenedFile(file);
    file.close();
    if (!isSynced) return false;
  }
  return true;
}
