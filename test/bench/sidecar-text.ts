// A sidecar as KOReader leaves it, of a book that does not exist.
import { createHash } from "node:crypto";

interface Sidecar {
  readonly file: string;
  readonly book: number;
  readonly marks: number;
  readonly note: string;
}

function mark(book: number, number: number, note: string): string {
  const at = `/body/DocFragment[2]/body/p[${number}]/text().0`;
  const text = `The words that highlight ${number} of book ${book} marks, about as many as a reader would.`;
  return `{ ["chapter"] = "One", ["color"] = "yellow", ["datetime"] = "2026-01-02 ${time(number)}", ["drawer"] = "lighten",
    ["note"] = "${note}", ["page"] = "${at}", ["pos0"] = "${at}", ["pos1"] = "${at.slice(0, -1)}90", ["text"] = "${text}" }`;
}

/** Each mark at another second. */
const time = (number: number): string => new Date(Date.UTC(2026, 0, 2, 3, 4, 10 + number)).toISOString().slice(11, 19);

export function sidecarText({ file, book, marks, note }: Sidecar): string {
  const items = Array.from({ length: marks }, (_, index) => `[${index + 1}] = ${mark(book, index + 1, note)}`);
  const digest = createHash("md5").update(`book ${book}`).digest("hex");
  return `-- ${file}\nreturn {\n["annotations"] = { ${items.join(",\n")} },\n["cre_dom_version"] = 20240114,\n["doc_path"] = "${file}",
["doc_props"] = { ["title"] = "Book ${book}", ["authors"] = "Author" },\n["last_xpointer"] = "/body/DocFragment[2]/body/p[1]/text().0",
["partial_md5_checksum"] = "${digest}",\n["percent_finished"] = 0.5,\n["summary"] = { ["status"] = "reading", ["modified"] = "2026-01-02" } }\n`;
}
