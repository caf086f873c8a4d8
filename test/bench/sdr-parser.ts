// Sidecars are read without being run. What that costs, against KOReader's own way with the same file: `dofile`.
import fs from "node:fs";
import path from "node:path";
import { BARE, probe, withReader, withScratch } from "./device";
import type { Section } from "./section";
import { sidecarText } from "./sidecar-text";
import { median } from "./stats";

const MARKS = 1000;
const BYTES_PER_MB = 1e6;

interface Seconds {
  readonly ours: number[];
  readonly koreaders: number[];
}

export const sdrParser: Section = {
  name: "sdr-parser",
  title: "Reading a sidecar of a thousand highlights",
  measure: ({ processes }) =>
    withScratch(dataDir =>
      withReader({ dataDir, plugin: BARE }, async hand => {
        const file = path.join(dataDir, "metadata.epub.lua");
        const text = sidecarText({ file, book: 1, marks: MARKS, note: "a note" });
        fs.writeFileSync(file, text);
        const args = [path.resolve("build/lua"), file, processes * 2] as const;
        const { ours, koreaders } = (await probe(hand, "sdr-parser", ...args)) as Seconds;
        const speed = (seconds: readonly number[]) => Buffer.byteLength(text) / BYTES_PER_MB / median(seconds);
        return [
          { name: "sdr.parser.mb_per_second", value: speed(ours) },
          { name: "sdr.parser.koreader_mb_per_second", value: speed(koreaders) },
          { name: "sdr.parser.ratio_to_koreader", value: speed(ours) / speed(koreaders) },
        ];
      }),
    ),
};
