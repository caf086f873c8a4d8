/** What can be said in a Kindle book: EXTH records by number, as text or bytes. */
export type Extras = readonly (readonly [number: number, value: string | Uint8Array])[];

interface Mobi {
  readonly title: string;
  readonly extras?: Extras;
  /** Pictures, in records of their own after the text. */
  readonly pictures?: readonly Uint8Array[];
  readonly encoding?: "utf8" | "latin1";
}

const MOBI_HEADER_BYTES = 232;

/** A Kindle book with a page of text. */
export function makeMobi({ title, extras = [], pictures = [], encoding = "utf8" }: Mobi): Uint8Array {
  const name = Buffer.from(title, encoding);
  const exth = exthOf(extras, encoding);
  const head = Buffer.alloc(16 + MOBI_HEADER_BYTES);
  head.writeUInt16BE(1, 0);
  head.writeUInt16BE(1, 8);
  head.write("MOBI", 16, "latin1");
  head.writeUInt32BE(MOBI_HEADER_BYTES, 20);
  head.writeUInt32BE(encoding === "utf8" ? 65001 : 1252, 28);
  head.writeUInt32BE(head.length + exth.length, 84);
  head.writeUInt32BE(name.length, 88);
  head.writeUInt32BE(pictures.length > 0 ? 2 : 0xffffffff, 108);
  head.writeUInt32BE(extras.length > 0 ? 0x40 : 0, 128);
  return database(title, "BOOKMOBI", [Buffer.concat([head, exth, name]), Buffer.from("<p>Text.</p>"), ...pictures]);
}

/** A Palm database of some records. */
export function database(name: string, type: string, records: readonly Uint8Array[]): Uint8Array {
  const header = Buffer.alloc(78 + records.length * 8 + 2);
  header.write(name.slice(0, 31), 0, "latin1");
  header.write(type, 60, "latin1");
  header.writeUInt16BE(records.length, 76);
  let at = header.length;
  records.forEach((record, n) => {
    header.writeUInt32BE(at, 78 + n * 8);
    at += record.length;
  });
  return Buffer.concat([header, ...records]);
}

function exthOf(extras: Extras, encoding: BufferEncoding): Buffer {
  if (extras.length === 0) return Buffer.alloc(0);
  const records = extras.map(([number, value]) => {
    const bytes = typeof value === "string" ? Buffer.from(value, encoding) : Buffer.from(value);
    const head = Buffer.alloc(8);
    head.writeUInt32BE(number, 0);
    head.writeUInt32BE(bytes.length + 8, 4);
    return Buffer.concat([head, bytes]);
  });
  const body = Buffer.concat(records);
  const head = Buffer.alloc(12);
  head.write("EXTH", 0, "latin1");
  head.writeUInt32BE(12 + body.length, 4);
  head.writeUInt32BE(extras.length, 8);
  return Buffer.concat([head, body]);
}
