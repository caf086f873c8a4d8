const isSpace = (code: number): boolean => code === 32 || (code >= 9 && code <= 13);

/** Without the blanks and line ends at either end: a server may lay its elements out in lines. */
export function stripSpace(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isSpace(text.charCodeAt(start))) start += 1;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(start, end);
}
