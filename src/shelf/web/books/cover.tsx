import { renderToString } from "preact-render-to-string";

/** Where a book's cover is shown; another address whenever the book changes, so that browsers may keep it. */
function coverPath({ id, updatedAt }: { readonly id: number; readonly updatedAt: string }): string {
  return `/covers/${id}?v=${updatedAt.replace(/\D/g, "")}`;
}

interface CoverProps {
  readonly book: { readonly id: number; readonly updatedAt: string };
  readonly lazy?: boolean;
}

/** The title stands beside it: the picture says nothing more. */
export function Cover({ book, lazy = false }: CoverProps) {
  return (
    <img class="cover" src={coverPath(book)} alt="" width="160" height="240" loading={lazy ? "lazy" : undefined} />
  );
}

const LETTERS_IN_LINE = 15;
const MOST_LINES = 7;
const LINE_HEIGHT = 26;

/** A plain front with the title, for a book without one; SVG. */
export function plainCover({ id, title, author }: { id: number; title: string; author: string | null }): string {
  const hue = (id * 47) % 360;
  const lines = linesOf(title);
  return renderToString(
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 360" width="240" height="360">
      <rect width="240" height="360" fill={`hsl(${hue} 30% 36%)`} />
      <rect x="14" y="14" width="212" height="332" fill="none" stroke="#ffffff" stroke-opacity="0.35" />
      <g fill="#ffffff" text-anchor="middle" font-family="Charter, Georgia, serif">
        {lines.map((line, n) => (
          <text key={n} x="120" y={80 + n * LINE_HEIGHT} font-size="21">
            {line}
          </text>
        ))}
        <text x="120" y="325" font-size="13">
          {cut(author ?? "", 28)}
        </text>
      </g>
    </svg>,
  );
}

function linesOf(title: string): string[] {
  const lines: string[] = [""];
  for (const word of cut(title, 120).split(/\s+/)) {
    const last = lines.at(-1) ?? "";
    if (last === "" || last.length + word.length < LETTERS_IN_LINE) lines[lines.length - 1] = `${last} ${word}`.trim();
    else lines.push(word);
  }
  return lines.slice(0, MOST_LINES).map(line => cut(line, LETTERS_IN_LINE + 5));
}

function cut(text: string, most: number): string {
  const letters = Array.from(text.replace(/[\u0000-\u001f\u007f]/g, " "));
  return letters.length > most ? `${letters.slice(0, most - 1).join("")}…` : text;
}
