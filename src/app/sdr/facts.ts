import {
  bookFacts,
  type BookState,
  calibreUuidIn,
  type DataTable,
  type DeviceId,
  type Engine,
  fileBeside,
  getNumber,
  getTable,
  getText,
  identifiersIn,
} from "../../core/sdr/index";
import { latest } from "../../core/sdr/register";

/** Of a file, without folders and extension. */
function nameOf(file: string): string {
  const [name] = string.match(file, "([^/]*)$");
  return string.match(name ?? "", "^(.+)%.[^.]*$")[0] ?? name ?? "";
}

/**
 * What this device publishes of a book. KOReader reads title and authors from the file at every opening: when the file has another
 * digest than before, they and what we published last say whether it is the same book, rewritten.
 * @param fileDigest of the file as it is now
 */
export function factsOf(
  { file, data }: { readonly file: string; readonly data: DataTable },
  sidecarDigest: string,
  fileDigest: string | undefined,
  engine: Engine | undefined,
  state: BookState,
  device: DeviceId,
): DataTable {
  const props = getTable(data, "doc_props");
  const written = getText(props, "identifiers") ?? "";
  const calibreUuid = calibreUuidIn(written);
  const pages = engine === "paging" ? getNumber(data, "doc_pages") : undefined;
  const ids = {
    sidecarDigest,
    title: getText(props, "title") ?? "",
    authors: getText(props, "authors") ?? "",
    identifiers: identifiersIn(written),
    name: nameOf(file),
    ...(fileDigest !== undefined && { fileDigest }),
    ...(calibreUuid !== undefined && { calibreUuid }),
    ...(engine !== undefined && { engine }),
    ...(pages !== undefined && { pages }),
  };
  const before = latest(state.fields[`book.${device}`]?.writes ?? [])?.value;
  return bookFacts({ ...ids, file: fileBeside(before, ids) });
}
