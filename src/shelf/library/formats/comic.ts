import { open } from "node:fs/promises";
import { isComicInfo, readComicInfo } from "./comic-info";
import { pagesAmong } from "./pictures";
import { withRar } from "./rar";
import { LARGEST_PICTURE_BYTES, NOTHING_SAID, Unreadable, type Format, type Picture, type Said } from "./said";
import { withArchive, type Archive } from "./zip";

const LARGEST_TEXT_BYTES = 1024 * 1024;

/** Comics: pictures in an archive. Which archive it is says the file, not its name: many a `.cbr` is a ZIP. */
export const comic: Format = {
  read: path => withPages(path, saidIn),
  cover: path => withPages(path, coverIn),
};

async function withPages<T>(path: string, work: (archive: Archive) => Promise<T>): Promise<T> {
  const start = await startOf(path);
  if (start.startsWith("PK")) return withArchive(path, work);
  if (start.startsWith("Rar!")) return withRar(path, work);
  throw new Unreadable("It is neither a ZIP nor a RAR archive.");
}

async function saidIn(archive: Archive): Promise<Said> {
  const pageCount = pagesAmong(archive.names).length;
  if (pageCount === 0) throw new Unreadable("There are no pictures in it.");
  const name = archive.names.find(isComicInfo);
  const info = name === undefined ? undefined : await archive.read(name, LARGEST_TEXT_BYTES);
  return { ...(info ? described(info) : NOTHING_SAID), pageCount };
}

/** A comic can be read without its description: a broken one only says nothing. */
function described(info: Uint8Array): Said {
  try {
    return readComicInfo(new TextDecoder().decode(info));
  } catch {
    return NOTHING_SAID;
  }
}

async function coverIn(archive: Archive): Promise<Picture | undefined> {
  const [first] = pagesAmong(archive.names);
  return first === undefined ? undefined : archive.read(first, LARGEST_PICTURE_BYTES);
}

async function startOf(path: string): Promise<string> {
  const file = await open(path, "r");
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(8), 0, 8, 0);
    return buffer.toString("latin1", 0, bytesRead);
  } finally {
    await file.close();
  }
}
