import type { PartProof } from "../core/download";
import type { Failure } from "../core/failure";
import { type FileAnswer, readFileAnswer } from "../core/http/file-answer";
import { failure, type Result, success } from "../core/result";
import type { BodySink } from "../ports/http";
import type { PartFile } from "../ports/part-file";

/** What stays free on the device, for KOReader's own files. */
const SPARE_BYTES = 8 * 1024 * 1024;

/** Told while a file comes. */
export interface FileNews {
  begun(from: number, proof: PartProof): void;
  /** How many bytes are here now, those of earlier tries too. */
  arrived(bytes: number): void;
}

/** Takes the answer to one request for a file, or for the rest of it, into a part file. */
export class FileSink implements BodySink {
  /** What came does not go on with what is here, or is not as long as it said: it has to be fetched from its beginning. */
  isStale = false;
  /** How many bytes are here. */
  bytes = 0;
  private answer: FileAnswer | undefined;
  /** How long the file may become. */
  private most = Infinity;

  /**
   * @param asked from where on the rest was asked for; 0: the whole file
   * @param proof of what is here
   */
  constructor(
    private readonly part: PartFile,
    private readonly asked: number,
    private readonly proof: PartProof | undefined,
    private readonly news: FileNews,
  ) {}

  begin(status: number, headers: Readonly<Record<string, string>>): Result<boolean, Failure> {
    const answer = readFileAnswer(status, headers, this.asked, this.proof);
    if (answer.kind === "no file") return success(false);
    if (answer.kind === "stale") return this.stale(answer.why);
    if (answer.kind === "refused") return failure({ reason: "garbled", detail: answer.why });
    return this.open(answer.file);
  }

  write(bytes: string): Result<true, Failure> {
    const after = this.bytes + bytes.length;
    if (after > (this.answer?.total ?? after)) return this.stale("longer than it said");
    if (after > this.most) return failure(this.full(after - this.most));
    const written = this.part.write(bytes);
    if (!written.ok) return failure(this.explain(written.failure));
    this.bytes = after;
    this.news.arrived(this.bytes);
    return written;
  }

  /** Whether all of it came; to be asked when the answer has ended. */
  isWhole(): boolean {
    return this.answer !== undefined && (this.answer.total === undefined || this.answer.total === this.bytes);
  }

  private open(answer: FileAnswer): Result<boolean, Failure> {
    const begun = this.part.beginAt(answer.from);
    if (!begun.ok) return begun;
    this.answer = answer;
    this.bytes = answer.from;
    const room = this.part.room();
    if (room !== undefined) this.most = answer.from + Math.max(0, room - SPARE_BYTES);
    if (answer.total !== undefined && answer.total > this.most) return failure(this.full(answer.total - this.most));
    const boot = this.part.boot();
    this.news.begun(answer.from, { ...answer.proof, ...(boot === undefined ? {} : { boot }) });
    return success(true);
  }

  private stale(detail: string): Result<never, Failure> {
    this.isStale = true;
    return failure({ reason: "garbled", detail });
  }

  private full(lacking: number): Failure {
    return { reason: "disk", detail: `no room for ${lacking} bytes`, lacking };
  }

  /** A write that failed because there is no room left, although there was when it began. */
  private explain(problem: Failure): Failure {
    const room = this.part.room();
    const lacking = (this.answer?.total ?? this.bytes) - this.bytes + SPARE_BYTES - (room ?? Infinity);
    return lacking > 0 ? { ...problem, lacking } : problem;
  }
}
