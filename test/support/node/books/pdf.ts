/** A PDF of some blank pages, coloured, with what its information dictionary says. */
export function makePdf(info: Readonly<Record<string, string>>, pages = 1): Uint8Array {
  const entries = Object.entries(info).map(([key, value]) => `/${key} ${literal(value)}`);
  const kids = Array.from({ length: pages }, (_, n) => `${5 + n} 0 R`).join(" ");
  const paint = "0.2 0.4 0.6 rg 0 0 300 400 re f";
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R /Lang (en) >>",
    `<< /Type /Pages /Kids [${kids}] /Count ${pages} /MediaBox [0 0 300 400] >>`,
    `<< ${entries.join(" ")} >>`,
    `<< /Length ${paint.length} >>\nstream\n${paint}\nendstream`,
    ...Array.from({ length: pages }, () => "<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>"),
  ];
  return Buffer.from(withIndex(objects), "latin1");
}

function withIndex(objects: readonly string[]): string {
  let file = "%PDF-1.4\n";
  const offsets = objects.map((object, n) => {
    const at = file.length;
    file += `${n + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(at).padStart(10, "0")} 00000 n \n`;
  });
  const start = file.length;
  const size = objects.length + 1;
  return `${file}xref\n0 ${size}\n0000000000 65535 f \n${offsets.join("")}trailer
<< /Size ${size} /Root 1 0 R /Info 3 0 R >>\nstartxref\n${start}\n%%EOF\n`;
}

/** In UTF-16, which holds every letter. */
function literal(text: string): string {
  const utf16 = Buffer.from(`\ufeff${text}`, "utf16le").swap16();
  return `<${utf16.toString("hex")}>`;
}
