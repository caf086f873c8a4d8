import { DEFAULT_DOWNLOAD_PREFERENCES, downloadPreferencesOf, templateFor } from "../../src/core/download-preferences";
import { chooseFile, FORMATS, orderFor } from "../../src/core/format-choice";
import { describe, equal, it, same } from "../support/spec";

describe("what is chosen for downloads", () => {
  it("is the usual when nothing is there", () => {
    same(downloadPreferencesOf({}), DEFAULT_DOWNLOAD_PREFERENCES);
  });

  it("counts where it makes sense", () => {
    const stored = { folder: "/mnt/sd/Books", layout: "custom", template: "{title}", formats: { manga: "cbz" } };
    same(downloadPreferencesOf(stored), stored as never);
  });

  it("is the usual where a hand has made it senseless", () => {
    const broken = { folder: "Books", layout: "tree", template: 3, formats: "cbz" };
    same(downloadPreferencesOf(broken), DEFAULT_DOWNLOAD_PREFERENCES);
    same(downloadPreferencesOf({ formats: { manga: 1 }, folder: {}, template: "" }), DEFAULT_DOWNLOAD_PREFERENCES);
  });

  it("falls back to the usual folders where the reader's template is none", () => {
    const custom = { ...DEFAULT_DOWNLOAD_PREFERENCES, layout: "custom" } as const;
    equal(templateFor({ ...custom, template: "{titel}" }), undefined);
    equal(templateFor({ ...custom, template: "a/{title}" })?.length, 2);
    equal(templateFor({ ...custom, layout: "flat" })?.length, 1);
    equal(templateFor({ ...custom, layout: "series" }), undefined);
  });
});

describe("which file of a book is taken", () => {
  const files = ["pdf", "djvu", "kepub.epub", "cbz"].map(format => ({ fileId: format, format }));

  it("is the first in the usual order", () => {
    equal(chooseFile(files, orderFor({}, "book"))?.format, "kepub.epub");
    equal(chooseFile(files, orderFor({}, undefined))?.format, "kepub.epub");
    equal(chooseFile(files.slice(0, 2), orderFor({}, "book"))?.format, "pdf");
  });

  it("is another for a kind of book that has an order of its own", () => {
    const orders = { manga: "cbz pdf", "": "pdf" };
    same(orderFor(orders, "manga"), ["cbz", "pdf", "epub", "kepub.epub", "mobi", "azw3"]);
    equal(chooseFile(files, orderFor(orders, "manga"))?.format, "cbz");
    equal(chooseFile(files, orderFor(orders, undefined))?.format, "pdf");
    same(orderFor({ manga: "pdf pdf nonsense" }, "manga"), ["pdf", "epub", "kepub.epub", "cbz", "mobi", "azw3"]);
  });

  it("is whatever there is when no format is known, and nothing when there is no file", () => {
    equal(chooseFile([{ fileId: "1", format: "djvu" }], FORMATS)?.format, "djvu");
    equal(chooseFile([], FORMATS), undefined);
  });
});
