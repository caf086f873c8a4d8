import { type Character, charactersOf, textOf } from "./characters";
import { beginning } from "./clusters";
import { lowerCase } from "./letter-case";

/** Of UTF-8. FAT and ext4 allow 255: what is left is for the temporary name of a download. */
export const MOST_NAME_BYTES = 240;
const MOST_EXTENSION_BYTES = 20;

/** What FAT, exFAT, Windows and Android refuse in a name, and what stands for it. */
const REPLACED: Readonly<Record<string, string>> = {
  "/": "-",
  "\\": "-",
  ":": "_",
  "*": "_",
  "?": "_",
  '"': "'",
  "<": "_",
  ">": "_",
  "|": "_",
  "\t": " ",
  "\n": " ",
  "\r": " ",
};

/** Names of devices, whatever follows their first dot; Windows takes the three raised digits for digits. */
const DEVICES = ["con", "prn", "aux", "nul", "conin$", "conout$"];
const NUMBERED = ["com", "lpt"];
const NUMBERS = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "¹", "²", "³"];

const INVISIBLE: readonly (readonly [first: number, last: number])[] = [
  [0xad, 0xad],
  [0x61c, 0x61c],
  [0x200b, 0x200b],
  [0x200e, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  [0xfeff, 0xfeff],
  [0xfff9, 0xfffb],
];

/** Controls, and what turns or hides the text around it. */
function isInvisible(code: number): boolean {
  if (code < 0x20 || (code >= 0x7f && code <= 0x9f)) return true;
  // Joiners (U+200C, U+200D) stay: names of many languages, and faces, need them.
  return INVISIBLE.some(([first, last]) => code >= first && code <= last);
}

const isBlank = (code: number): boolean => code === 0x20 || code === 0xa0;
const isLoose = (code: number): boolean => isBlank(code) || code === 0x2e;

/** Runs of blanks become one. */
function permitted(text: string): Character[] {
  const kept: Character[] = [];
  let wasBlank = false;
  for (const each of charactersOf(text)) {
    const [character = each] = charactersOf(REPLACED[each.text] ?? each.text);
    if (isInvisible(character.code) || (wasBlank && isBlank(character.code))) continue;
    wasBlank = isBlank(character.code);
    kept.push(character);
  }
  return kept;
}

/** A dot in front hides a file; FAT drops dots and blanks at the end. */
function withoutLooseEnds(characters: readonly Character[]): readonly Character[] {
  let start = 0;
  let end = characters.length;
  while (start < end && isLoose(characters[start]?.code ?? 0)) start += 1;
  while (end > start && isLoose(characters[end - 1]?.code ?? 0)) end -= 1;
  return characters.slice(start, end);
}

function isDevice(name: string): boolean {
  const [first = ""] = lowerCase(name).split(".");
  const stem = textOf(withoutLooseEnds(charactersOf(first)));
  return DEVICES.includes(stem) || NUMBERED.some(each => NUMBERS.some(number => stem === `${each}${number}`));
}

/**
 * What is left of any text as one name, of a folder or of a file before its extension, at most so many bytes long. Applied
 * twice, it changes nothing more.
 * @returns empty when nothing is left
 */
export function safeName(text: string, mostBytes = MOST_NAME_BYTES): string {
  const name = textOf(withoutLooseEnds(permitted(text)));
  const fitting = shortened(isDevice(name) ? `_${name}` : name, mostBytes);
  return isDevice(fitting) ? shortened(`_${fitting}`, mostBytes) : fitting;
}

function shortened(name: string, mostBytes: number): string {
  return textOf(withoutLooseEnds(beginning(charactersOf(name), mostBytes)));
}

/** KOReader takes what ends in .sdr for the data of a book, and does not show it. */
function visible(name: string): string {
  return lowerCase(name).endsWith(".sdr") ? `${name.slice(0, -4)}_sdr` : name;
}

export function safeFolder(text: string): string {
  return visible(safeName(text));
}

/** A format as the end of a name: ".epub", ".kepub.epub"; letters and digits only; empty when nothing is left. */
export function extensionOf(format: string): string {
  const isPlain = (char: string): boolean => (char >= "a" && char <= "z") || (char >= "0" && char <= "9");
  const parts = lowerCase(format)
    .split(".")
    .map(part =>
      part
        .split("")
        .filter(char => isPlain(char))
        .join(""),
    );
  const kept = parts.filter(part => part !== "").map(part => `.${part}`);
  return kept.join("").length > MOST_EXTENSION_BYTES ? "" : kept.join("");
}

/** A file's whole name: what is too long is cut before `mark` and the extension. */
export function safeFile(stem: string, extension: string, mark = ""): string {
  const room = MOST_NAME_BYTES - extension.length - mark.length;
  const cutStem = safeName(stem, room);
  return visible(`${cutStem}${mark}${extension}`);
}
