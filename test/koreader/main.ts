// Scenarios inside a genuine KOReader: npm run test:koreader -- --koreader DIR [--shots DIR] [--only one-book.lua]
// DIR is the folder of a KOReader with `luajit` and `reader.lua`. The driver is not part of this repository.
import fs from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { build } from "../../scripts/build.mjs";
import { table } from "../bench/table";
import { days, measured } from "./days";
import { downloads, measuredDownloads } from "./downloads";
import { emulator } from "./emulator";
import { type Scenario, scenarios } from "./scenarios";
import { measuredLastCalls, openBooks } from "./open-books";
import { type Place, play } from "./stage";
import { twoDevices } from "./two-devices";
import { updates } from "./updates";

const { values } = parseArgs({
  options: {
    koreader: { type: "string" },
    driver: { type: "string" },
    shots: { type: "string" },
    /** Of the screen: "1072x1448". */
    size: { type: "string" },
    /** A script, or the beginning of a scenario's name: "day.kobo". */
    only: { type: "string" },
  },
});

/** Where KOReader and its driver are. Throws a sentence that says what is missing. */
function placeOf(): Place {
  const { koreader, shots, driver = path.resolve("../shared/tools/koreader-driver") } = values;
  if (koreader === undefined) throw new Error("say where KOReader is: npm run test:koreader -- --koreader DIR");
  if (!fs.existsSync(path.join(driver, "run.sh")))
    throw new Error(`no KOReader driver in ${driver}: give one with --driver DIR`);
  const size = values.size === undefined ? {} : { size: values.size };
  if (shots === undefined) return { koreader, driver, ...size };
  fs.mkdirSync(shots, { recursive: true });
  return { koreader, driver, shots, ...size };
}

const isChosen = ({ script, name = script }: Pick<Scenario, "script" | "name">): boolean =>
  values.only === undefined || script === values.only || name.startsWith(values.only);

async function main(): Promise<void> {
  const place = placeOf();
  await build();
  const chosen = [...scenarios, ...twoDevices, ...openBooks, ...downloads, ...updates, ...days, emulator].filter(
    isChosen,
  );
  let failed = 0;
  for (const scenario of chosen) {
    console.log(`\n${scenario.promise}`);
    try {
      await ("play" in scenario ? scenario.play(place) : play(place, scenario));
      console.log("  passed");
    } catch (error) {
      failed += 1;
      console.log(`  FAILED: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  const figures = [...measuredDownloads(), ...measured(), ...measuredLastCalls()];
  if (figures.length > 0) console.log(`\n${table(figures)}`);
  console.log(`\n${chosen.length - failed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

await main();
