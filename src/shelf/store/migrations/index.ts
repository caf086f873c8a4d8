import { core } from "./0001-core";
import { shelves } from "./0002-shelves";
import { annotations } from "./0003-annotations";
import { inbox } from "./0004-inbox";
import { pairing } from "./0005-pairing";
import { statistics } from "./0006-statistics";
import { kosync } from "./0007-kosync";
import { webSessions } from "./0008-web-sessions";
import { library } from "./0009-library";
import { reading } from "./0010-reading";
import { pairingDevices } from "./0011-pairing-devices";
import { fileNames } from "./0012-file-names";
import { readingSums } from "./0013-reading-sums";
import { ribbonVersion } from "./0014-ribbon-version";

/**
 * The database's history, oldest first: entry n brings a file from version n to n + 1 (`PRAGMA user_version`).
 * Entries are never edited once released, only appended.
 */
export const migrations: readonly string[] = [
  core,
  shelves,
  annotations,
  inbox,
  pairing,
  statistics,
  kosync,
  webSessions,
  library,
  reading,
  pairingDevices,
  fileNames,
  readingSums,
  ribbonVersion,
];
