import type { BookRecord } from "../../store/books";
import type { BookFile } from "../../store/files";
import { CardTable, type Column } from "../card-table";
import { sizeWords } from "./words";

interface FilesProps {
  readonly book: BookRecord;
  readonly files: readonly BookFile[];
}

const columns = (book: BookRecord): readonly Column<BookFile>[] => [
  { head: "Format", cell: ({ format }) => format.toUpperCase() },
  { head: "Size", kind: "number", cell: ({ size }) => sizeWords(size) },
  { head: "Where", cell: file => <Where file={file} /> },
  {
    head: "Download",
    kind: "action",
    cell: ({ id, format, missing }) =>
      !missing && (
        <a class="button quiet" href={`/books/${book.id}/files/${id}`} aria-label={`Download ${format}`}>
          Download
        </a>
      ),
  },
];

function Where({ file: { path, missing, problem } }: { readonly file: BookFile }) {
  return (
    <>
      {path.split("\n", 1)}
      {missing && <span class="byline">It is not there any more.</span>}
      {problem !== null && !missing && <span class="byline">{problem}</span>}
    </>
  );
}

/** The files of a book: where they are, and what is wrong with them. */
export function Files({ book, files }: FilesProps) {
  return (
    <>
      <h2>Files</h2>
      <CardTable columns={columns(book)} rows={files} keyOf={({ id }) => id} />
    </>
  );
}
