import { Readable } from "node:stream";
import { openBook } from "../../library/book-file";
import { mediaTypeOf } from "../../library/formats/kinds";
import { STATUSES } from "../../reading-status";
import type { BookRecord } from "../../store/books";
import type { User } from "../../store/users";
import { changeStatus } from "../../tome/routes/book-status";
import { enqueue } from "../../tome/routes/inbox";
import { isRating } from "../../tome/routes/rating";
import { BookPage } from "../books/book-page";
import { plainCover } from "../books/cover";
import type { WebContext } from "../context";
import { missing, problem, reader, redirect, show, type Page, type Reply } from "../page";
import type { Visit } from "../visit";

const NO_BOOK = "There is no such book, or it is not for you.";
const NO_FILE = "This file is not in the folder of books any more. Put it back, and it can be downloaded again.";
const A_DAY = { "cache-control": "private, max-age=86400" };

/** One book: what is known of it, its files, its reading, and what can be done with it. */
export function bookPages(context: WebContext): Page[] {
  return [
    reader.page("/books/:id", visit =>
      withBook(visit, context, book =>
        show(book.title, <BookPage book={book} who={visit.who} context={context} origin={visit.origin} />),
      ),
    ),
    reader.form("/books/:id/send", visit => withBook(visit, context, book => send(book, visit, context))),
    reader.form("/books/:id/take-back", visit => withBook(visit, context, book => takeBack(book, visit, context))),
    reader.form("/books/:id/opinion", visit => withBook(visit, context, book => judge(book, visit, context))),
    reader.page("/books/:id/files/:file", visit => withBook(visit, context, book => download(book, visit, context))),
    reader.page("/covers/:id", visit => withBook(visit, context, book => cover(book, context))),
  ];
}

function withBook(
  { who, params }: Visit<User>,
  { store }: WebContext,
  answer: (book: BookRecord) => Reply | Promise<Reply>,
): Reply | Promise<Reply> {
  const id = params.whole("id") ?? -1;
  const book = store.browse.canSee(who, id) ? store.books.find(id) : undefined;
  return book ? answer(book) : missing(NO_BOOK);
}

function send({ id, isActive }: BookRecord, { who }: Visit<User>, context: WebContext): Reply {
  if (who.role === "guest") return problem(403, "Guests cannot send books to a reader. Ask the owner of the library.");
  if (!context.settings.sendToKoreader) return problem(404, "Sending books to a reader is switched off.");
  if (!isActive) return problem(404, NO_FILE);
  const isNew = enqueue(context, who, id);
  const sentence = "Your reader fetches it the next time it is connected.";
  return redirect(`/books/${id}`, isNew ? `On its way. ${sentence}` : `It waits for your reader already. ${sentence}`);
}

function takeBack({ id }: BookRecord, { who }: Visit<User>, { store }: WebContext): Reply {
  const wasWaiting = store.inbox.takeBack(who.id, id);
  return redirect(`/books/${id}`, wasWaiting ? "It is not sent." : "A reader has fetched it already.");
}

/** Status and stars come in one form. A status that stays is not written: "unread" would forget the place again. */
function judge({ id }: BookRecord, { who, form }: Visit<User>, context: WebContext): Reply {
  const { store } = context;
  const status = STATUSES.find(each => each === form.text("status"));
  const stars = form.text("rating");
  const rating = stars === "" ? null : Number(stars);
  if (status === undefined || !isRating(rating)) return problem(422, "Choose a status, and none to five stars.");
  const at = context.now().toISOString();
  const before = store.statuses.find(who.id, id);
  if (status !== (before?.status ?? "unread"))
    changeStatus(context, who.id, id, { status, progress_pct: null, cfi: null }, at);
  if (rating !== (before?.rating ?? null))
    store.statuses.rate(who.id, id, { rating, review: before?.review ?? null }, at);
  return redirect(`/books/${id}`, "Saved.");
}

async function download(book: BookRecord, { params }: Visit<User>, { store, booksDir }: WebContext): Promise<Reply> {
  const file = store.files.ofBook(book.id).find(({ id }) => id === params.whole("file"));
  const open = file && booksDir !== undefined ? await openBook(booksDir, file.path) : undefined;
  if (!file || !open) return missing(NO_FILE);
  const name = encodeURIComponent(`${book.title}.${file.format}`).replace(/['()*]/g, escapeMore);
  return {
    kind: "file",
    bytes: { type: mediaTypeOf(file.format), length: open.size, stream: open.read(0, open.size) },
    headers: { "content-disposition": `attachment; filename*=utf-8''${name}` },
  };
}

function escapeMore(letter: string): string {
  return `%${letter.charCodeAt(0).toString(16)}`;
}

async function cover(book: BookRecord, { covers }: WebContext): Promise<Reply> {
  const found = await covers.of(book.id);
  if (found) {
    const bytes = { type: "image/jpeg", length: found.size, stream: found.read(0, found.size) };
    return { kind: "file", bytes, headers: A_DAY };
  }
  const svg = Buffer.from(plainCover({ id: book.id, title: book.title, author: book.author }));
  return {
    kind: "file",
    bytes: { type: "image/svg+xml", length: svg.length, stream: Readable.from([svg]) },
    headers: A_DAY,
  };
}
