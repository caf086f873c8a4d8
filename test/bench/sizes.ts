import fs from "node:fs";
import path from "node:path";
import { PLUGIN } from "./device";
import type { Section } from "./section";

/** What every start reads. */
const START = ["_meta.lua", "main.lua", "ribbon.lua"];

function filesBelow(folder: string): { file: string; kib: number }[] {
  return fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .sort()
    .map(file => ({ file, stat: fs.statSync(path.join(folder, file)) }))
    .filter(({ stat }) => stat.isFile())
    .map(({ file, stat }) => ({ file, kib: stat.size / 1024 }));
}

const sum = (files: readonly { kib: number }[]): number => files.reduce((total, { kib }) => total + kib, 0);

/** Bytes on the device's disk. */
export const sizes: Section = {
  name: "sizes",
  title: "Size on disk",
  measure() {
    const files = filesBelow(PLUGIN);
    return Promise.resolve([
      { name: "startup_kib", value: sum(files.filter(({ file }) => START.includes(file))) },
      { name: "total_kib", value: sum(files), goal: "TomeSync 164" },
      ...files.map(({ file, kib }) => ({
        name: `file_kib.${file.replace(/\.lua$/, "").replaceAll(".", "_")}`,
        value: kib,
      })),
    ]);
  },
};
