// npm run bench [-- SECTION …] [-- --json FILE] [-- --sdr-books 200,1000]
import fs from "node:fs";
import { parseArgs } from "node:util";
import { build } from "../../scripts/build.mjs";
import { compileLua } from "../../scripts/compile-lua.mjs";
import { type Figure, FULL } from "./section";
import { SECTIONS } from "./sections";
import { nested, table } from "./table";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: "string" }, "sdr-books": { type: "string" } },
});
const sdrBooks = values["sdr-books"]?.split(",").map(Number) ?? FULL.sdrBooks;
const unknown = positionals.find(name => !SECTIONS.some(section => section.name === name));
if (unknown !== undefined) {
  console.error(`There is no section ${unknown}; there are ${SECTIONS.map(({ name }) => name).join(", ")}.`);
  process.exit(1);
}

console.log("Building the plugin and the stand-in reader …");
await build();
compileLua();

const figures: Figure[] = [];
for (const section of SECTIONS) {
  if (positionals.length > 0 && !positionals.includes(section.name)) continue;
  const measured = await section.measure({ ...FULL, sdrBooks });
  figures.push(...measured);
  console.log(`\n${section.title}\n\n${table(measured)}`);
}
if (values.json !== undefined) fs.writeFileSync(values.json, `${JSON.stringify(nested(figures), null, 2)}\n`);
