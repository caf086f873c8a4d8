const PICTURE = /\.(?:jpe?g|png|gif|webp|bmp|avif|jxl|tiff?)$/i;

/** The pages of a comic: its pictures, as a reader would count (2 before 10), without what macOS leaves in archives. */
export function pagesAmong(names: readonly string[]): string[] {
  return names.filter(name => PICTURE.test(name) && !isLeftover(name)).sort(byNumbers);
}

const { compare: byNumbers } = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

function isLeftover(name: string): boolean {
  return name.split("/").some(part => part === "__MACOSX" || part.startsWith("."));
}
