import type { Identifier } from "../../store/books";
import { withBytes, type Bytes } from "./bytes";
import { joinedOrNull, LARGEST_PICTURE_BYTES, NOTHING_SAID, textOrNull, Unreadable } from "./said";
import type { Format, Picture, Said } from "./said";

/** Kindle's books: MOBI, AZW, AZW3, PRC. The forms are those of the MobileRead wiki (PDB, MOBI, EXTH). */
export const mobi: Format = {
  read: path => withBytes(path, async bytes => saidIn(await headOf(bytes))),
  cover: path => withBytes(path, coverIn),
};

const PDB_HEADER_BYTES = 78;
const LARGEST_HEAD_BYTES = 2 * 1024 * 1024;
const NOTHING = 0xffffffff;

/** Numbers of EXTH records. */
const EXTH = {
  author: 100,
  publisher: 101,
  description: 103,
  isbn: 104,
  subject: 105,
  published: 106,
  source: 112,
  asin: 113,
  cover: 201,
  title: 503,
  language: 524,
} as const;

interface Head {
  /** The name in the database's header: the title, cut to 31 bytes. */
  readonly shortName: string;
  /** Where the records begin, in bytes. */
  readonly offsets: readonly number[];
  /** Record 0; empty in a PalmDoc, which says nothing. */
  readonly record: Buffer;
  readonly extras: ReadonlyMap<number, readonly Buffer[]>;
  readonly decode: (bytes: Buffer) => string;
}

async function headOf(bytes: Bytes): Promise<Head> {
  const header = await bytes.exactly(0, PDB_HEADER_BYTES);
  const type = header.toString("latin1", 60, 68);
  if (type !== "BOOKMOBI" && type !== "TEXtREAd") throw new Unreadable("It is no Kindle book of a form that is known.");
  const offsets = await offsetsOf(bytes, header.readUInt16BE(76));
  const [start = bytes.size, end = bytes.size] = offsets;
  const length = Math.min(end - start, LARGEST_HEAD_BYTES);
  const record = length > 0 ? await bytes.exactly(start, length) : Buffer.alloc(0);
  const encoding = isMobi(record) && uint32(record, 28) === 65001 ? "utf-8" : "windows-1252";
  const decode = (text: Buffer) => new TextDecoder(encoding).decode(text);
  const shortName = header.toString("latin1", 0, 31).split("\0")[0] ?? "";
  return { shortName, offsets, record, extras: isMobi(record) ? extrasOf(record) : new Map(), decode };
}

async function offsetsOf(bytes: Bytes, count: number): Promise<number[]> {
  const table = await bytes.exactly(PDB_HEADER_BYTES, count * 8);
  return Array.from({ length: count }, (_, n) => table.readUInt32BE(n * 8));
}

function isMobi(record: Buffer): boolean {
  return record.toString("latin1", 16, 20) === "MOBI";
}

/** The EXTH records by their number; none when the header is not there or cut. */
function extrasOf(record: Buffer): Map<number, Buffer[]> {
  const extras = new Map<number, Buffer[]>();
  const start = 16 + uint32(record, 20);
  if (record.toString("latin1", start, start + 4) !== "EXTH") return extras;
  const count = uint32(record, start + 8);
  let at = start + 12;
  for (let seen = 0; seen < count && at + 8 <= record.length; seen += 1) {
    const length = uint32(record, at + 4);
    if (length < 8) break;
    const number = uint32(record, at);
    extras.set(number, [...(extras.get(number) ?? []), record.subarray(at + 8, at + length)]);
    at += length;
  }
  return extras;
}

function saidIn(head: Head): Said {
  const texts = (number: number) => (head.extras.get(number) ?? []).map(text => textOrNull(head.decode(text)));
  const first = (number: number) => texts(number)[0] ?? null;
  return {
    ...NOTHING_SAID,
    title: first(EXTH.title) ?? fullName(head) ?? textOrNull(head.shortName.replaceAll("_", " ")),
    author: joinedOrNull(texts(EXTH.author)),
    language: first(EXTH.language),
    description: first(EXTH.description),
    publisher: first(EXTH.publisher),
    published: first(EXTH.published),
    identifiers: [
      ...identifiers("isbn", texts(EXTH.isbn)),
      ...identifiers("asin", texts(EXTH.asin)),
      ...identifiers("calibre", texts(EXTH.source).map(calibreUuid)),
    ],
    tags: [...new Set(texts(EXTH.subject).filter(tag => tag !== null))],
  };
}

function fullName({ record, decode }: Head): string | null {
  if (!isMobi(record)) return null;
  const start = uint32(record, 84);
  return textOrNull(decode(record.subarray(start, start + Math.min(uint32(record, 88), 1024))));
}

/** Calibre writes its uuid where the source belongs. */
function calibreUuid(source: string | null): string | null {
  return source?.startsWith("calibre:") === true ? source.slice("calibre:".length) : null;
}

function identifiers(scheme: string, values: readonly (string | null)[]): Identifier[] {
  return values.flatMap(value => (value === null ? [] : [{ scheme, value }]));
}

async function coverIn(bytes: Bytes): Promise<Picture | undefined> {
  const { record, extras, offsets } = await headOf(bytes);
  const offset = extras.get(EXTH.cover)?.[0];
  const firstImage = isMobi(record) ? uint32(record, 108) : NOTHING;
  if (offset?.length !== 4 || firstImage === NOTHING) return undefined;
  const index = firstImage + offset.readUInt32BE(0);
  const start = offsets[index];
  if (start === undefined) return undefined;
  const length = (offsets[index + 1] ?? bytes.size) - start;
  if (length > LARGEST_PICTURE_BYTES) throw new Unreadable("The cover in it is too large.");
  return bytes.exactly(start, length);
}

/** 0 beyond the end: a cut header says nothing. */
function uint32(record: Buffer, at: number): number {
  return at + 4 <= record.length ? record.readUInt32BE(at) : 0;
}
