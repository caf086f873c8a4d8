// @ts-check
// Draws docs/picture.svg, the README's first picture: one book, three devices, one ribbon.
import fs from "node:fs";
import { pathToFileURL } from "node:url";

const INK = "#222";
const RIBBON = "#b3261e";
const PAPER = "#fbfaf6";

/** @param {number} x @param {number} y @param {string} text @param {string} [style] */
const label = (x, y, text, style = "") =>
  `<text x="${x}" y="${y}" text-anchor="middle" fill="${INK}" font-family="Georgia, serif" ${style}>${text}</text>`;

/** @param {number} x @param {number} y @param {number} width */
function lines(x, y, width) {
  return [0, 1, 2, 3, 4, 5, 6]
    .map(
      row => `<rect x="${x}" y="${y + row * 11}" width="${row === 6 ? width * 0.6 : width}" height="3" fill="#999"/>`,
    )
    .join("");
}

/**
 * A device with a page on its screen, the place it is at, and what is happening there.
 * @param {number} x the middle
 * @param {{ name: string, place: string, story: string, width: number }} device
 */
function device(x, { name, place, story, width }) {
  const left = x - width / 2;
  return [
    `<rect x="${left}" y="40" width="${width}" height="150" rx="10" fill="#eee" stroke="${INK}" stroke-width="2"/>`,
    `<rect x="${left + 9}" y="50" width="${width - 18}" height="120" fill="${PAPER}" stroke="#bbb"/>`,
    lines(left + 17, 62, width - 34),
    label(x, 162, place, `font-size="14" font-weight="bold"`),
    label(x, 214, name, `font-size="15"`),
    label(x, 234, story, `font-size="12" font-style="italic"`),
  ].join("\n");
}

export function picture() {
  const devices = [
    device(120, { name: "Kobo, on the train", place: "42 %", story: "offline: kept, not lost", width: 120 }),
    device(360, { name: "Kindle, on the sofa", place: "58 %", story: "opens where you left off", width: 120 }),
    device(600, { name: "Your library server", place: "58 %", story: "every minute, once", width: 150 }),
  ];
  const path = "M 40 128 C 90 96, 150 160, 240 128 S 330 160, 420 128 S 560 96, 680 128";
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 256" width="720" height="256" role="img" aria-label="One book on three devices, held together by a ribbon">
<rect width="720" height="256" fill="white"/>
${devices.join("\n")}
<path d="${path}" fill="none" stroke="${RIBBON}" stroke-width="7" stroke-linecap="round" opacity="0.85"/>
<path d="M 676 124 l 26 -12 l -6 16 l 6 16 z" fill="${RIBBON}" opacity="0.85"/>
</svg>
`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  fs.mkdirSync("docs", { recursive: true });
  fs.writeFileSync("docs/picture.svg", picture());
}
