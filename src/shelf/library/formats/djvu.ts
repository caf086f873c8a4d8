import { withBytes, type Bytes } from "./bytes";
import { readDjvuMetadata } from "./djvu-metadata";
import { NOTHING_SAID, textOrNull, Unreadable, type Format, type Said } from "./said";

/**
 * DjVu: an IFF file of chunks. Its pages are in forms of compression that nothing well kept reads, so there is no cover.
 * Layout: DjVu 3 specification, sections 7 and 8.
 */
export const djvu: Format = {
  read: path => withBytes(path, readDjvu),
  cover: () => Promise.resolve(undefined),
};

const MOST_COMPONENTS = 10_000;
const MOST_CHUNKS = 1_000;
const LARGEST_ANNOTATION_BYTES = 1024 * 1024;
const BUNDLED = 0x80;

interface Chunk {
  readonly id: string;
  /** Of its contents. */
  readonly start: number;
  readonly length: number;
}

async function readDjvu(bytes: Bytes): Promise<Said> {
  const head = (await bytes.exactly(0, 16)).toString("latin1");
  if (!head.startsWith("AT&TFORM")) throw new Unreadable("It is no sound DjVu file.");
  const kind = head.slice(12);
  if (kind === "DJVU") return described(await annotationsIn(bytes, 4), 1);
  if (kind !== "DJVM") throw new Unreadable("It is no DjVu file of a form that is known.");
  const components = await componentsIn(bytes);
  const kinds = await Promise.all(components.map(async at => ({ at, kind: await kindAt(bytes, at) })));
  const pages = kinds.filter(component => component.kind === "DJVU");
  // What is said of the whole document stands in a part that all pages share, or with the first page.
  const shared = kinds.filter(component => component.kind === "DJVI");
  const texts = await Promise.all([...shared, ...pages.slice(0, 1)].map(({ at }) => annotationsIn(bytes, at)));
  return described(texts.join("\n"), pages.length > 0 ? pages.length : null);
}

function described(annotations: string, pageCount: number | null): Said {
  const metadata = readDjvuMetadata(annotations);
  const of = (...names: readonly string[]) => textOrNull(names.map(name => metadata.get(name)).find(Boolean));
  return {
    ...NOTHING_SAID,
    title: of("title", "booktitle"),
    author: of("author"),
    series: of("series"),
    language: of("language"),
    description: of("subject", "note"),
    publisher: of("publisher"),
    published: of("year", "date"),
    identifiers: metadata.has("isbn") ? [{ scheme: "isbn", value: metadata.get("isbn") ?? "" }] : [],
    pageCount,
  };
}

/** Where the parts of a bundled document begin; none of one whose pages are files of their own. */
async function componentsIn(bytes: Bytes): Promise<number[]> {
  const directory = (await chunksIn(bytes, 4)).find(({ id }) => id === "DIRM");
  if (!directory) throw new Unreadable("It is no sound DjVu document: it has no directory.");
  const head = await bytes.exactly(directory.start, 3);
  if ((head.readUInt8(0) & BUNDLED) === 0) return [];
  const count = Math.min(head.readUInt16BE(1), MOST_COMPONENTS);
  const table = await bytes.exactly(directory.start + 3, count * 4);
  return Array.from({ length: count }, (_, n) => table.readUInt32BE(n * 4));
}

async function kindAt(bytes: Bytes, at: number): Promise<string> {
  const head = (await bytes.at(at, 12)).toString("latin1");
  return head.startsWith("FORM") ? head.slice(8) : "";
}

/** The plain annotations in the form that begins at `at`; compressed ones (`ANTz`) are passed over. */
async function annotationsIn(bytes: Bytes, at: number): Promise<string> {
  const [chunk] = (await chunksIn(bytes, at)).filter(({ id }) => id === "ANTa");
  if (!chunk) return "";
  const content = await bytes.at(chunk.start, Math.min(chunk.length, LARGEST_ANNOTATION_BYTES));
  return new TextDecoder().decode(content);
}

/** The chunks of the form that begins at `at` ("FORM", length, kind); their contents begin at even places. */
async function chunksIn(bytes: Bytes, at: number): Promise<Chunk[]> {
  const end = Math.min(bytes.size, at + 8 + (await bytes.exactly(at, 8)).readUInt32BE(4));
  const chunks: Chunk[] = [];
  let next = at + 12;
  while (next + 8 <= end && chunks.length < MOST_CHUNKS) {
    const head = await bytes.exactly(next, 8);
    const length = head.readUInt32BE(4);
    chunks.push({ id: head.toString("latin1", 0, 4), start: next + 8, length });
    next += 8 + length + (length & 1);
  }
  return chunks;
}
