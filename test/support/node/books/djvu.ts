/** A DjVu page with annotations, alone or as the pages of a document that share them. */
export function makeDjvu(annotations: string, pages = 1): Uint8Array {
  const shared = chunk("ANTa", Buffer.from(annotations));
  if (pages === 1) return document(form("DJVU", [page(), shared]));
  const parts = [form("DJVI", [shared]), ...Array.from({ length: pages }, () => form("DJVU", [page()]))];
  return document(form("DJVM", [directory(parts), ...parts]));
}

/** A page's size in pixels, and that is all. */
function page(): Buffer {
  const info = Buffer.alloc(10);
  info.writeUInt16BE(600, 0);
  info.writeUInt16BE(800, 2);
  return chunk("INFO", info);
}

function directory(parts: readonly Buffer[]): Buffer {
  const content = Buffer.alloc(3 + parts.length * 4);
  content.writeUInt8(0x81, 0);
  content.writeUInt16BE(parts.length, 1);
  let at = 4 + 12 + 8 + content.length + (content.length & 1);
  parts.forEach((part, n) => {
    content.writeUInt32BE(at, 3 + n * 4);
    at += part.length;
  });
  return chunk("DIRM", content);
}

function document(content: Buffer): Uint8Array {
  return Buffer.concat([Buffer.from("AT&T"), content]);
}

function form(kind: string, chunks: readonly Buffer[]): Buffer {
  return chunk("FORM", Buffer.concat([Buffer.from(kind), ...chunks]));
}

function chunk(id: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(id, 0, "latin1");
  head.writeUInt32BE(content.length, 4);
  return Buffer.concat([head, content, Buffer.alloc(content.length & 1)]);
}
