import type { ScanReport } from "../../library/scan";
import type { ScanState } from "../../library/scanner";
import type { Failure } from "../../library/walk";
import { CardTable, type Column } from "../card-table";
import type { WebContext } from "../context";
import { ButtonForm } from "../form";
import { owner, redirect, show, type Page, type Reply } from "../page";
import { countWords } from "../reading/words";
import { Time } from "../time";

const MOST_PROBLEMS = 200;
/** How often the page shows how far a scan is. */
const REFRESH_SECONDS = 2;

/** The folder of books: whether it is being looked through, what was found, and what could not be read. */
export function folderPages(context: WebContext): Page[] {
  const { scanner } = context;
  return [
    owner.page("/folder", () => folderPage(context)),
    owner.form("/folder/scan", () => {
      if (!scanner.state().isRunning) scanner.scan().catch(() => undefined);
      return redirect("/folder");
    }),
  ];
}

function folderPage({ scanner, booksDir }: WebContext): Reply {
  const state = scanner.state();
  if (booksDir === undefined)
    return show("Folder of books", <p>Shelf was started without a folder of books. Give it one with --books.</p>);
  return show(
    "Folder of books",
    <>
      <p>
        <code>{booksDir}</code>
      </p>
      {state.isRunning ? <Progress state={state} /> : <Rest state={state} />}
      <Problems problems={scanner.problems()} />
    </>,
    state.isRunning ? { refreshSeconds: REFRESH_SECONDS } : {},
  );
}

function Progress({ state: { done, total } }: { readonly state: ScanState }) {
  return (
    <div class="card">
      <p>
        <label for="progress">
          Looking through the folder: {done.toLocaleString("en-GB")} of {countWords(total, "new or changed file")}
        </label>
      </p>
      <progress id="progress" value={done} max={Math.max(total, 1)} />
    </div>
  );
}

function Rest({ state: { error, finishedAt, report, isWatching } }: { readonly state: ScanState }) {
  return (
    <>
      {error !== undefined && (
        <p class="error" role="alert">
          The folder could not be read ({error}). Is its drive connected? Until then Shelf keeps every book as it was.
        </p>
      )}
      {report && finishedAt !== undefined && (
        <p>
          Looked through on <Time at={finishedAt} />: {foundWords(report)}.
        </p>
      )}
      <p class="quiet">
        {isWatching
          ? "Changes are noticed at once; what changes on a network drive, within ten minutes."
          : "Changes are noticed within ten minutes while the server runs."}
      </p>
      <ButtonForm action="/folder/scan">Scan now</ButtonForm>
    </>
  );
}

/** In the order of interest; what did not happen is left out. */
function foundWords(report: ScanReport): string {
  const { added, changed, moved, removed, unfinished, unchanged } = report;
  const parts: readonly (readonly [number, string])[] = [
    [added.length, "added"],
    [changed.length, "changed"],
    [moved.length, "moved"],
    [removed.length, "gone"],
    [unfinished.length, "still being copied"],
    [unchanged, "as before"],
  ];
  const words = parts.filter(([count]) => count > 0).map(([count, what]) => `${countWords(count, "file")} ${what}`);
  return words.length === 0 ? "no books in it" : words.join(", ");
}

const COLUMNS: readonly Column<Failure>[] = [
  { head: "File", cell: ({ path }) => path },
  { head: "Why", cell: ({ why }) => why },
];

function Problems({ problems }: { readonly problems: readonly Failure[] }) {
  if (problems.length === 0) return <p>Every file could be read.</p>;
  return (
    <>
      <h2>{countWords(problems.length, "file")} could not be read</h2>
      <p>They are listed by their names, and can be sent to a reader as they are. Copy them again, or remove them.</p>
      <CardTable columns={COLUMNS} rows={problems.slice(0, MOST_PROBLEMS)} keyOf={({ path }) => path} />
      {problems.length > MOST_PROBLEMS && <p>And {problems.length - MOST_PROBLEMS} more.</p>}
    </>
  );
}
