import {
  bookFacts,
  type BookState,
  type DataTable,
  type DeviceId,
  type Engine,
  getTable,
  getText,
  identifiersIn,
} from "../../core/sdr/index";
import { latest } from "../../core/sdr/register";

/** `calibre:<uuid>` among the identifiers, one on a line, as KOReader keeps them. */
export function calibreUuidOf(identifiers: string): string | undefined {
  for (const line of identifiers.toLowerCase().split("\n")) {
    if (line.startsWith("calibre:") && line.length > 8) return line.slice(8);
  }
  return undefined;
}

/**
 * What this device publishes of a book. KOReader reads title and authors from the file at every opening: when the file has another digest
 * than before, and still the title that we published, it is the same book, rewritten.
 * @param fileDigest of the file as it is now
 */
export function factsOf(
  data: DataTable,
  sidecarDigest: string,
  fileDigest: string | undefined,
  engine: Engine | undefined,
  state: BookState,
  device: DeviceId,
): DataTable {
  const props = getTable(data, "doc_props");
  const title = getText(props, "title") ?? "";
  const authors = getText(props, "authors") ?? "";
  const before = latest(state.fields[`book.${device}`]?.writes ?? [])?.value;
  const sameTitle =
    title !== "" && getText(before, "title") === title && (getText(before, "authors") ?? "") === authors;
  const written = getText(props, "identifiers") ?? "";
  const calibreUuid = calibreUuidOf(written);
  return bookFacts({
    sidecarDigest,
    sameTitle,
    title,
    authors,
    identifiers: identifiersIn(written),
    ...(fileDigest !== undefined && { fileDigest }),
    ...(calibreUuid !== undefined && { calibreUuid }),
    ...(engine !== undefined && { engine }),
  });
}
