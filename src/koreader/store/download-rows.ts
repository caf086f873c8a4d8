import type { CatalogueBook, RemoteFile } from "../../core/catalogue";
import type { DownloadId, DownloadState, PartProof } from "../../core/download";
import type { Reason } from "../../core/failure";
import type { ConnectionId } from "../../core/outbox";
import { epochSeconds } from "../../core/units";
import type { DownloadChanges, KeptDownload } from "../../ports/download-store";
import type { ExistingChoice } from "../../ports/downloads";
import type { Json } from "../../ports/json";
import { type Cell, numberOf, type Row } from "./database";

/** In the order in which `downloadIn` reads them. */
export const COLUMNS =
  "id, batch, connection, book, file, inbox_item, created_at, state, reason, choice, target, lacking, proof, digest, said";

export const textAt = (row: Row, index: number): string => tostring(row[index] ?? "");

/** A line of the queue as its row has it; nothing where that is damaged. */
export function downloadIn(json: Json, row: Row): KeptDownload | undefined {
  const book = json.decode(textAt(row, 3));
  const file = json.decode(textAt(row, 4));
  if (!book.ok || !file.ok) return undefined;
  return {
    id: numberOf(row[0]) as DownloadId,
    batch: numberOf(row[1]),
    connection: textAt(row, 2) as ConnectionId,
    book: book.value as CatalogueBook,
    file: file.value as RemoteFile,
    createdAt: epochSeconds(numberOf(row[6])),
    state: textAt(row, 7) as DownloadState,
    ...proofIn(json, textAt(row, 12)),
    ...texts(row),
  };
}

function proofIn(json: Json, text: string): { readonly proof?: PartProof } {
  const proof = text === "" ? undefined : json.decode(text);
  return proof?.ok === true ? { proof: proof.value as PartProof } : {};
}

/** What may be absent. */
function texts(row: Row): Partial<KeptDownload> {
  const [inboxItem, reason, choice] = [textAt(row, 5), textAt(row, 8), textAt(row, 9)];
  const [target, lacking, digest, said] = [textAt(row, 10), numberOf(row[11]), textAt(row, 13), textAt(row, 14)];
  return {
    ...(inboxItem === "" ? {} : { inboxItem }),
    ...(reason === "" ? {} : { reason: reason as Reason }),
    ...(said === "" ? {} : { said }),
    ...(choice === "" ? {} : { choice: choice as ExistingChoice }),
    ...(target === "" ? {} : { target }),
    ...(lacking === 0 ? {} : { lacking }),
    ...(digest === "" ? {} : { digest }),
  };
}

/** `a = ?, b = ?` and the values. */
export function settersOf(json: Json, changes: DownloadChanges): [string, Cell[]] {
  const { state, reason, said, choice, target, lacking, proof, digest } = changes;
  const names: string[] = [];
  const values: Cell[] = [];
  const set = (name: string, value: Cell | undefined): void => {
    if (value === undefined) return;
    names.push(`${name} = ?`);
    values.push(value);
  };
  set("state", state);
  set("reason", reason === false ? "" : reason);
  set("said", reason === undefined ? undefined : (said ?? ""));
  set("choice", choice);
  set("target", target);
  set("lacking", lacking);
  set("proof", proof === undefined ? undefined : json.encode(proof));
  set("digest", digest);
  return [names.join(", "), values];
}

/** What a screen knew besides of the book, a description for instance, would lie here for nothing. */
export function withoutDetails(book: CatalogueBook): CatalogueBook {
  const { remoteId, title, author, series, volume, bookType } = book;
  return {
    remoteId,
    title,
    files: [],
    ...(author === undefined ? {} : { author }),
    ...(series === undefined ? {} : { series }),
    ...(volume === undefined ? {} : { volume }),
    ...(bookType === undefined ? {} : { bookType }),
  };
}
