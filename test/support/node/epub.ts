import { strToU8, zipSync } from "fflate";

const CONTAINER = `<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
  <rootfiles><rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>`;

/** The package document of an EPUB around some metadata. */
export function packageWith(metadata: string, version = "3.0"): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" xmlns:opf="http://www.idpf.org/2007/opf" version="${version}">
  <metadata xmlns:dc="http://purl.org/dc/elements/1.1/">${metadata}</metadata>
  <manifest/><spine/>
</package>`;
}

/** The bytes of an EPUB with some metadata. */
export function makeEpub(metadata: string, more: Readonly<Record<string, string>> = {}): Uint8Array {
  const files = { "META-INF/container.xml": CONTAINER, "OPS/book.opf": packageWith(metadata), ...more };
  const entries = Object.entries(files).map(([name, text]) => [name, strToU8(text)] as const);
  const mimetype = [strToU8("application/epub+zip"), { level: 0 }] as const;
  // The same bytes every time: books are known by their digest.
  return zipSync({ mimetype: [...mimetype], ...Object.fromEntries(entries) }, { mtime: new Date(2026, 0, 2) });
}
