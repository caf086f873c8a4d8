/** Names of sidecars, read backwards: which book a sidecar is of. */

const FOLDER_SUFFIX = ".sdr";

const endsWith = (text: string, end: string): boolean => string.sub(text, -string.len(end)) === end;

export const isSidecarFolder = (path: string): boolean => endsWith(path, FOLDER_SUFFIX);

/**
 * The book whose sidecar is the file `name` in `folder`: `/books/A/foo.sdr` with `metadata.epub.lua` gives `/books/A/foo.epub`.
 * Nothing for other files. One folder may hold the sidecars of `foo.epub` and of `foo.pdf`.
 */
export function bookOf(folder: string, name: string): string | undefined {
  const stem = string.sub(folder, 1, -string.len(FOLDER_SUFFIX) - 1);
  const current = endsWith(name, ".old") ? string.sub(name, 1, -5) : name;
  const [suffix] = string.match(current, "^metadata%.(.+)%.lua$");
  if (suffix !== undefined) return suffix === "_" ? stem : `${stem}.${suffix}`;
  const [legacy] = string.match(current, "^(.+)%.lua$");
  const [parent] = string.match(stem, "^(.*)/[^/]*$");
  if (legacy === undefined || parent === undefined || legacy === "custom_metadata") return undefined;
  return `${parent}/${legacy}`;
}

/** The book of a sidecar in KOReader's oldest place: `[#books#A#] foo.epub.lua` gives `/books/A/foo.epub`. */
export function bookOfHistory(name: string): string | undefined {
  const current = endsWith(name, ".old") ? string.sub(name, 1, -5) : name;
  const [folder, book] = string.match(current, "^%[(.-)%] (.+)%.lua$");
  if (folder === undefined || book === undefined) return undefined;
  return string.gsub(folder, "#", "/")[0] + book;
}
