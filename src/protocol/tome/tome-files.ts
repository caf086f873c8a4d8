import type { PartProof } from "../../core/download";
import type { Failure } from "../../core/failure";
import { failure, type Result, success } from "../../core/result";
import type { PartFile } from "../../ports/part-file";
import type { Files } from "../../ports/server";
import type { UrlEncode } from "../../ports/url-encode";
import { type FileNews, FileSink } from "../file-sink";
import type { TomeClient } from "./tome-client";

/** What one request came to; `isStale` when only the whole file will do. */
interface Fetched {
  readonly result: Result<number, Failure>;
  readonly isStale: boolean;
}

/**
 * Files of Tome's books (`/tome-sync/download`, since 0.2). From 2.4 on a user may have so many downloads a day, and every request
 * counts, for the rest of a file too: none is made in vain, and none is repeated but once where what is here turns out to be of no use.
 */
export class TomeFiles implements Files {
  constructor(
    private readonly client: TomeClient,
    private readonly encode: UrlEncode,
  ) {}

  fetch(
    remoteId: string,
    fileId: string,
    part: PartFile,
    proof: PartProof | undefined,
    told: FileNews,
  ): Result<number, Failure> {
    const path = `/tome-sync/download/${this.encode(remoteId)}/${this.encode(fileId)}`;
    const here = proof?.validator === undefined ? 0 : part.kept(proof.boot);
    const { total = Infinity } = proof ?? {};
    if (proof !== undefined && here > 0 && here === total) return complete(part, here, proof, told);
    const first = this.ask(path, part, here < total ? here : 0, proof, told);
    return first.isStale ? this.ask(path, part, 0, undefined, told).result : first.result;
  }

  private ask(path: string, part: PartFile, from: number, proof: PartProof | undefined, told: FileNews): Fetched {
    const sink = new FileSink(part, from, proof, told);
    const rest = from === 0 ? {} : { Range: `bytes=${from}-`, "If-Range": proof?.validator ?? "" };
    const answer = this.client.fetch(path, rest, sink);
    if (!answer.ok) return { result: answer, isStale: sink.isStale };
    if (sink.isWhole()) return { result: success(sink.bytes), isStale: false };
    const isStale = from > 0 && answer.value.status === 416;
    const detail = `status ${answer.value.status}, the file ends after ${sink.bytes} bytes`;
    return { result: failure({ reason: "server", detail }), isStale };
  }
}

/** The last try was ended between the last byte and the word that it was the last one. */
function complete(part: PartFile, bytes: number, proof: PartProof, told: FileNews): Result<number, Failure> {
  const opened = part.beginAt(bytes);
  if (!opened.ok) return opened;
  told.begun(bytes, proof);
  told.arrived(bytes);
  return success(bytes);
}
