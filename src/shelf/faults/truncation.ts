import { Transform, type Readable } from "node:stream";
import { intercept, isDownload, type Fault } from "./fault";

/** Downloads that break off after so many bytes although more were announced, each time anew. */
export function truncation(afterBytes: number): Fault {
  return intercept(isDownload, async (_incoming, proceed) => {
    const answer = await proceed();
    if (!answer.bytes || answer.bytes.length <= afterBytes) return answer;
    return { ...answer, bytes: { ...answer.bytes, stream: brokenOff(answer.bytes.stream, afterBytes) } };
  });
}

function brokenOff(stream: Readable, afterBytes: number): Readable {
  let left = afterBytes;
  const cut = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const part = chunk.subarray(0, left);
      left -= part.length;
      this.push(part);
      if (left > 0) return done();
      stream.destroy();
      // What was pushed has to leave before the connection is torn down.
      setTimeout(() => this.destroy(new Error("broken off on purpose")), 20);
    },
  });
  return stream.pipe(cut);
}
