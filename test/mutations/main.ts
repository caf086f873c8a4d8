// npm run mutations [-- NAME…]: breaks a copy of the code, one mistake after another, and tells which the suite notices.
import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { type Mutation, mutate, MUTATIONS } from "./mutations";

const { positionals } = parseArgs({ allowPositionals: true });
const chosen = positionals.length === 0 ? MUTATIONS : MUTATIONS.filter(({ name }) => positionals.includes(name));
const unknown = positionals.filter(name => !MUTATIONS.some(each => each.name === name));
if (unknown.length > 0) throw new Error(`no such mutation: ${unknown.join(", ")}`);

/** A proof that is not through by then says nothing: that is no verdict. */
const MOST_MINUTES = 15;
const copy = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "ribbon-mutations-")), "ribbon");
fs.cpSync(".", copy, {
  recursive: true,
  filter: file => !/(^|\/)(node_modules|build|koplugin|\.git)$/.test(file),
});
fs.symlinkSync(fs.realpathSync("node_modules"), path.join(copy, "node_modules"));

interface Verdict {
  readonly isNoticed: boolean;
  readonly how: string;
}

/** The suite builds what it tests, except where it runs the sources. */
async function prove({ proof, grep }: Mutation): Promise<Verdict> {
  const words = ["vitest", "run", ...proof, "--bail=1", ...(grep === undefined ? [] : ["-t", grep])];
  const built = proof.every(file => /^test\/(core|sdr)\//.test(file)) ? { RIBBON_BUILT: "1" } : {};
  const child = spawn("npx", words, { cwd: copy, env: { ...process.env, ...built }, detached: true });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", chunk => (said += String(chunk)));
  const limit = setTimeout(() => process.kill(-(child.pid ?? 0), "SIGKILL"), MOST_MINUTES * 60_000);
  const code = await new Promise<number | null>(resolve => child.on("close", resolve));
  clearTimeout(limit);
  const lines = said.replaceAll(/\u001b\[[0-9;]*m/g, "").split("\n");
  if (code === null) return { isNoticed: false, how: `no verdict within ${MOST_MINUTES} minutes` };
  if (code === 0) return { isNoticed: false, how: "SURVIVED" };
  // A mutation that does not compile, or a suite without such a test, proves nothing.
  const failed = lines.find(line => /^\s*(AssertionError|ReaderCrash|Error|Property failed)/.test(line));
  if (!lines.some(line => /Tests .*failed/.test(line)))
    return { isNoticed: false, how: `no test ran: ${lines.at(-2)}` };
  return { isNoticed: true, how: (failed ?? "failed").trim().slice(0, 150) };
}

let unnoticed = 0;
for (const mutation of chosen) {
  const file = path.join(copy, mutation.file);
  const before = fs.readFileSync(file, "utf8");
  fs.writeFileSync(file, mutate(mutation, before));
  const { isNoticed, how } = await prove(mutation);
  fs.writeFileSync(file, before);
  if (isNoticed === (mutation.equivalent !== undefined)) unnoticed += 1;
  console.log(`${isNoticed ? "noticed " : "NOT     "} ${mutation.name}: ${mutation.broken}\n          ${how}`);
}
fs.rmSync(path.dirname(copy), { recursive: true });
console.log(`${chosen.length} mutations, ${unnoticed} not as expected`);
process.exitCode = unnoticed === 0 ? 0 : 1;
