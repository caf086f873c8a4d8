import { charactersOf, textOf } from "../../core/characters";

/** Enough to know a passage again. */
const LONGEST = 70;
const MOST_BYTES_EACH = 4;

/** The beginning of a text, in one line. */
export function excerpt(text: string, longest = LONGEST): string {
  const line = text
    .slice(0, longest * MOST_BYTES_EACH)
    .split("\n")
    .join(" ");
  const characters = charactersOf(line);
  if (characters.length <= longest && line.length === text.length) return line;
  return `${textOf(characters.slice(0, longest))}…`;
}
