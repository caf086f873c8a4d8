import type { HttpResponse } from "../../ports/http";
import { type Body, bodyOf } from "./body";
import { endOfHead, type Head, hasToken, parseHead } from "./head";

/** What is refused because no server that we want to talk to sends as much. */
export interface AnswerLimits {
  /** Of all heads together, those of interim answers too. */
  readonly headBytes: number;
  readonly fields: number;
  readonly bodyBytes: number;
}

/** Far above what any library server sends in a head. */
export const HEAD_LIMITS = { headBytes: 32 * 1024, fields: 100 } as const;

/** Puts an answer together from bytes that arrive in pieces of any size. */
export class AnswerReader {
  isDone = false;
  /** Why this is no answer; then nothing more is taken. */
  problem: string | undefined;
  /** Anything at all has come. */
  hasBegun = false;
  /** The final head, as soon as it is complete. */
  head: Head | undefined;
  private pending = "";
  private headBytes = 0;
  private body: Body | undefined;
  private bodyBytes = 0;
  private readonly pieces: string[] = [];

  constructor(
    private readonly method: string,
    private readonly limits: AnswerLimits,
  ) {}

  push(bytes: string): void {
    this.hasBegun = this.hasBegun || bytes !== "";
    const rest = this.body === undefined ? this.pushHead(bytes) : bytes;
    if (this.body !== undefined && this.problem === undefined) this.pushBody(this.body, rest);
  }

  /** The other side closed. */
  end(): void {
    if (this.isDone || this.problem !== undefined) return;
    this.problem = this.body === undefined ? "cut off in the head" : this.body.end();
    this.isDone = this.problem === undefined;
  }

  /** The answer, once `isDone`. */
  response(): HttpResponse {
    return { status: this.head?.status ?? 0, headers: this.head?.headers ?? {}, body: this.pieces.join("") };
  }

  /** Whether the connection may be used for another request (RFC 9112, 9.3). */
  keepsConnection(): boolean {
    const { head, body } = this;
    if (head === undefined || body === undefined) return false;
    if (!this.isDone || !body.isDelimited || body.hasExtra) return false;
    const said = head.headers["connection"];
    return head.isHttp11 ? !hasToken(said, "close") : hasToken(said, "keep-alive");
  }

  /** Gives what follows the head, when that is complete. */
  private pushHead(bytes: string): string {
    let text = this.pending + bytes;
    let end = endOfHead(text);
    while (end !== undefined && this.body === undefined && this.problem === undefined) {
      this.takeHead(text.slice(0, end));
      text = text.slice(end);
      end = endOfHead(text);
    }
    this.pending = this.body === undefined ? text : "";
    if (this.headBytes + this.pending.length > this.limits.headBytes) this.problem = "the head is too long";
    return text;
  }

  private takeHead(text: string): void {
    this.headBytes += text.length;
    const head = parseHead(text, this.limits.fields);
    if (!head.ok) this.problem = head.failure;
    else if (head.value.status === 101) this.problem = "the server wants another protocol";
    // What comes before the final answer, such as 100 and 103, is no answer.
    else if (head.value.status >= 200) this.takeFinal(head.value);
  }

  private takeFinal(head: Head): void {
    const body = bodyOf(this.method, head, this.limits.bodyBytes);
    if (!body.ok) {
      this.problem = body.failure;
      return;
    }
    this.head = head;
    this.body = body.value;
  }

  private pushBody(body: Body, bytes: string): void {
    const piece = body.push(bytes);
    this.bodyBytes += piece.length;
    if (piece !== "") this.pieces.push(piece);
    const { bodyBytes } = this.limits;
    this.problem = this.bodyBytes > bodyBytes ? `larger than ${bodyBytes} bytes` : body.problem;
    this.isDone = body.isDone && this.problem === undefined;
  }
}
