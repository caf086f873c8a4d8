import { show, type Shown } from "./page";

const TITLES: Readonly<Record<number, string>> = {
  403: "Not allowed",
  404: "Not found",
  410: "Too late",
  413: "Too much",
  415: "Not a form",
  429: "Too many attempts",
  500: "Something went wrong",
  503: "Busy",
};

const SENTENCES: Readonly<Record<number, string>> = {
  404: "There is no such page. Perhaps the address is misspelt, or what was here is gone.",
  413: "That is more than this form takes.",
  415: "That is not what this form sends.",
  500: "This is a fault of Shelf. What happened stands in its log; nothing else is lost. Try again later.",
};

/** A page that says why there is not the one that was asked for. */
export function problemPage(status: number, sentence = SENTENCES[status] ?? "This cannot be answered."): Shown {
  const body = (
    <>
      <p>{sentence}</p>
      <p>
        <a href="/">Back to the first page</a>
      </p>
    </>
  );
  return show(TITLES[status] ?? "Not possible", body, { status });
}
