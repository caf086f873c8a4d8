import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { partialMd5 } from "../../../src/shelf/library/partial-md5";
import { contractsDir } from "../../support/node/contracts/exchange";
import { tempDir } from "../../support/node/temp-dir";

interface LibraryFile {
  readonly upload: string;
  readonly partial_md5: string;
}

const library = JSON.parse(readFileSync(new URL("library.json", contractsDir), "utf8")) as {
  books: { files: LibraryFile[] }[];
};

const digestOf = (bytes: Buffer) => {
  const path = join(tempDir(), "book");
  writeFileSync(path, bytes);
  return partialMd5(path);
};

const md5 = (...parts: Buffer[]) => createHash("md5").update(Buffer.concat(parts)).digest("hex");

describe("the partial MD5", () => {
  it.each(library.books.flatMap(book => book.files))("of $upload is what the server had recorded", async file => {
    expect(await partialMd5(fileURLToPath(new URL(file.upload, contractsDir)))).toBe(file.partial_md5);
  });

  it("of an empty file is that of nothing", async () => {
    expect(await digestOf(Buffer.alloc(0))).toBe("d41d8cd98f00b204e9800998ecf8427e");
  });

  it("samples 1 KiB at 0, 1 KiB, 4 KiB, 16 KiB …, the last one as short as it is", async () => {
    const bytes = Buffer.from(Array.from({ length: 17_000 }, (_, i) => (i * 7) % 251));
    const at = (start: number) => bytes.subarray(start, start + 1024);
    expect(await digestOf(bytes)).toBe(md5(at(0), at(1024), at(4096), at(16_384)));
  });

  it("stops at a sample that begins where the file ends", async () => {
    const bytes = Buffer.alloc(4096, 5);
    expect(await digestOf(bytes)).toBe(md5(bytes.subarray(0, 2048)));
  });

  it("does not see what lies between samples", async () => {
    const bytes = Buffer.alloc(5000);
    const other = Buffer.from(bytes);
    other[3000] = 1;
    expect(await digestOf(other)).toBe(await digestOf(bytes));
  });
});
