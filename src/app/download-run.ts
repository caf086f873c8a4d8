import type { Connection } from "../core/connection";
import type { DownloadNews, PartProof } from "../core/download";
import type { Failure } from "../core/failure";
import { sizeOf } from "../koreader/files";
import { partPathOf } from "../koreader/settle-file";
import { part } from "../parts";
import type { DownloadStore, KeptDownload } from "../ports/download-store";
import type { Cancel } from "../ports/scheduler";
import type { Job } from "../ports/workers";
import type { Errands } from "./errands";
import type { Runtime } from "./runtime";
import { TransferSpeed } from "./transfer-speed";
import { visit } from "./visit";

/** How one try to fetch one book ended. */
export type RunEnd =
  | { readonly kind: "fetched"; readonly digest: string }
  /** `gotOn`: the next try goes on where this one came to. */
  | { readonly kind: "failed"; readonly failure: Failure; readonly gotOn: boolean };

/** What a run needs, and whom it tells. */
export interface RunPlan {
  readonly connection: Connection;
  readonly download: KeptDownload;
  readonly target: string;
  changed(): void;
  ended(end: RunEnd): void;
}

/** One try to fetch one book, by a worker. */
export class DownloadRun {
  bytes = 0;
  total: number | undefined;
  readonly speed = new TransferSpeed();
  private readonly stop: Cancel;
  private from = 0;
  private proof: PartProof | undefined;
  private end: RunEnd | undefined;

  constructor(
    private readonly runtime: Runtime,
    private readonly store: DownloadStore,
    line: Errands,
    readonly plan: RunPlan,
  ) {
    this.total = plan.download.proof?.total ?? plan.download.file.bytes;
    // Until the server says where it goes on: whoever watches should not think that all of it begins anew.
    if (plan.download.proof?.validator !== undefined) this.from = this.bytes = sizeOf(partPathOf(plan.target));
    this.stop = line.add<DownloadNews>({
      prepare: () => this.prepare(),
      onMessage: news => {
        this.take(news);
      },
      onEnd: died => {
        plan.ended(this.end ?? this.failed(died ?? { reason: "cancelled", detail: "the worker said nothing" }));
      },
    });
  }

  /** Kills the worker; nothing more is told. What is here stays. */
  cancel(): void {
    this.stop();
  }

  private prepare(): Job<DownloadNews> {
    const { connection, download, target } = this.plan;
    const open = visit(this.runtime, connection);
    const { book, file, proof } = download;
    const { clock } = this.runtime;
    return tell => {
      const { fetchBook, FilePart } = part("app/errand-work");
      fetchBook(open(), book.remoteId, file.fileId, new FilePart(partPathOf(target)), proof, clock, tell);
    };
  }

  private take(news: DownloadNews): void {
    switch (news.kind) {
      case "begun":
        return this.begun(news.from, news.proof);
      case "progress":
        return this.arrived(news.bytes);
      case "fetched":
        this.end = { kind: "fetched", digest: news.digest };
        return;
      case "failed":
        this.end = this.failed(news.failure);
        return;
      case "reached":
        return this.runtime.health.reached(this.plan.connection.id, news.address);
    }
  }

  private begun(from: number, proof: PartProof): void {
    this.from = from;
    this.proof = proof;
    this.total = proof.total ?? this.total;
    this.store.change(this.plan.download.id, { proof });
    this.arrived(from);
  }

  private arrived(bytes: number): void {
    this.bytes = bytes;
    this.speed.note(this.runtime.clock.monotonic(), bytes);
    this.plan.changed();
  }

  private failed(failure: Failure): RunEnd {
    return { kind: "failed", failure, gotOn: this.proof?.validator !== undefined && this.bytes > this.from };
  }
}
