import type { BookRecord } from "../../store/books";
import type { BookFile } from "../../store/files";
import { sizeWords } from "./words";

interface FilesProps {
  readonly book: BookRecord;
  readonly files: readonly BookFile[];
}

/** The files of a book: where they are, and what is wrong with them. */
export function Files({ book, files }: FilesProps) {
  return (
    <>
      <h2>Files</h2>
      <table class="cards">
        <thead>
          <tr>
            <th scope="col">Format</th>
            <th scope="col" class="number">
              Size
            </th>
            <th scope="col">Where</th>
            <th scope="col" class="no-print">
              <span class="hidden">Download</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {files.map(({ id, format, size, path, missing, problem }) => (
            <tr key={id}>
              <th scope="row">{format.toUpperCase()}</th>
              <td class="number" data-label="Size">
                {sizeWords(size)}
              </td>
              <td data-label="Where">
                {path.split("\n", 1)}
                {missing && <span class="byline">It is not there any more.</span>}
                {problem !== null && !missing && <span class="byline">{problem}</span>}
              </td>
              <td class="no-print">
                {!missing && (
                  <a class="button quiet" href={`/books/${book.id}/files/${id}`} aria-label={`Download ${format}`}>
                    Download
                  </a>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
