import type { IncomingHttpHeaders } from "node:http";
import { openBook, type OpenBook } from "../../library/book-file";
import { formatOf } from "../../library/formats/kinds";
import { refuse, type Answer } from "../answer";
import { parseRange } from "../byte-range";
import type { Context } from "../context";
import { endpoint, type Endpoint } from "../endpoint";
import { required } from "../fields";
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
        return file ? deliver(file, headers, `${book.title}.${formatOf(path)}`) : notOnDisk;
      },
    }),
  ];
}

async function deliver(file: OpenBook, headers: IncomingHttpHeaders, name: string): Promise<Answer> {
  const range = parseRange(isStillValid(headers["if-range"], file) ? headers.range : undefined, file.size);
  if (range.kind === "malformed" || range.kind === "beyond") await file.close();
  switch (range.kind) {
    case "malformed":
      return { status: 400, text: plain(range.why) };
    case "beyond":
      return { status: 416, text: plain(""), headers: { "content-range": `*/${file.size}` } };
    case "whole":
      return { status: 200, ...content(file, 0, file.size, name) };
    case "part": {
      const { start, end } = range;
      const { bytes, headers } = content(file, start, end, name);
      return { status: 206, bytes, headers: { ...headers, "content-range": `bytes ${start}-${end - 1}/${file.size}` } };
    }
  }
}

function content(file: OpenBook, start: number, end: number, name: string) {
  const headers = {
    "accept-ranges": "bytes",
    "content-disposition": disposition(name),
    "last-modified": file.modified.toUTCString(),
    etag: file.etag,
  };
  const bytes = { type: "application/octet-stream", length: end - start, stream: file.read(start, end) };
  return { bytes, headers };
}

function isStillValid(validator: string | string[] | undefined, file: OpenBook): boolean {
  return validator === undefined || validator === file.etag || validator === file.modified.toUTCString();
}

/** The name in the form that can hold any letter; nothing of a title reaches a header unescaped. */
function disposition(name: string): string {
  const escaped = encodeURIComponent(name).replace(/['()*]/g, found => `%${found.charCodeAt(0).toString(16)}`);
  return escaped === name ? `attachment; filename="${name}"` : `attachment; filename*=utf-8''${escaped}`;
}

function plain(content: string): NonNullable<Answer["text"]> {
  return { type: "text/plain; charset=utf-8", content };
}
