import { characterOf } from "./characters";

/** Tags that part paragraphs; others leave no trace. */
const BREAKS = ["p", "br", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "ul", "ol", "blockquote"];
const ENTITIES: readonly (readonly [name: string, text: string])[] = [
  ["&nbsp;", " "],
  ["&lt;", "<"],
  ["&gt;", ">"],
  ["&quot;", '"'],
  ["&apos;", "'"],
  ["&lsquo;", "‘"],
  ["&rsquo;", "’"],
  ["&ldquo;", "“"],
  ["&rdquo;", "”"],
  ["&ndash;", "–"],
  ["&mdash;", "—"],
  ["&hellip;", "…"],
  // The last, or what it makes would be read again.
  ["&amp;", "&"],
];

const DIGITS = "0123456789abcdef";
const LAST_CODE = 0x10ffff;

/**
 * What a description says without its mark-up, as far as publishers use it: paragraphs parted by one line break, blanks in
 * order. A text without tags keeps its lines.
 */
export function plainText(html: string): string {
  const parts = html.split("<");
  const texts = [parts[0] ?? ""];
  for (const part of parts.slice(1)) texts.push(afterTag(part));
  let text = withNumbersRead(texts.join(""));
  for (const [name, meant] of ENTITIES) text = text.split(name).join(meant);
  return tidy(text);
}

/** What a server says in one line, whatever it holds. */
export function oneLine(text: string): string {
  return tidy(text).split("\n").join(" ");
}

/** `&#8217;` and `&#x2019;`. */
function withNumbersRead(text: string): string {
  const [first = "", ...parts] = text.split("&#");
  return first + parts.map(part => afterNumber(part)).join("");
}

/** The text after a "&#" that is cut off. */
function afterNumber(part: string): string {
  const end = part.indexOf(";");
  const digits = part.slice(0, Math.max(0, end)).toLowerCase();
  const code = digits.startsWith("x") ? numberOf(digits.slice(1), 16) : numberOf(digits, 10);
  return code === undefined ? `&#${part}` : `${characterOf(code).text}${part.slice(end + 1)}`;
}

/** Of a character: half a pair is none, and neither is what no text has. */
function numberOf(digits: string, base: 10 | 16): number | undefined {
  let code = 0;
  for (const digit of digits.split("")) {
    const value = DIGITS.indexOf(digit);
    if (value < 0 || value >= base) return undefined;
    code = Math.min(code * base + value, LAST_CODE + 1);
  }
  return code === 0 || code > LAST_CODE || (code >= 0xd800 && code <= 0xdfff) ? undefined : code;
}

/** The text after a tag whose "<" is cut off; a "<" that begins no tag is text. */
function afterTag(part: string): string {
  const first = part.charAt(0).toLowerCase();
  const isTag = first === "/" || first === "!" || (first >= "a" && first <= "z");
  const end = part.indexOf(">");
  if (!isTag || end < 0) return `<${part}`;
  const name = nameOf(part.slice(0, end));
  return `${BREAKS.includes(name) ? "\n" : ""}${part.slice(end + 1)}`;
}

function nameOf(tag: string): string {
  const name = tag.startsWith("/") ? tag.slice(1) : tag;
  const [word = ""] = name.split(" ");
  return word.split("/").join("").toLowerCase();
}

function tidy(text: string): string {
  const lines: string[] = [];
  const visible = text.split("").map(each => blankFor(each));
  for (const line of visible.join("").split("\n")) {
    const words = line.split(" ").filter(word => word !== "");
    if (words.length > 0) lines.push(words.join(" "));
  }
  return lines.join("\n");
}

/** A control breaks a line or is none of a reader's business. */
function blankFor(char: string): string {
  if (char === "\r" || char === "\n") return "\n";
  return char < " " || char === "\u007f" ? " " : char;
}
