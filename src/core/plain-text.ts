/** Tags that part paragraphs; others leave no trace. */
const BREAKS = ["p", "br", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "ul", "ol", "blockquote"];
const ENTITIES: readonly (readonly [name: string, text: string])[] = [
  ["&nbsp;", " "],
  ["&lt;", "<"],
  ["&gt;", ">"],
  ["&quot;", '"'],
  ["&#34;", '"'],
  ["&#39;", "'"],
  ["&apos;", "'"],
  ["&#8217;", "’"],
  ["&rsquo;", "’"],
  ["&ldquo;", "“"],
  ["&rdquo;", "”"],
  ["&ndash;", "–"],
  ["&mdash;", "—"],
  ["&hellip;", "…"],
  // The last, or what it makes would be read again.
  ["&amp;", "&"],
];

/**
 * What a description says without its mark-up, as far as publishers use it: paragraphs parted by one line break, blanks in
 * order. A text without tags keeps its lines.
 */
export function plainText(html: string): string {
  const parts = html.split("<");
  const texts = [parts[0] ?? ""];
  for (const part of parts.slice(1)) texts.push(afterTag(part));
  let text = texts.join("");
  for (const [name, meant] of ENTITIES) text = text.split(name).join(meant);
  return tidy(text);
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
  for (const line of text.split("\r").join("\n").split("\t").join(" ").split("\n")) {
    const words = line.split(" ").filter(word => word !== "");
    if (words.length > 0) lines.push(words.join(" "));
  }
  return lines.join("\n");
}
