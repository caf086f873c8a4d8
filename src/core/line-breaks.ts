/**
 * Breaks a text at its blanks into lines that fit; a word longer than a line ends where the line does.
 * `fitting` gives the longest beginning of a text that fits, cut between two letters. What is beyond `most` lines stays
 * in the last one, and so does a text of which not even a beginning can be told.
 */
export function brokenIntoLines(text: string, fitting: (rest: string) => string, most: number): string[] {
  const lines: string[] = [];
  let rest = withSingleBlanks(text);
  let end = lineEnd(rest, fitting(rest));
  while (end < rest.length && lines.length < most - 1) {
    lines.push(rest.substring(0, end));
    rest = rest.substring(rest.charAt(end) === " " ? end + 1 : end);
    end = lineEnd(rest, fitting(rest));
  }
  lines.push(rest);
  return lines;
}

/** A line break is a blank here. */
const withSingleBlanks = (text: string): string =>
  text
    .split("\n")
    .flatMap(line => line.split(" "))
    .filter(word => word !== "")
    .join(" ");

/** How much of a text makes a line, given its beginning that fits. A text never begins with a blank. */
function lineEnd(text: string, fits: string): number {
  if (fits === text || fits === "" || !text.startsWith(fits)) return text.length;
  let end = fits.length;
  while (end > 0 && text.charAt(end) !== " ") end -= 1;
  return end === 0 ? fits.length : end;
}
