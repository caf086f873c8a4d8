import { RESTORED, restorePlace } from "../../reading/restore";
import type { PastPosition, Position } from "../../store/positions";
import type { User } from "../../store/users";
import { CardTable, type Column } from "../card-table";
import type { WebContext } from "../context";
import { Button, ButtonForm, Form } from "../form";
import { missing, reader, redirect, show, type Page, type Reply } from "../page";
import { BookReading } from "../reading/book-reading";
import { deviceWords } from "../reading/tables";
import { percentWords } from "../reading/words";
import { Time } from "../time";
import type { Visit } from "../visit";

const NO_BOOK = "There is no such book, or it is not for you.";
const NO_PLACE = "That place is no longer in the history, which keeps the last 40.";

/** Where a reader was in a book, and the way back there. */
export function bookReadingPages(context: WebContext): Page[] {
  return [
    reader.page("/books/:id/reading", visit => historyPage(visit, context)),
    reader.page("/books/:id/reading/:entry/restore", visit => confirmPage(visit, context)),
    reader.form("/books/:id/reading/:entry/restore", visit => restore(visit, context)),
  ];
}

/** The book of an address, when the visitor may see it. */
function bookOf({ who, params }: Visit<User>, { store }: WebContext): { id: number; title: string } | undefined {
  const id = params.whole("id") ?? -1;
  if (!store.catalogue.canSee(who, id)) return undefined;
  const title = store.books.title(id);
  return title === undefined ? undefined : { id, title };
}

function historyPage(visit: Visit<User>, context: WebContext): Reply {
  const book = bookOf(visit, context);
  if (!book) return missing(NO_BOOK);
  const { positions } = context.store;
  const history = positions.history(visit.who.id, book.id);
  const devices = positions.onDevices(visit.who.id, book.id);
  return show(
    `Your reading of ${book.title}`,
    <>
      <BookReading store={context.store} userId={visit.who.id} bookId={book.id} />
      <Undo bookId={book.id} history={history} />
      {devices.length > 0 && (
        <>
          <h2>On each device</h2>
          <CardTable columns={DEVICE_COLUMNS} rows={devices} keyOf={({ device }) => device ?? ""} />
        </>
      )}
      <h2>Where you were</h2>
      {history.length === 0 ? (
        <p class="quiet">No device has brought a place yet.</p>
      ) : (
        <CardTable columns={historyColumns(book.id)} rows={history} keyOf={({ id }) => id} />
      )}
    </>,
  );
}

/** Right after a restore: the place before it, one tap away. */
function Undo({
  bookId,
  history: [newest, before],
}: {
  readonly bookId: number;
  readonly history: readonly PastPosition[];
}) {
  if (newest?.device !== RESTORED || before === undefined) return null;
  return (
    <div class="note no-print">
      <p>
        Your place was restored to {percentWords(newest.percentage)}. A device goes there when it next opens the book.
      </p>
      <ButtonForm action={`/books/${bookId}/reading/${before.id}/restore`} kind="quiet">
        Undo: back to {percentWords(before.percentage)}
      </ButtonForm>
    </div>
  );
}

const DEVICE_COLUMNS: readonly Column<Position>[] = [
  { head: "Device", cell: ({ device }) => deviceWords(device) },
  { head: "Place", kind: "number", cell: ({ percentage }) => percentWords(percentage) },
  { head: "When", cell: ({ updatedAt }) => <Time at={updatedAt} /> },
];

const historyColumns = (bookId: number): readonly Column<PastPosition>[] => [
  { head: "When", cell: ({ updatedAt }) => <Time at={updatedAt} /> },
  { head: "Place", kind: "number", cell: ({ percentage }) => percentWords(percentage) },
  { head: "Device", cell: ({ device }) => deviceWords(device) },
  {
    head: "Restore",
    kind: "action",
    cell: ({ id, percentage }, index) =>
      index === 0 ? (
        <span class="quiet">Here you are</span>
      ) : (
        <a
          class="button quiet"
          href={`/books/${bookId}/reading/${id}/restore`}
          aria-label={`Restore ${percentWords(percentage)}`}
        >
          Restore…
        </a>
      ),
  },
];

function confirmPage(visit: Visit<User>, context: WebContext): Reply {
  const book = bookOf(visit, context);
  if (!book) return missing(NO_BOOK);
  const [newest, ...older] = context.store.positions.history(visit.who.id, book.id);
  const entry = older.find(({ id }) => id === visit.params.whole("entry"));
  if (!newest || !entry) return missing(NO_PLACE);
  return show(
    "Restore this place?",
    <>
      <p>
        In <strong>{book.title}</strong> you are at {percentWords(newest.percentage)}. On <Time at={entry.updatedAt} />{" "}
        you were at <strong>{percentWords(entry.percentage)}</strong> ({deviceWords(entry.device)}).
      </p>
      <p>
        Your devices go there when they next open the book. Sessions and highlights stay as they are, and you can undo
        it.
      </p>
      <Form action={`/books/${book.id}/reading/${entry.id}/restore`} class="actions">
        <Button>Go back to {percentWords(entry.percentage)}</Button>
        <a class="button quiet" href={`/books/${book.id}/reading`}>
          Stay here
        </a>
      </Form>
    </>,
  );
}

function restore(visit: Visit<User>, context: WebContext): Reply {
  const book = bookOf(visit, context);
  if (!book) return missing(NO_BOOK);
  const who = { userId: visit.who.id, bookId: book.id };
  const place = restorePlace(context.store, who, visit.params.whole("entry") ?? -1, context.now().toISOString());
  if (!place) return missing(NO_PLACE);
  return redirect(`/books/${book.id}/reading`, `Your place is ${percentWords(place.percentage)} again.`);
}
