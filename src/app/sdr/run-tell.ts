import type { Failure } from "../../core/failure";
import { booksText, type RunAccount } from "./history";
import type { RunCourse } from "./run-course";
import { tellSent } from "./settle";
import { Naming } from "./titles";
import { endRound } from "./to-tell";

/** What the last phase needs to know. */
export interface Telling {
  readonly failure: Failure | undefined;
  /** The run so far, without its books. */
  readonly soFar: (this: void) => RunAccount;
  /** What the folder has for us. */
  readonly offered: { readonly files: number; readonly bytes: number };
}

/** The last phase of a run: says what came of it, book by book. */
export function tellOf(course: RunCourse, telling: Telling): void {
  const { tools, account, target, order, steps } = course;
  const { isPreview, isOwn } = order;
  const hasAsked = isOwn !== true && telling.failure === undefined;
  let isSent = false;
  steps.then(
    breathe => {
      isSent = tellSent(tools, account, { target, isPreview, hasFailed: !hasAsked }, breathe);
    },
    () => {
      steps.afar(
        one => new Naming(one, account, account.told()),
        () => {
          if (isPreview && telling.failure === undefined) showPreview(course, telling);
          else finish(course, telling, isSent && !isPreview);
        },
      );
    },
  );
}

function finish({ tools, account, steps, end }: RunCourse, { soFar, failure }: Telling, isSent: boolean): void {
  const books = account.byTitle();
  const others = account.others();
  let text = "[]";
  steps.then(
    breathe => {
      text = booksText(tools.json, { books }, breathe);
      if (isSent) endRound(tools.notebook);
    },
    () => {
      const run = { account: { ...soFar(), books, ...(others.books > 0 && { others }) }, books: text };
      end(failure === undefined ? { kind: "done", ...run } : { kind: "failed", failure, ...run });
    },
  );
}

function showPreview({ account, end }: RunCourse, { offered }: Telling): void {
  end({ kind: "previewed", preview: { books: account.byTitle(), others: account.others().books, ...offered } });
}
