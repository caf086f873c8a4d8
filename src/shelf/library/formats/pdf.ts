import type { PDFDocumentProxy, PDFPageProxy } from "pdfjs-dist";
import type { Bytes } from "./bytes";
import { withBytes } from "./bytes";
import { NOTHING_SAID, textOrNull, Unreadable, type Format, type Picture, type Said } from "./said";

const LARGEST_BYTES = 1024 * 1024 * 1024;
/** A front is drawn to fit into this, in pixels; it is scaled down further by whoever shows it. */
const DRAWN = { width: 600, height: 900 };
/** What programs write as the title of a document that nobody gave one. */
const NO_TITLE = /^(?:untitled.*|microsoft word\b.*|.*\.(?:docx?|odt|rtf|indd|qxd|tex|dvi|pdf|ps|pmd?|p65))$/i;

/** PDF, read by Mozilla's pdf.js in pieces as it asks for them. */
export const pdf: Format = {
  read: path => withDocument(path, saidIn),
  cover: path => withDocument(path, drawFront),
};

async function withDocument<T>(path: string, work: (document: PDFDocumentProxy) => Promise<T>): Promise<T> {
  return withBytes(path, async bytes => {
    if (bytes.size > LARGEST_BYTES) throw new Unreadable("It is too large to look into (more than 1 GiB).");
    // Three times as slow to load as all the rest: only where there is a PDF.
    const { getDocument } = await import("pdfjs-dist/legacy/build/pdf.mjs");
    const range = await transportOf(bytes);
    const loading = getDocument({
      range,
      disableAutoFetch: true,
      disableStream: true,
      isEvalSupported: false,
      enableXfa: false,
      maxImageSize: 64 * 1024 * 1024,
      verbosity: 0,
    });
    try {
      return await work(await loading.promise);
    } catch (error) {
      throw reasonFor(error);
    } finally {
      await loading.destroy();
    }
  });
}

async function transportOf(bytes: Bytes) {
  const { PDFDataRangeTransport } = await import("pdfjs-dist/legacy/build/pdf.mjs");
  const transport = new PDFDataRangeTransport(bytes.size, null);
  transport.requestDataRange = (begin: number, end: number) => {
    const tell = (piece: Buffer) => transport.onDataRange(begin, new Uint8Array(piece));
    void bytes.at(begin, end - begin).then(tell, () => transport.abort());
  };
  return transport;
}

async function saidIn(document: PDFDocumentProxy): Promise<Said> {
  const { info, metadata } = await document.getMetadata();
  const known = info as Readonly<Record<string, unknown>>;
  const inInfo = (name: string) => (typeof known[name] === "string" ? textOrNull(known[name]) : null);
  const inXmp = (name: string) => textOrNull([(metadata as Xmp | null)?.get(name) ?? ""].flat().join(", "));
  const title = inXmp("dc:title") ?? inInfo("Title");
  return {
    ...NOTHING_SAID,
    title: title === null || NO_TITLE.test(title) ? null : title,
    author: inXmp("dc:creator") ?? inInfo("Author"),
    language: inXmp("dc:language") ?? inInfo("Language"),
    description: inXmp("dc:description") ?? inInfo("Subject"),
    publisher: inXmp("dc:publisher"),
    pageCount: document.numPages,
    tags: [...new Set((inInfo("Keywords") ?? "").split(/[,;]/).map(tag => tag.trim()))].filter(tag => tag !== ""),
  };
}

interface Xmp {
  get(name: string): string | readonly string[] | null;
}

async function drawFront(document: PDFDocumentProxy): Promise<Picture> {
  const page = await document.getPage(1);
  const natural = page.getViewport({ scale: 1 });
  const scale = Math.min(DRAWN.width / natural.width, DRAWN.height / natural.height);
  const viewport = page.getViewport({ scale });
  const { canvas, context } = canvasOf(document, Math.ceil(viewport.width), Math.ceil(viewport.height));
  await page.render({ canvas: null, canvasContext: context, viewport }).promise;
  return canvas.toBuffer("image/png");
}

interface Drawing {
  readonly canvas: { toBuffer(type: "image/png"): Buffer };
  readonly context: Parameters<PDFPageProxy["render"]>[0]["canvasContext"];
}

/** In Node pdf.js draws with the canvas that it brings along. */
function canvasOf(document: PDFDocumentProxy, width: number, height: number): Drawing {
  const factory = document.canvasFactory as { create(width: number, height: number): Drawing };
  return factory.create(Math.max(1, width), Math.max(1, height));
}

function reasonFor(error: unknown): unknown {
  const name = error instanceof Error ? error.name : "";
  if (name === "PasswordException") return new Unreadable("It is locked with a password.", { cause: error });
  if (name === "InvalidPDFException") return new Unreadable("It is no sound PDF.", { cause: error });
  return error;
}
