// @ts-check
// What a reader is told about a release, on the device: plain text from a Markdown changelog.

/** As much as a device takes (src/core/release.ts), in bytes: there a text is cut by bytes. */
const MOST_BYTES = 8000;

/**
 * The newest section of a changelog that says anything, for instance the one below "## 0.2.0", as it is read on a device.
 * @param {string} changelog Markdown: one second-level heading for each release, the newest first
 */
export function newestNotes(changelog) {
  const [, ...sections] = `\n${changelog.replaceAll("\r\n", "\n")}`.split(/\n## .*\n/);
  return sections.map(releaseNotes).find(notes => notes !== "") ?? "";
}

/**
 * Notes as a device shows them: an item or paragraph a line, no marks of Markdown, whole lines only.
 * @param {string} markdown
 */
export function releaseNotes(markdown) {
  return shortened(
    markdown
      .replaceAll("\r\n", "\n")
      .replaceAll(/^#+ (.*)$/gm, "\n$1\n")
      .replaceAll(/^ *[-*] /gm, "\n• ")
      .split(/\n{2,}|\n(?=• )/)
      .map(block => plain(block.replaceAll(/\s+/g, " ").trim()))
      .filter(line => line !== ""),
  );
}

/** @param {string} line */
function plain(line) {
  return line.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1").replaceAll(/\*\*|`/g, "");
}

/** @param {string[]} lines */
function shortened(lines) {
  const whole = lines.join("\n");
  if (Buffer.byteLength(whole) <= MOST_BYTES) return whole;
  const kept = [];
  let left = MOST_BYTES - Buffer.byteLength("\n…");
  for (const line of lines) {
    left -= Buffer.byteLength(line) + 1;
    if (left < 0) break;
    kept.push(line);
  }
  return [...kept, "…"].join("\n");
}
