import type { SdrStore } from "../../ports/sdr-store";
import { SqliteSdrBooks, SqliteSdrSidecars } from "./sdr-books";
import { closeSdrDatabase, copySdrLog, sdrDatabase } from "./sdr-database";
import { SqliteSdrHistory, SqliteSdrQuestions, SqliteSdrValues } from "./sdr-records";
import { SqliteSdrSegments, SqliteSdrSpool } from "./sdr-segments";

/** The store of `.sdr` sync in `settings/ribbon-sdr.sqlite3`; the file is opened by the first look into it. */
export function sdrStore(): SdrStore {
  return {
    books: new SqliteSdrBooks(sdrDatabase),
    sidecars: new SqliteSdrSidecars(sdrDatabase),
    segments: new SqliteSdrSegments(sdrDatabase),
    spool: new SqliteSdrSpool(sdrDatabase),
    questions: new SqliteSdrQuestions(sdrDatabase),
    history: new SqliteSdrHistory(sdrDatabase),
    values: new SqliteSdrValues(sdrDatabase),
    inOneGo(work) {
      sdrDatabase().durableTransaction(work);
    },
    together(work) {
      sdrDatabase().transaction(work);
    },
    settle() {
      copySdrLog();
    },
    close() {
      closeSdrDatabase();
    },
  };
}
