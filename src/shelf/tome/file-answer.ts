import type { IncomingHttpHeaders } from "node:http";
import type { Readable } from "node:stream";
import type { Answer } from "./answer";
import { parseRange } from "./byte-range";

/** What can be delivered whole or in parts. */
export interface Deliverable {
  /** Bytes. */
  readonly size: number;
  /** In quotes; another one whenever a byte is another. */
  readonly etag: string;
  readonly modified?: Date;
  /** The media type, unless it is just bytes. */
  readonly type?: string;
  /** The bytes from `start` up to, not including, `end`; closes it at their end. */
  read(start: number, end: number): Readable;
  close(): Promise<void>;
}

/** A file, or the part of it that was asked for; closes it. */
export async function deliverFile(file: Deliverable, headers: IncomingHttpHeaders, name: string): Promise<Answer> {
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

function content(file: Deliverable, start: number, end: number, name: string) {
  const headers = {
    "accept-ranges": "bytes",
    "content-disposition": disposition(name),
    etag: file.etag,
    ...(file.modified && { "last-modified": file.modified.toUTCString() }),
  };
  const bytes = { type: file.type ?? "application/octet-stream", length: end - start, stream: file.read(start, end) };
  return { bytes, headers };
}

function isStillValid(validator: string | string[] | undefined, file: Deliverable): boolean {
  return validator === undefined || validator === file.etag || validator === file.modified?.toUTCString();
}

/** The name in the form that can hold any letter; nothing of a title reaches a header unescaped. */
function disposition(name: string): string {
  const escaped = encodeURIComponent(name).replace(/['()*]/g, found => `%${found.charCodeAt(0).toString(16)}`);
  return escaped === name ? `attachment; filename="${name}"` : `attachment; filename*=utf-8''${escaped}`;
}

function plain(content: string): NonNullable<Answer["text"]> {
  return { type: "text/plain; charset=utf-8", content };
}
