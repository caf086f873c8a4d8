import { takenBy, targetFor } from "../../src/app/download-place";
import { DEFAULT_DOWNLOAD_PREFERENCES } from "../../src/core/download-preferences";
import type { Places } from "../../src/ports/places";
import { describe, equal, it, same } from "../support/spec";

const order = {
  book: { remoteId: "1", title: "Emma", author: "Jane Austen", files: [] },
  file: { fileId: "1", format: "epub" },
};

/** A memory card that knows no capitals, as FAT does not. */
function card(files: readonly string[]): Places & { readonly asked: string[] } {
  const asked: string[] = [];
  const isIn = (folder: string, file: string) => file.toLowerCase().startsWith(`${folder.toLowerCase()}/`);
  return {
    asked,
    base: () => "/mnt/sd",
    names: folder => {
      asked.push(folder);
      return files.filter(file => isIn(folder, file)).map(file => file.slice(folder.length + 1));
    },
    exists: path => files.some(file => file.toLowerCase() === path.toLowerCase()),
  };
}

function target(places: Places, queued: readonly string[] = []): string {
  return targetFor(DEFAULT_DOWNLOAD_PREFERENCES, "/mnt/sd", order, takenBy(places, queued));
}

describe("where a book goes", () => {
  it("is where the preview says when nothing is there", () => {
    equal(target(card([])), "/mnt/sd/book/Jane Austen/Emma.epub");
  });

  it("is beside a file that has its name, in whatever letters", () => {
    const places = card(["/mnt/sd/book/Jane Austen/EMMA.EPUB", "/mnt/sd/book/jane austen/Emma (2).epub"]);
    equal(target(places), "/mnt/sd/book/Jane Austen/Emma (3).epub");
    same(places.asked, ["/mnt/sd/book/Jane Austen"]);
  });

  it("is beside what is on its way there", () => {
    const queued = ["/mnt/sd/book/Jane Austen/emma.epub"];
    equal(target(card([]), queued), "/mnt/sd/book/Jane Austen/Emma (2).epub");
  });

  it("is not where the file system itself finds something", () => {
    const places: Places = { ...card([]), exists: path => path.endsWith("Emma.epub") };
    equal(target(places), "/mnt/sd/book/Jane Austen/Emma (2).epub");
  });
});
