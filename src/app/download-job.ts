import type { DownloadNews, PartProof } from "../core/download";
import type { Failure } from "../core/failure";
import { failure, type Result } from "../core/result";
import { type Seconds, seconds } from "../core/units";
import type { Clock } from "../ports/clock";
import type { PartFile } from "../ports/part-file";
import type { Files, Server } from "../ports/server";

/** Between two words on how far it is. */
const PAUSE = seconds(0.35);

type Tell = (news: DownloadNews) => void;

/** Passes on how a file comes, at most a few times in a second. */
class Progress {
  private toldAt: Seconds | undefined;

  constructor(
    private readonly clock: Pick<Clock, "monotonic">,
    private readonly tell: Tell,
  ) {}

  begun(from: number, proof: PartProof): void {
    this.tell({ kind: "begun", from, proof });
  }

  arrived(bytes: number): void {
    const now = this.clock.monotonic();
    if (this.toldAt !== undefined && now - this.toldAt < PAUSE) return;
    this.toldAt = now;
    this.tell({ kind: "progress", bytes });
  }
}

/**
 * Runs in the worker: fetches one file of a book into `part`, going on with what an earlier try left there if `proof` shows that it
 * is still the same file. The last word but for the address is `fetched` or `failed`; after `failed` what came stays where it is.
 *
 * A server that knows the books' digests is asked for this one's. If it has none of it, a file that was fetched in one go is taken
 * all the same, because older servers forget what they sent; one that was put together from several answers is fetched once more.
 */
export function fetchBook(
  server: Server,
  remoteId: string,
  fileId: string,
  part: PartFile,
  proof: PartProof | undefined,
  clock: Pick<Clock, "monotonic">,
  tell: Tell,
): void {
  tell(new BookFetch(server, remoteId, fileId, part, new Progress(clock, tell)).fetch(proof));
  const address = server.address();
  if (address !== undefined) tell({ kind: "reached", address });
}

const failed = (problem: Failure): DownloadNews => ({ kind: "failed", failure: problem });

class BookFetch {
  /** The server was asked for the digest, and answered. */
  private knowsDigests = false;
  /** What is here came in more than one answer. */
  private isPieced = false;

  constructor(
    private readonly server: Server,
    private readonly remoteId: string,
    private readonly fileId: string,
    private readonly part: PartFile,
    private readonly progress: Progress,
  ) {}

  fetch(proof: PartProof | undefined): DownloadNews {
    const { files } = this.server;
    if (files === undefined) return failed({ reason: "unsupported", detail: "a server without files" });
    const first = this.check(this.load(files, proof));
    const isDoubtful = this.isPieced && this.knowsDigests && first.kind === "fetched" && !first.isKnown;
    return isDoubtful ? this.check(this.load(files, undefined)) : first;
  }

  /** Whatever becomes of it, what came is on the disk afterwards. */
  private load(files: Files, proof: PartProof | undefined): Result<number, Failure> {
    const { part, progress } = this;
    const bytes = files.fetch(this.remoteId, this.fileId, part, proof, {
      begun: (from, begun) => {
        this.isPieced = from > 0;
        progress.begun(from, begun);
      },
      arrived: count => {
        progress.arrived(count);
      },
    });
    const synced = part.sync();
    return bytes.ok && !synced.ok ? failure(synced.failure) : bytes;
  }

  private check(bytes: Result<number, Failure>): DownloadNews {
    if (!bytes.ok) return failed(bytes.failure);
    const digest = this.part.digest();
    if (!digest.ok) return failed(digest.failure);
    return { kind: "fetched", bytes: bytes.value, digest: digest.value, isKnown: this.isKnown(digest.value) };
  }

  /** Not to know, or not to be asked, is no reason to throw a book away. */
  private isKnown(digest: string): boolean {
    const found = this.server.books?.matchDigests([digest]);
    this.knowsDigests = found?.ok === true;
    return found?.ok === true && found.value.get(digest)?.remoteId === this.remoteId;
  }
}
