import type { Readable } from "node:stream";

/** What a route answers. A body is sent as JSON unless `text` or `bytes` is given. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly bytes?: Bytes;
  readonly text?: { readonly type: string; readonly content: string };
  readonly headers?: Readonly<Record<string, string>>;
}

/** A body that is not made in memory. */
export interface Bytes {
  readonly type: string;
  readonly length: number;
  /** Read by the one who sends it, who destroys it when the client goes away. */
  readonly stream: Readable;
}

export function ok(body: unknown): Answer {
  return { status: 200, body };
}

export function created(body: unknown): Answer {
  return { status: 201, body };
}

/** An answer that says why not, in Tome 2.3's form. */
export function refuse(status: number, detail: unknown, headers: Record<string, string> = {}): Answer {
  return { status, body: { detail }, headers };
}

/** Tome 2.3 breaks on a few inputs. Clients have to survive that, so Shelf answers the same, but keeps nothing of them. */
export const fault: Answer = {
  status: 500,
  text: { type: "text/plain; charset=utf-8", content: "Internal Server Error" },
};

export const bookNotFound: Answer = refuse(404, "Book not found");
