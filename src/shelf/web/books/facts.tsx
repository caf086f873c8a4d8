import type { ComponentChildren } from "preact";
import type { BookRecord, Identifier } from "../../store/books";
import type { Store } from "../../store/store";
import { Time } from "../time";
import { booksPath } from "./wish";
import { volumeWords } from "./words";

const SCHEME_WORDS: Readonly<Record<string, string>> = { isbn: "ISBN", asin: "ASIN", doi: "DOI" };
const MOST_TAGS = 20;

/** What is known of a book, in a list; what is not known is left out. */
export function Facts({ book, store }: { readonly book: BookRecord; readonly store: Store }) {
  const { author, series, seriesIndex, publisher, published, language, pageCount } = book;
  const tags = store.books.tags(book.id).slice(0, MOST_TAGS);
  return (
    <dl class="facts">
      <Fact name="Author">{author !== null && <a href={booksPath({ author })}>{author}</a>}</Fact>
      <Fact name="Series">
        {series !== null && series !== "" && (
          <a href={booksPath({ series, sort: "series" })}>{volumeWords(series, seriesIndex)}</a>
        )}
      </Fact>
      <Fact name="Publisher">{publisher}</Fact>
      <Fact name="Published">{published != null && dateWords(published)}</Fact>
      <Fact name="Language">{language !== null && languageWords(language)}</Fact>
      <Fact name="Pages">{pageCount}</Fact>
      <Fact name="Tags">{tags.length > 0 && tags.join(", ")}</Fact>
      <Fact name="Identifiers">{identifierWords(store.books.identifiers(book.id))}</Fact>
      <Fact name="Added">
        <Time at={book.addedAt} withClock={false} />
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  if (children === null || children === undefined || children === false || children === "") return null;
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

/** The day of a moment; what is no date stays as the book has it. */
function dateWords(published: string): string {
  return /^\d{4}-\d\d-\d\dT/.test(published) ? published.slice(0, 10) : published;
}

const LANGUAGES = new Intl.DisplayNames("en", { type: "language" });

function languageWords(code: string): string {
  try {
    return LANGUAGES.of(code.replace("_", "-")) ?? code;
  } catch {
    return code;
  }
}

/** Those that people use; a uuid says nothing to anybody. */
function identifierWords(identifiers: readonly Identifier[]): string {
  return identifiers
    .filter(({ scheme }) => Object.hasOwn(SCHEME_WORDS, scheme))
    .map(({ scheme, value }) => `${SCHEME_WORDS[scheme]} ${value}`)
    .join(", ");
}
