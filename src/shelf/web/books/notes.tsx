import type { User } from "../../store/users";
import type { WebContext } from "../context";
import { countWords } from "../reading/words";
import { ALL_BOOKS, wishOf, type Asked } from "./wish";

interface NoteProps {
  readonly who: User;
  readonly context: WebContext;
}

/** What the owner has to know of the folder of books, when there is something. */
export function FolderNote({ who, context: { scanner } }: NoteProps) {
  if (who.role !== "admin") return null;
  const { isRunning, done, total, error } = scanner.state();
  const problems = scanner.problems().length;
  if (error !== undefined && !isRunning)
    return (
      <p class="error">
        The folder of books could not be read: what stands here is how it was. <a href="/folder">What to do</a>
      </p>
    );
  if (!isRunning && problems === 0) return null;
  return (
    <p class="note">
      {isRunning ? `Looking through the folder of books: ${done} of ${countWords(total, "new file")}. ` : ""}
      {problems > 0 ? `${countWords(problems, "file")} could not be read. ` : ""}
      <a href="/folder">Details</a>
    </p>
  );
}

/** Why there is no book to show, and what to do. */
export function NoBooks({ asked, who, context: { booksDir, store } }: NoteProps & { readonly asked: Asked }) {
  const nothing: Asked = { ...ALL_BOOKS, view: asked.view };
  if (store.browse.count(who, wishOf(nothing, store.shelves, who.id)) > 0)
    return (
      <p>
        {asked.status === "missing"
          ? "No book is missing: every file that Shelf knows is where it was."
          : "No book is like that. Try fewer words, or another status."}{" "}
        <a href="/books">Show all books</a>
      </p>
    );
  if (who.role !== "admin") return <p>No books yet. The owner of the library can copy some into its folder.</p>;
  return (
    <p>
      No books yet. Copy some into <code>{booksDir ?? "the folder of books"}</code>, and they appear here: EPUB, PDF,
      CBZ, CBR, MOBI, AZW3, FB2 or DjVu, in folders as you like. <a href="/folder">Look now</a>
    </p>
  );
}
