import type { CatalogueBook, RemoteFile } from "../core/catalogue";
import { chooseFile, orderFor } from "../core/format-choice";
import { downloadPreferences } from "./download-place";
import type { Runtime } from "./runtime";

/** Which of its files the reader wants of a book; nothing when it has none. */
export function preferredFile({ settings }: Runtime, { files, bookType }: CatalogueBook): RemoteFile | undefined {
  return chooseFile(files, orderFor(downloadPreferences(settings).formats, bookType));
}
