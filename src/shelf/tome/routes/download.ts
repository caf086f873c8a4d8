import { openBook } from "../../library/book-file";
import { formatOf } from "../../library/formats/kinds";
import { refuse } from "../answer";
import type { Context } from "../context";
import { endpoint, type Endpoint } from "../endpoint";
import { required } from "../fields";
import { deliverFile } from "../file-answer";
import { integer } from "../values";

const notFound = refuse(404, "File not found");
const notOnDisk = refuse(404, "File no longer on disk");

/** Books as they lie in the folder; Tome 2.3 writes its metadata into them first, Shelf leaves them alone. */
export function downloadRoutes({ store, guards, booksDir }: Context): Endpoint[] {
  return [
    endpoint({
      method: "GET",
      path: "/api/tome-sync/download/:book_id/:file_id",
      guard: guards.plugin,
      params: { book_id: required(integer), file_id: required(integer) },
      handle: async ({ who, params, headers }) => {
        const book = store.catalogue.find(who, params.book_id);
        const path = store.files.pathOf(params.book_id, params.file_id);
        if (!book || path === undefined) return notFound;
        const file = booksDir === undefined ? undefined : await openBook(booksDir, path);
        return file ? deliverFile(file, headers, `${book.title}.${formatOf(path)}`) : notOnDisk;
      },
    }),
  ];
}
