import { posix } from "node:path";
import { readPackage, type Package } from "./opf";
import { LARGEST_PICTURE_BYTES, Unreadable, type Format, type Picture, type Said } from "./said";
import { descendants, parseXml } from "./xml";
import { withArchive, type Archive } from "./zip";

/** Metadata is small; what claims to be more is a bomb or no metadata. */
const LARGEST_TEXT_BYTES = 4 * 1024 * 1024;

export const epub: Format = { read: readEpub, cover: coverOfEpub };

/** Reads the metadata of an EPUB 2 or 3. Rejects, with a reason that can be shown, when the file is no sound EPUB. */
export async function readEpub(path: string): Promise<Said> {
  return withArchive(path, async archive => (await packageIn(archive)).said);
}

async function coverOfEpub(path: string): Promise<Picture | undefined> {
  return withArchive(path, async archive => {
    const { coverHref, folder } = await packageIn(archive);
    const inside = (href: string) => posix.normalize(posix.join(folder, decoded(href)));
    const named = coverHref === undefined ? undefined : await pictureAt(archive, inside(coverHref));
    return named ?? (await pictureAt(archive, archive.names.find(isCoverName)));
  });
}

async function packageIn(archive: Archive): Promise<Package & { readonly folder: string }> {
  const container = parseXml(await member(archive, "META-INF/container.xml"));
  const rootfile = descendants(container, "rootfile")[0]?.attributes["full-path"];
  if (rootfile === undefined) throw new Unreadable("It does not say where its contents are (container.xml).");
  const path = posix.normalize(rootfile);
  return { ...readPackage(await member(archive, path)), folder: posix.dirname(path) };
}

async function member(archive: Archive, name: string): Promise<string> {
  const bytes = await archive.read(name, LARGEST_TEXT_BYTES);
  if (bytes === undefined) throw new Unreadable(`${name} is missing in it.`);
  return new TextDecoder().decode(bytes);
}

/** What is named may be a page around the picture, of which there is nothing to show. */
function pictureAt(archive: Archive, name: string | undefined): Promise<Picture | undefined> {
  const isPicture = name !== undefined && /\.(?:jpe?g|png|gif|webp)$/i.test(name);
  return isPicture ? archive.read(name, LARGEST_PICTURE_BYTES) : Promise.resolve(undefined);
}

function isCoverName(name: string): boolean {
  return /(?:^|\/)cover[^/]*\.(?:jpe?g|png|gif|webp)$/i.test(name);
}

function decoded(href: string): string {
  try {
    return decodeURIComponent(href);
  } catch {
    return href;
  }
}
