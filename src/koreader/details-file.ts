import type { BookDetails } from "../core/catalogue";
import { type EpochSeconds, epochSeconds } from "../core/units";
import { json } from "./json";
import { finish, type LibraryFolder, unfinished } from "./library-folder";
import { detailsOf, tableOf } from "./list-entry";

const MOST_BYTES = 128 * 1024;

/** What is kept of one book. */
export interface KeptDetails {
  readonly details: BookDetails;
  readonly fetchedAt: EpochSeconds;
}

/** A book's details as they were last fetched; nothing when they never were, or the file is damaged. */
export function readDetails(folder: LibraryFolder, remoteId: string): KeptDetails | undefined {
  const [file] = io.open(folder.details(remoteId), "rb");
  const text = file?.read(MOST_BYTES) ?? "";
  file?.close();
  const fields = tableOf(json.decode(text));
  const details = detailsOf(fields["details"]);
  const at = fields["fetchedAt"];
  if (details?.remoteId !== remoteId || type(at) !== "number") return undefined;
  return { details, fetchedAt: epochSeconds(at as number) };
}

export function writeDetails(folder: LibraryFolder, details: BookDetails, fetchedAt: EpochSeconds): void {
  const path = folder.details(details.remoteId);
  const [file] = io.open(unfinished(path), "wb");
  if (file === undefined) return;
  const [written] = file.write(json.encode({ details, fetchedAt }));
  file.close();
  if (written !== undefined) finish(path);
}
