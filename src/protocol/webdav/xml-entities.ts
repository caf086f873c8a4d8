import { parseDigits } from "../../core/http/text";

/** All that XML knows by itself; others come from document types, which are refused. */
const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const LONGEST = 10;

/** Only ASCII: whatever else a server writes as a number is in no name of ours. */
function characterOf(code: number | undefined): string | undefined {
  if (code === undefined || code === 0) return undefined;
  return code < 128 ? String.fromCharCode(code) : "?";
}

function meaningOf(name: string): string | undefined {
  if (name.startsWith("#x")) return characterOf(parseDigits(name.slice(2), 16));
  if (name.startsWith("#")) return characterOf(parseDigits(name.slice(1)));
  return ENTITIES[name];
}

/** The text with its entities replaced, once; nothing when one of them is not known. */
export function decodeEntities(text: string): string | undefined {
  if (!text.includes("&")) return text;
  const [first = "", ...others] = text.split("&");
  const pieces = [first];
  for (const other of others) {
    const end = other.indexOf(";");
    const meaning = end > 0 && end <= LONGEST ? meaningOf(other.slice(0, end)) : undefined;
    if (meaning === undefined) return undefined;
    pieces.push(meaning + other.slice(end + 1));
  }
  return pieces.join("");
}
