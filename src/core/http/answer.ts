import type { BodySink, HttpResponse } from "../../ports/http";
import type { Failure } from "../failure";
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

/** Answers whose body may be what a sink is for: a file, a part of one, a listing (RFC 4918, 11.1). */
const OFFERED = [200, 206, 207];

/** Puts an answer together from bytes that arrive in pieces of any size. */
export class AnswerReader {
  isDone = false;
  /** Why this is no answer; then nothing more is taken. */
  problem: string | undefined;
  /** Why the sink takes no more; then nothing more is taken. */
  refusal: Failure | undefined;
  /** The body goes into the sink. */
  isStreamed = false;
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
    private readonly into?: BodySink,
  ) {}

  push(bytes: string): void {
    this.hasBegun = this.hasBegun || bytes !== "";
    const rest = this.body === undefined ? this.pushHead(bytes) : bytes;
    if (this.body !== undefined && !this.isOver()) this.pushBody(this.body, rest);
  }

  /** The other side closed. */
  end(): void {
    if (this.isDone || this.isOver()) return;
    this.problem = this.body === undefined ? "cut off in the head" : this.body.end();
    this.isDone = this.problem === undefined;
  }

  /** The answer, once `isDone`. */
  response(): HttpResponse {
    const { status = 0, headers = {} } = this.head ?? {};
    return { status, headers, body: this.pieces.join(""), ...(this.isStreamed ? { isStreamed: true } : {}) };
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
    while (end !== undefined && this.body === undefined && !this.isOver()) {
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
    if (!this.offer(head)) return;
    const body = bodyOf(this.method, head, this.isStreamed ? Infinity : this.limits.bodyBytes);
    if (!body.ok) {
      this.problem = body.failure;
      return;
    }
    this.head = head;
    this.body = body.value;
  }

  /** Asks the sink whether the body is for it; false when that ended the request. */
  private offer({ status, headers }: Head): boolean {
    if (this.into === undefined || !OFFERED.includes(status)) return true;
    const taken = this.into.begin(status, headers);
    if (taken.ok) this.isStreamed = taken.value;
    else this.refusal = taken.failure;
    return taken.ok;
  }

  private pushBody(body: Body, bytes: string): void {
    const piece = body.push(bytes);
    if (piece !== "") this.give(piece);
    if (this.isOver()) return;
    this.problem = body.problem;
    this.isDone = body.isDone && this.problem === undefined;
  }

  private give(piece: string): void {
    if (this.into !== undefined && this.isStreamed) {
      const written = this.into.write(piece);
      if (!written.ok) this.refusal = written.failure;
      return;
    }
    const { bodyBytes } = this.limits;
    this.bodyBytes += piece.length;
    this.pieces.push(piece);
    if (this.bodyBytes > bodyBytes) this.problem = `larger than ${bodyBytes} bytes`;
  }

  private isOver(): boolean {
    return this.problem !== undefined || this.refusal !== undefined;
  }
}
