// Feeds pieces of bytes to what reads an answer.
import { AnswerReader } from "../../../src/core/http/answer";

export function readAnswer(method: string, pieces: readonly string[]): object {
  const reader = new AnswerReader(method, { headBytes: 300, fields: 5, bodyBytes: 40 });
  for (const piece of pieces) if (!reader.isDone && reader.problem === undefined) reader.push(piece);
  reader.end();
  if (reader.problem !== undefined) return { problem: reader.problem };
  return { ...reader.response(), keeps: reader.keepsConnection() };
}
