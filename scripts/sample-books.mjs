// @ts-check
// Writes a small library of EPUB files: our own words, the same bytes every time. The demo and the tests read them.
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { strToU8, zipSync } from "fflate";

/**
 * @typedef {object} SampleBook
 * @property {string} title
 * @property {string} author
 * @property {string} [series]
 * @property {number} [volume]
 * @property {number} chapters
 * @property {string} [description]
 * @property {string} [identifier] as an EPUB says it
 * @property {Uint8Array} [cover] a JPEG
 */

/** @type {SampleBook[]} */
export const SAMPLE_BOOKS = [
  { title: "The Ferry Keeper", author: "Mara Lindqvist", chapters: 12 },
  { title: "A Lamp for the Harbour", author: "Mara Lindqvist", series: "Harbour Lights", volume: 1, chapters: 9 },
  { title: "Salt on the Window", author: "Mara Lindqvist", series: "Harbour Lights", volume: 2, chapters: 9 },
  { title: "The Keeper’s Daughter", author: "Mara Lindqvist", series: "Harbour Lights", volume: 3, chapters: 9 },
  { title: "Voilà, the Weather", author: "Jules Okonkwo-Réaux", chapters: 6 },
];

const SUBJECTS = ["The ferry", "Her brother", "The old lamp", "A letter", "The harbour master", "Nobody", "The tide"];
const VERBS = ["waited for", "remembered", "came back to", "lost sight of", "counted", "spoke of", "kept"];
const OBJECTS = [
  "the far shore",
  "the blue door",
  "seven boats",
  "last winter",
  "the key",
  "a name in the log",
  "the rain",
];
const SENTENCES_PER_PARAGRAPH = 5;
const PARAGRAPHS_PER_CHAPTER = 14;

/** @param {readonly string[]} words @param {number} index */
const pick = (words, index) => words[index % words.length] ?? "";

/** @param {number} seed */
function sentence(seed) {
  return `${pick(SUBJECTS, seed * 5 + 3)} ${pick(VERBS, seed * 3 + 1)} ${pick(OBJECTS, seed * 2 + (seed % 3))}.`;
}

/** @param {number} chapter */
function chapterXhtml(chapter) {
  const paragraphs = Array.from({ length: PARAGRAPHS_PER_CHAPTER }, (_, paragraph) => {
    const first = (chapter * PARAGRAPHS_PER_CHAPTER + paragraph) * SENTENCES_PER_PARAGRAPH;
    const text = Array.from({ length: SENTENCES_PER_PARAGRAPH }, (_unused, index) => sentence(first + index)).join(" ");
    return `<p>${text}</p>`;
  });
  return `<?xml version="1.0" encoding="utf-8"?>
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>Chapter ${chapter}</title></head>
<body><h1>Chapter ${chapter}</h1>
${paragraphs.join("\n")}
</body></html>
`;
}

/** @param {SampleBook} book @param {readonly string[]} chapters */
function packageXml({ title, author, series, volume, description, cover, identifier }, chapters) {
  const about = description === undefined ? "" : `<dc:description>${description}</dc:description>`;
  const picture = cover === undefined ? "" : `<item id="cover" href="cover.jpg" media-type="image/jpeg"/>`;
  const slug = title.toLowerCase().replaceAll(/[^a-z]+/g, "-");
  const collection =
    series === undefined
      ? ""
      : `<meta name="calibre:series" content="${series}"/><meta name="calibre:series_index" content="${volume}"/>`;
  const items = chapters.map(id => `<item id="${id}" href="${id}.xhtml" media-type="application/xhtml+xml"/>`);
  return `<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="2.0" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">${identifier ?? `urn:ribbon-sample:${slug}`}</dc:identifier>
<dc:title>${title}</dc:title><dc:creator>${author}</dc:creator><dc:language>en</dc:language>${about}${collection}${cover === undefined ? "" : '<meta name="cover" content="cover"/>'}</metadata>
<manifest>${picture}${items.join("")}<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/></manifest>
<spine toc="ncx">${chapters.map(id => `<itemref idref="${id}"/>`).join("")}</spine>
</package>
`;
}

/** @param {string} title @param {readonly string[]} chapters */
function tocXml(title, chapters) {
  const points = chapters.map(
    (id, index) =>
      `<navPoint id="${id}" playOrder="${index + 1}"><navLabel><text>Chapter ${index + 1}</text></navLabel><content src="${id}.xhtml"/></navPoint>`,
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1"><head/><docTitle><text>${title}</text></docTitle>
<navMap>${points.join("")}</navMap></ncx>
`;
}

const CONTAINER = `<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>
`;

/** @param {SampleBook} book @returns {Uint8Array} */
export function sampleEpub(book) {
  const chapters = Array.from({ length: book.chapters }, (_, index) => `chapter-${index + 1}`);
  const texts = chapters.map((id, index) => [`OEBPS/${id}.xhtml`, strToU8(chapterXhtml(index + 1))]);
  return zipSync(
    {
      // Readers look for this name and text in the first bytes of the file.
      mimetype: [strToU8("application/epub+zip"), { level: 0 }],
      "META-INF/container.xml": strToU8(CONTAINER),
      "OEBPS/content.opf": strToU8(packageXml(book, chapters)),
      "OEBPS/toc.ncx": strToU8(tocXml(book.title, chapters)),
      ...Object.fromEntries(texts),
      ...(book.cover === undefined ? {} : { "OEBPS/cover.jpg": book.cover }),
    },
    { mtime: new Date(Date.UTC(2026, 0, 2)), level: 6 },
  );
}

/** Writes every sample book below `folder` and gives their paths. @param {string} folder @returns {string[]} */
export function writeSampleBooks(folder) {
  fs.mkdirSync(folder, { recursive: true });
  return SAMPLE_BOOKS.map(book => {
    const file = path.join(folder, `${book.author} - ${book.title}.epub`);
    fs.writeFileSync(file, sampleEpub(book));
    return file;
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  for (const file of writeSampleBooks(process.argv[2] ?? "build/sample-books")) console.log(file);
}
