import { failure, type Result, success } from "../result";
import { ChunkedBody } from "./chunked";
import type { Head } from "./head";
import { parseDigits, stripBlanks } from "./text";

/** Takes the bytes after a head and knows where the body ends. */
export interface Body {
  /** The bytes of the body itself in this piece of what arrived. */
  push(bytes: string): string;
  /** The other side closed: what is missing, if anything. */
  end(): string | undefined;
  readonly isDone: boolean;
  /** Bytes came after the end. */
  readonly hasExtra: boolean;
  /** False when it ends with the connection, which then serves no other request. */
  readonly isDelimited: boolean;
  /** What is wrong with what came. */
  readonly problem: string | undefined;
}

/** As long as `Content-Length` says. */
class CountedBody implements Body {
  isDone: boolean;
  hasExtra = false;
  readonly isDelimited = true;
  readonly problem = undefined;
  private left: number;

  constructor(private readonly length: number) {
    this.left = length;
    this.isDone = length === 0;
  }

  push(bytes: string): string {
    // Of a large body all pieces but the last are taken as they are, without a copy.
    const piece = bytes.length <= this.left ? bytes : bytes.slice(0, this.left);
    this.left -= piece.length;
    this.isDone = this.left === 0;
    this.hasExtra = this.hasExtra || piece.length < bytes.length;
    return piece;
  }

  end(): string | undefined {
    return this.left === 0 ? undefined : `cut off after ${this.length - this.left} of ${this.length} bytes`;
  }
}

/** Ends with the connection: whether all of it came cannot be told. */
class OpenBody implements Body {
  isDone = false;
  readonly hasExtra = false;
  readonly isDelimited = false;
  readonly problem = undefined;

  push(bytes: string): string {
    return bytes;
  }

  end(): string | undefined {
    this.isDone = true;
    return undefined;
  }
}

/** The one value of a header that some servers send twice. */
function contentLength(value: string): number | undefined {
  const [first = "", ...others] = value.split(",").map(part => stripBlanks(part));
  return others.every(other => other === first) ? parseDigits(first) : undefined;
}

/** How the body of this answer is delimited (RFC 9112, 6.3), or why that cannot be known or is not wanted. */
export function bodyOf(method: string, { status, headers }: Head, mostBytes: number): Result<Body, string> {
  const isTunnel = method === "CONNECT" && status >= 200 && status < 300;
  if (method === "HEAD" || status === 204 || status === 304 || isTunnel) return success(new CountedBody(0));
  const coding = headers["transfer-encoding"];
  if (coding !== undefined)
    return coding.toLowerCase() === "chunked" ? success(new ChunkedBody()) : failure(`transfer coding ${coding}`);
  const value = headers["content-length"];
  if (value === undefined) return success(new OpenBody());
  const length = contentLength(value);
  if (length === undefined) return failure(`content length ${value}`);
  return length > mostBytes ? failure(`larger than ${mostBytes} bytes`) : success(new CountedBody(length));
}
