import { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import type { Bytes } from "../tome/answer";
import { intercept, type Fault } from "./fault";

export interface Trickle {
  readonly bytes: number;
  readonly everyMs: number;
}

/** A server that sends a few bytes at a time: never silent for long, never done. Lists trickle as downloads do. */
export function trickle(pace: Trickle): Fault {
  return intercept(
    () => true,
    async (_incoming, proceed) => {
      const answer = await proceed();
      if (answer.bytes) return { ...answer, bytes: slow(answer.bytes, pace) };
      if (answer.body === undefined) return answer;
      const { body, ...rest } = answer;
      const json = Buffer.from(JSON.stringify(body));
      return {
        ...rest,
        bytes: slow({ type: "application/json", length: json.length, stream: Readable.from([json]) }, pace),
      };
    },
  );
}

function slow(source: Bytes, { bytes, everyMs }: Trickle): Bytes {
  async function* drops() {
    for await (const chunk of source.stream as AsyncIterable<Buffer>) {
      for (let at = 0; at < chunk.length; at += bytes) {
        yield chunk.subarray(at, at + bytes);
        await sleep(everyMs);
      }
    }
  }
  return { ...source, stream: Readable.from(drops()) };
}
