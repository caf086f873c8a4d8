import type { PartProof } from "../download";
import { parseHttpDate } from "./dates";
import type { Headers } from "./head";
import { cut, parseDigits, stripBlanks } from "./text";

/** The head of an answer that brings a file, or the rest of one. */
export interface FileAnswer {
  /** Which byte of the file comes first, from 0. */
  readonly from: number;
  /** How long the whole file is; absent when the server does not say. */
  readonly total?: number;
  /** By which a later request can go on with the same file. */
  readonly proof: PartProof;
}

/** What a 200 or 206 to a request for a file is. */
export type FileAnswerKind =
  | { readonly kind: "file"; readonly file: FileAnswer }
  /** A page or an API's answer: somebody else spoke. */
  | { readonly kind: "no file" }
  /** Not the rest of what is here: it has to be asked for as a whole. */
  | { readonly kind: "stale"; readonly why: string }
  | { readonly kind: "refused"; readonly why: string };

/** What no server sends a book as, but portals, proxies and APIs their own words. */
const NO_FILES = ["text/html", "application/xhtml", "application/json", "application/problem"];

const stale = (why: string): FileAnswerKind => ({ kind: "stale", why });
const refused = (why: string): FileAnswerKind => ({ kind: "refused", why });

/**
 * @param status 200 or 206
 * @param asked from which byte on was asked for; 0: no range was
 * @param known what is known of the file that the first bytes are of
 */
export function readFileAnswer(
  status: number,
  headers: Headers,
  asked: number,
  known: PartProof | undefined,
): FileAnswerKind {
  const type = (headers["content-type"] ?? "").toLowerCase();
  if (NO_FILES.some(beginning => type.startsWith(beginning))) return { kind: "no file" };
  // Nothing was asked to be packed: what is, is of another length than it says, and cannot be gone on with.
  const coding = headers["content-encoding"] ?? "identity";
  if (coding.toLowerCase() !== "identity") return refused(`packed as ${coding}`);
  return status === 206 ? readRest(headers, asked, known) : readWhole(headers);
}

function readWhole(headers: Headers): FileAnswerKind {
  const isChunked = headers["transfer-encoding"] !== undefined;
  const total = isChunked ? undefined : parseDigits(firstOf(headers["content-length"] ?? ""));
  // What ends with the connection may have ended anywhere.
  if (total === undefined && !isChunked) return refused("a file without a length");
  return { kind: "file", file: { from: 0, ...lengthOf(total), proof: proofOf(headers, total) } };
}

function readRest(headers: Headers, asked: number, known: PartProof | undefined): FileAnswerKind {
  const range = parseContentRange(headers["content-range"] ?? "");
  if (asked === 0) return refused("a part of the file, though all of it was asked for");
  if (range === undefined || range.from !== asked) return stale("not the part that was asked for");
  const { total = known?.total } = range;
  if (known?.total !== undefined && known.total !== total) return stale("the file has another length now");
  const tag = strongTag(headers);
  if (tag !== undefined && known?.validator?.startsWith('"') === true && tag !== known.validator)
    return stale("the file is another one now");
  const proof = { ...lengthOf(total), ...(known?.validator === undefined ? {} : { validator: known.validator }) };
  return { kind: "file", file: { from: asked, ...lengthOf(total), proof } };
}

const lengthOf = (total: number | undefined): { readonly total?: number } => (total === undefined ? {} : { total });

/** A list has the same value in all its places, or the answer is refused before (body.ts). */
const firstOf = (value: string): string => stripBlanks(cut(value, ",")[0]);

/** `bytes 4-9/10`, or with `*` where the length is not known; nothing when it contradicts itself. */
export function parseContentRange(value: string): { readonly from: number; readonly total?: number } | undefined {
  const [unit, range = ""] = cut(stripBlanks(value), " ");
  const [bounds, size = ""] = cut(range, "/");
  const [first, second = ""] = cut(bounds, "-");
  const [from, last, total] = [parseDigits(first), parseDigits(second), parseDigits(size)];
  if (unit.toLowerCase() !== "bytes" || from === undefined || last === undefined || last < from) return undefined;
  if (size !== "*" && (total === undefined || last >= total)) return undefined;
  return { from, ...lengthOf(total) };
}

function proofOf(headers: Headers, total: number | undefined): PartProof {
  const validator = strongTag(headers) ?? strongDate(headers);
  return { ...lengthOf(total), ...(validator === undefined ? {} : { validator }) };
}

/** A weak one says that the file means the same, not that its bytes do. */
function strongTag(headers: Headers): string | undefined {
  const tag = headers["etag"];
  return tag?.startsWith('"') === true ? tag : undefined;
}

/** A date proves as much only when the file could not change again in the same second (RFC 9110, 8.8.2.2). */
function strongDate(headers: Headers): string | undefined {
  const value = headers["last-modified"] ?? "";
  const [changed, now] = [parseHttpDate(value), parseHttpDate(headers["date"] ?? "")];
  return changed !== undefined && now !== undefined && changed < now ? value : undefined;
}
