import type { Sort } from "../../store/browse";
import type { KeptShelf } from "../../store/shelves";
import { Button } from "../form";
import { booksPath, type Asked } from "./wish";

interface SearchProps {
  readonly asked: Asked;
  readonly shelves: readonly KeptShelf[];
}

const STATUS_CHOICES: readonly Choice[] = [
  ["", "Any status"],
  ["unread", "Unread"],
  ["reading", "Reading"],
  ["read", "Read"],
  ["want_to_read", "Want to read"],
  ["shelved", "Shelved"],
  ["missing", "File is missing"],
];

const SORT_WORDS: Readonly<Record<Sort, string>> = {
  title: "By title",
  author: "By author",
  series: "By series",
  added: "Newest first",
  read: "Last read first",
};

type Choice = readonly [value: string, text: string];

/** What to look for among the books. It changes nothing, so its address can be kept and shared. */
export function Search({ asked, shelves }: SearchProps) {
  const kept = [["", "Any shelf"], ...shelves.map(({ id, name }): Choice => [String(id), name])] as const;
  return (
    <form class="search" action="/books" role="search">
      <div class="field">
        <label for="q">Search</label>
        <input id="q" name="q" type="search" value={asked.q} placeholder="Title, author or series" spellcheck={false} />
      </div>
      <Select name="status" label="Status" value={asked.status} choices={STATUS_CHOICES} />
      {shelves.length > 0 && <Select name="shelf" label="Shelf" value={asked.shelf} choices={kept} />}
      <Select name="sort" label="Order" value={asked.sort} choices={Object.entries(SORT_WORDS)} />
      <Kept name="author" value={asked.author} />
      <Kept name="series" value={asked.series} />
      <Kept name="view" value={asked.view === "list" ? "list" : ""} />
      <Button>Show</Button>
      <Narrowed asked={asked} />
    </form>
  );
}

/** What the list is narrowed to, and the way out of it. */
function Narrowed({ asked }: { readonly asked: Asked }) {
  const { author, series } = asked;
  if (author === "" && series === "") return null;
  return (
    <p class="narrowed">
      {author !== "" && (
        <a
          class="button quiet"
          href={booksPath({ ...asked, author: "", page: 1 })}
          aria-label={`Not only by ${author}`}
        >
          By {author} ✕
        </a>
      )}
      {series !== "" && (
        <a
          class="button quiet"
          href={booksPath({ ...asked, series: "", page: 1 })}
          aria-label={`Not only in ${series}`}
        >
          In {series} ✕
        </a>
      )}
    </p>
  );
}

function Kept({ name, value }: { readonly name: string; readonly value: string }) {
  return value === "" ? null : <input type="hidden" name={name} value={value} />;
}

interface SelectProps {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly choices: readonly Choice[];
}

export function Select({ name, label, value, choices }: SelectProps) {
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <select id={name} name={name}>
        {choices.map(([each, text]) => (
          <option key={each} value={each} selected={each === value}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}
