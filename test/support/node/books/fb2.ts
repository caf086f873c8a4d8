/** A FictionBook with some title-info, and a cover. */
export function makeFb2(titleInfo: string, { cover, more = "" }: { cover?: Uint8Array; more?: string } = {}): string {
  const page = cover ? '<coverpage><image l:href="#cover.jpg"/></coverpage>' : "";
  const binary = cover
    ? `<binary id="cover.jpg" content-type="image/jpeg">${Buffer.from(cover).toString("base64")}</binary>`
    : "";
  return `<?xml version="1.0" encoding="utf-8"?>
<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0" xmlns:l="http://www.w3.org/1999/xlink">
<description><title-info>${titleInfo}${page}</title-info>${more}</description>
<body><section><p>Text.</p></section></body>${binary}
</FictionBook>`;
}
