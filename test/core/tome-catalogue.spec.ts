import { bookListOf, detailsOf, filesOf, groupsOf } from "../../src/protocol/tome/tome-catalogue-codec";
import { describe, equal, it, same } from "../support/spec";

/** As JSON gives it, once null counts as absent. */
const entry = {
  id: 7,
  title: "Windfall",
  series_index: 1.5,
  author: "Teodor Brandt",
  book_type: "light_novel",
  status: "want_to_read",
  files: [{ id: 9, format: "EPUB", file_size: 474_453 }],
  series: "The Clockwork Orchard",
};

const book = {
  remoteId: "7",
  title: "Windfall",
  files: [{ fileId: "9", format: "epub", bytes: 474_453 }],
  author: "Teodor Brandt",
  series: "The Clockwork Orchard",
  volume: 1.5,
  bookType: "light_novel",
  state: "wanted" as const,
};

const booksOf = (body: unknown) => {
  const list = bookListOf(body);
  return list.ok ? list.value.books : [];
};

describe("a list of books", () => {
  it("is read whole", () => {
    same(bookListOf({ books: [entry] }), { ok: true, value: { books: [book], ignoredFilters: [] } });
  });

  it("has what an older server says of the series only", () => {
    const { status: _status, series: _series, book_type: _type, ...old } = entry;
    const { state: _state, ...known } = book;
    same(booksOf({ series_name: "The Clockwork Orchard", book_type: "light_novel", books: [old] }), [known]);
  });

  it("gives the books without a series none", () => {
    const bare = { id: 1, title: "Ash", files: [], author: "" };
    same(booksOf({ series_name: "__unserialized__", books: [bare] }), [{ remoteId: "1", title: "Ash", files: [] }]);
  });

  it("says which filters of a shelf the server passed over", () => {
    const list = bookListOf({ unsupported_filters: ["sort", 3, "year_min"], books: [] });
    same(list, { ok: true, value: { books: [], ignoredFilters: ["sort", "year_min"] } });
  });

  it("passes over what is no book", () => {
    const others = ["x", 3, true, {}, { id: "7" }, { id: 1.5, title: "x" }, { id: -1 }, { id: 1e15 }];
    same(booksOf({ books: others.concat([entry]) }), [book]);
  });

  it("keeps a book without a title", () => {
    same(booksOf({ books: [{ id: 3, title: "" }] }), [{ remoteId: "3", title: "3", files: [] }]);
  });

  it("says nothing of a state that it does not know", () => {
    for (const status of ["finished", "", 7, "constructor"]) {
      const [read] = booksOf({ books: [{ ...entry, status }] });
      equal(read?.state, undefined);
    }
  });

  it("cuts what is far too long, never inside a character", () => {
    const [read] = booksOf({ books: [{ ...entry, title: "é".repeat(3000) }] });
    const title = read?.title ?? "";
    equal(title.length <= 1000 && title.length > 490, true);
    equal(title.split("é").join(""), "");
  });

  it("is refused in another shape", () => {
    equal(bookListOf(undefined).ok, false);
    for (const body of ["x", 3, {}, { books: "none" }, { detail: "x" }]) equal(bookListOf(body).ok, false);
  });

  it("is refused when no library of one reader can be so large", () => {
    const books: unknown[] = [];
    while (books.length <= 50_000) books.push(entry);
    same(bookListOf({ books }), { ok: false, failure: { reason: "garbled", detail: "50001 lines in one list" } });
  });
});

describe("the files of a book", () => {
  it("end in lower case", () => {
    same(filesOf([{ id: 1, format: "KEPUB.EPUB" }]), [{ fileId: "1", format: "kepub.epub" }]);
  });

  it("of an unheard-of kind are passed over: a format becomes the end of a name", () => {
    const formats = ["", ".", ".epub", "epub.", "e..b", "../../x", "a/b", "a\\b", "épub", "x".repeat(17), "a b"];
    same(filesOf(formats.map(format => ({ id: 1, format }))), []);
    same(filesOf([{ format: "epub" }, { id: 1 }, "x"]), []);
  });

  it("say a size only where it is one", () => {
    same(filesOf([{ id: 1, format: "pdf", file_size: -5 }]), [{ fileId: "1", format: "pdf" }]);
    same(filesOf([{ id: 1, format: "pdf", file_size: "12" }]), [{ fileId: "1", format: "pdf" }]);
  });

  it("are at most twenty", () => {
    const many: unknown[] = [];
    while (many.length < 100) many.push({ id: 1, format: "epub" });
    equal(filesOf(many).length, 20);
  });
});

describe("a list of groups", () => {
  it("has series by their first book, and those without one by no name", () => {
    const body = [
      { name: "Paper Lanterns", book_count: 5, first_book_id: 1, author: "Noa Hartwell" },
      { name: "__unserialized__", book_count: 8, first_book_id: 9 },
    ];
    const [lanterns, bucket] = [
      { kind: "series", id: "1", books: 5, name: "Paper Lanterns", author: "Noa Hartwell" },
      { kind: "series", id: "9", books: 8 },
    ] as const;
    same(groupsOf("series", body), { ok: true, value: [lanterns, bucket] });
  });

  it("has authors by their name as the server knows it", () => {
    const body = [{ name: "Željko Ćirić", book_count: 1 }, { name: "__unknown__", book_count: 2 }, { name: "" }];
    same(groupsOf("authors", body), {
      ok: true,
      value: [
        { kind: "author", id: "Željko Ćirić", books: 1, name: "Željko Ćirić" },
        { kind: "author", id: "__unknown__", books: 2 },
      ],
    });
  });

  it("has shelves by their number", () => {
    const body = [{ id: 3, name: "At sea", book_count: 3 }, { name: "lost" }];
    same(groupsOf("shelves", body), { ok: true, value: [{ kind: "shelf", id: "3", books: 3, name: "At sea" }] });
  });

  it("may be empty", () => {
    same(groupsOf("shelves", []), { ok: true, value: [] });
  });

  it("is refused in another shape", () => {
    equal(groupsOf("series", undefined).ok, false);
    for (const body of ["x", 3, true]) equal(groupsOf("series", body).ok, false);
  });
});

describe("the details of a book", () => {
  it("are what the list has, and more", () => {
    const more = {
      description: "<p>One.</p><p>Two.</p>",
      progress: 0.25,
      language: "en",
      tags: ["sea", ""],
      series_count: 5,
    };
    const details = detailsOf({ ...entry, ...more });
    same(details as object, {
      ...book,
      description: "One.\nTwo.",
      progress: 0.25,
      language: "en",
      tags: ["sea"],
      inSeries: 5,
    });
  });

  it("leave out what the server does not say", () => {
    same(detailsOf({ ...entry, progress: "half", tags: "sea" }) as object, book);
    equal(detailsOf({ title: "x" }), undefined);
  });
});
