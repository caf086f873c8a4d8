// Scenarios inside a genuine KOReader: npm run test:koreader -- --koreader DIR [--shots DIR] [--only one-book.lua]
// DIR is the folder of a KOReader with `luajit` and `reader.lua`. The driver is not part of this repository.
import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { build } from "../../scripts/build.mjs";
import { writeSampleBooks } from "../../scripts/sample-books.mjs";
import { type Shelf, startShelf } from "../../src/shelf/shelf";
import { scenarios } from "./scenarios";

export interface Place {
  readonly koreader: string;
  readonly driver: string;
  /** Where scenarios leave screenshots; with it KOReader has a window. */
  readonly shots?: string;
}

/** A Shelf over the sample books, and a reader's data folder; with one connection to it when it is set up. */
async function prepare(folder: string, isSetUp: boolean): Promise<{ shelf: Shelf; key: string }> {
  const books = path.join(folder, "home/books");
  writeSampleBooks(books);
  const shelf = await startShelf({ dataDir: path.join(folder, "shelf"), booksDir: books });
  const { key } = shelf.addKey("KOReader");
  const settings = path.join(folder, "home/settings");
  fs.mkdirSync(settings, { recursive: true });
  const connection = `{ id = "main", kind = "tome", name = "Home", url = "${shelf.origin}", key = "${key}" }`;
  fs.writeFileSync(
    path.join(settings, "ribbon.lua"),
    `return { connections = { ${isSetUp ? connection : ""} }, device_name = "Emulator" }\n`,
  );
  return { shelf, key };
}

/** Runs one script inside KOReader; gives its exit status. */
function drive(place: Place, folder: string, script: string, environment: Record<string, string>): Promise<number> {
  const window = place.shots === undefined ? [] : ["--x11"];
  const log = path.join(folder, "koreader.log");
  const home = ["--home", path.join(folder, "home"), "--plugin", "koplugin/ribbon.koplugin"];
  const args = [
    path.join(place.driver, "run.sh"),
    "--online",
    "--timeout",
    "300",
    ...window,
    ...home,
    "--driver",
    script,
    "--log",
    log,
  ];
  const shots = place.shots === undefined ? {} : { RIBBON_SHOTS: path.resolve(place.shots) };
  const child = spawn("bash", args, {
    env: { ...process.env, KOREADER: path.resolve(place.koreader), ...shots, ...environment },
    stdio: ["ignore", "inherit", "inherit"],
  });
  return new Promise(resolve => {
    child.on("close", code => {
      const lines = fs.existsSync(log) ? fs.readFileSync(log, "utf8").split("\n") : [];
      const told = lines.filter(line => /DRIVER|Ribbon|ERROR/.test(line) || /^\s+\S+\.lua|^\s+\[C\]/.test(line));
      console.log(told.map(line => `    ${line}`).join("\n"));
      resolve(code ?? 1);
    });
  });
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      koreader: { type: "string" },
      driver: { type: "string" },
      shots: { type: "string" },
      only: { type: "string" },
    },
  });
  const driver = values.driver ?? path.resolve("../shared/tools/koreader-driver");
  if (values.koreader === undefined) throw new Error("say where KOReader is: npm run test:koreader -- --koreader DIR");
  if (!fs.existsSync(path.join(driver, "run.sh")))
    throw new Error(`no KOReader driver in ${driver}: give one with --driver DIR`);
  const place: Place = {
    koreader: values.koreader,
    driver,
    ...(values.shots === undefined ? {} : { shots: values.shots }),
  };
  if (place.shots !== undefined) fs.mkdirSync(place.shots, { recursive: true });
  await build();
  let failed = 0;
  const chosen = scenarios.filter(({ script }) => values.only === undefined || script === values.only);
  for (const scenario of chosen) {
    console.log(`\n${scenario.promise}`);
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "ribbon-koreader-"));
    const { shelf, key } = await prepare(folder, scenario.isSetUp ?? true);
    try {
      const environment = (await scenario.before?.(shelf, key)) ?? {};
      const status = await drive(place, folder, path.join("test/koreader", scenario.script), environment);
      if (status !== 0) throw new Error(`the script ended with ${status}`);
      scenario.after(shelf);
      console.log("  passed");
    } catch (error) {
      failed += 1;
      console.log(`  FAILED: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      await shelf.close();
      fs.rmSync(folder, { recursive: true, force: true });
    }
  }
  console.log(`\n${chosen.length - failed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

await main();
