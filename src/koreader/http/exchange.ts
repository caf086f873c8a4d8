import type { Failure } from "../../core/failure";
import type { AnswerReader } from "../../core/http/answer";
import type { Timer } from "../../core/http/deadlines";
import { isClosed, tooLate } from "../../core/http/problems";
import { type Stream, TOO_LATE } from "./stream";

/** Why a request has no answer. */
export interface Lost {
  readonly failure: Failure;
  /** The connection was closed before a byte of an answer: one kept from an earlier request had ended meanwhile. */
  readonly isStale: boolean;
}

/**
 * Sends a request and reads its answer into `reader`.
 * @returns why there is none
 */
export function exchange(stream: Stream, request: string, reader: AnswerReader, timer: Timer): Lost | undefined {
  const unsent = stream.send(request, timer);
  if (unsent === TOO_LATE) return { failure: tooLate(timer.begin("idle")), isStale: false };
  // A server may answer, and close, before it has read all of a body that it refuses.
  const lost = read(stream, reader, timer);
  if (lost === undefined) return undefined;
  const { failure, isStale } = lost;
  return unsent === undefined ? { failure: { ...failure, sent: true }, isStale } : { failure, isStale };
}

function read(stream: Stream, reader: AnswerReader, timer: Timer): Lost | undefined {
  let deadline = timer.begin("firstByte");
  while (!reader.isDone) {
    const received = stream.receive(deadline);
    if ("bytes" in received) {
      reader.push(received.bytes);
      deadline = timer.begin("idle");
    } else if (received.problem === TOO_LATE) return { failure: tooLate(deadline), isStale: false };
    else if (isClosed(received.problem) && !reader.hasBegun) return unanswered(received.problem);
    else if (received.problem === "closed") reader.end();
    else return broken(received.problem, reader);
    if (reader.refusal !== undefined) return { failure: reader.refusal, isStale: false };
    if (reader.problem !== undefined) return broken(reader.problem, reader);
  }
  return undefined;
}

const unanswered = (problem: string): Lost => ({
  failure: { reason: "server", detail: `no answer: ${problem}` },
  isStale: true,
});

/** A file that was on its way is cut off; whoever sent that much of it spoke as a server. */
const broken = (detail: string, { isStreamed }: AnswerReader): Lost => ({
  failure: { reason: isStreamed ? "server" : "garbled", detail },
  isStale: false,
});
