import { describe, expect, it } from "vitest";
import { filterOf } from "../../../src/shelf/store/shelf-filters";
import { openStore } from "../../../src/shelf/store/store";
import { tempDir } from "../../support/node/temp-dir";

const at = "2026-05-01T10:00:00.000Z";
const facts = { author: null, series: null, seriesIndex: null, language: null, description: null, bookType: "book" };

function library() {
  const store = openStore(tempDir());
  const account = { email: null, passwordHash: null, mustChangePassword: false, createdAt: at };
  const viewer = { id: store.users.add({ ...account, username: "ann", role: "admin" }), role: "admin" as const };
  const orchard = { ...facts, author: "Teodor Brandt", series: "Orchard", language: "en" };
  const seedlings = store.books.add({ ...orchard, title: "Seedlings", seriesIndex: 1 }, at);
  store.books.add({ ...orchard, title: "Harvest Home", seriesIndex: 2, language: "de" }, at);
  const boats = store.books.add({ ...facts, title: "Éphémère boats", series: "" }, at);
  store.books.setTags(boats, ["sea"]);
  store.files.add({ bookId: boats, path: "b.pdf", format: "pdf", size: 1, modifiedMs: 0, md5: "x" });
  store.statuses.put(viewer.id, seedlings, { status: "reading", progressPct: null, cfi: null, finishedAt: null }, at);
  return (params: Record<string, unknown>) => {
    const filter = filterOf(params);
    return [...store.catalogue.filtered(viewer, filter).map(book => book.title), ...filter.unsupported];
  };
}

describe("a shelf's filter", () => {
  it.each([
    [{}, ["Seedlings", "Harvest Home", "Éphémère boats"]],
    [{ series: "Orchard" }, ["Seedlings", "Harvest Home"]],
    [{ series: "orchard" }, []],
    [{ no_series: true }, ["Éphémère boats"]],
    [{ no_series: false, author: "", tag: null, format: [] }, ["Seedlings", "Harvest Home", "Éphémère boats"]],
    [{ author: "Teodor Brandt", language: "de" }, ["Harvest Home"]],
    [{ tag: "sea" }, ["Éphémère boats"]],
    [{ format: "pdf" }, ["Éphémère boats"]],
    [{ library_id: "1" }, []],
    [{ reading_status: "unread" }, ["Harvest Home", "Éphémère boats"]],
    [{ reading_status: "reading" }, ["Seedlings"]],
    [{ min_rating: 1 }, []],
    [{ q: "har brandt" }, ["Harvest Home"]],
    [{ q: "ÉPH" }, ["Éphémère boats"]],
    [{ q: "arvest" }, []],
    [{ q: "%' OR 1=1 --" }, []],
    [{ tag: "sea", year_min: 1900, "1=1; --": "x" }, ["Éphémère boats", "1=1; --", "year_min"]],
    [{ tag: "sea", constructor: "x", __proto__: { series: "y" } }, ["Éphémère boats", "constructor"]],
  ] as [Record<string, unknown>, string[]][])("%j", (params, expected) => {
    expect(library()(params)).toEqual(expected);
  });
});
