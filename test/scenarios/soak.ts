// npm run soak -- --minutes N [--seed S] [--real]: days mixed from seeds, until the time is over.
import { parseArgs } from "node:util";
import { build } from "../../scripts/build.mjs";
import { compileLua } from "../../scripts/compile-lua.mjs";
import { command, type Outcome, playMany } from "./scenario";

const { values } = parseArgs({
  options: {
    minutes: { type: "string" },
    seed: { type: "string" },
    seeds: { type: "string" },
    real: { type: "boolean" },
  },
});
const isReal = values.real === true;
const first = Number(values.seed ?? Date.now() % 1_000_000);
const isOne = values.seed !== undefined && values.minutes === undefined && values.seeds === undefined;
const last = isOne ? first : first + Number(values.seeds ?? Infinity) - 1;
const end = values.minutes === undefined ? Infinity : Date.now() + Number(values.minutes) * 60_000;
if (!isOne && end === Infinity && last === Infinity) throw new Error("say --minutes N, --seeds N or --seed S");

const sum = { runs: 0, faults: 0, kills: 0, violations: 0 };

function note(outcome: Outcome): void {
  const { seed, faults, kills, violations, story } = outcome;
  sum.runs += 1;
  sum.faults += faults;
  sum.kills += kills;
  sum.violations += violations.length;
  if (violations.length === 0 && !isOne) return;
  console.log([`seed ${seed}`, ...story.map(line => `  ${line}`), ...violations.map(line => `! ${line}`)].join("\n"));
  if (violations.length > 0) console.log(`again: ${command({ isReal }, seed)}\n`);
}

if (process.env["RIBBON_BUILT"] === undefined) {
  await build();
  compileLua();
}
const began = Date.now();
let seed = first - 1;
await playMany(() => (seed < last && Date.now() < end ? (seed += 1) : undefined), { isReal }, note);
const milliseconds = Math.round((Date.now() - began) / Math.max(sum.runs, 1));
const { runs, faults, kills, violations } = sum;
console.log(
  `${runs} runs, ${faults} faults, ${kills} kills, ${violations} violations; from seed ${first}, ${milliseconds} ms each`,
);
process.exitCode = violations > 0 ? 1 : 0;
