import { FORMATS } from "../formats";
import { factsOfPackage } from "../formats/opf";
import type { Said } from "../formats/said";
import { fileBeside } from "./file-beside";
import type { Result, Task } from "./task";

const LARGEST_PACKAGE_BYTES = 4 * 1024 * 1024;

/** Reads what a book says. What stands beside it in a Calibre library counts first: Calibre leaves the book as it was. */
export async function readBook(
  { path, kind, described }: Extract<Task, { work: "read" }>,
  reasonOf: (error: unknown) => string,
): Promise<Result> {
  const beside = described === undefined ? undefined : await readBeside(described);
  try {
    const own = await FORMATS[kind].read(path);
    return { ok: true, said: beside ? overlay(own, beside) : own };
  } catch (error) {
    const why = reasonOf(error);
    return beside ? { ok: true, said: beside, why } : { ok: false, why };
  }
}

async function readBeside(path: string): Promise<Said | undefined> {
  const source = await fileBeside(path, LARGEST_PACKAGE_BYTES);
  if (!source) return undefined;
  try {
    const said = factsOfPackage(new TextDecoder().decode(source));
    return said.title === null ? undefined : said;
  } catch {
    return undefined;
  }
}

/** Series, authors and the like are taken together: a book that Calibre has out of its series is in none. */
function overlay(own: Said, beside: Said): Said {
  return {
    ...beside,
    language: beside.language ?? own.language,
    description: beside.description ?? own.description,
    publisher: beside.publisher ?? own.publisher,
    published: beside.published ?? own.published,
    pageCount: own.pageCount,
    identifiers: [...beside.identifiers, ...own.identifiers],
    ...(own.bookType === undefined ? {} : { bookType: own.bookType }),
  };
}
