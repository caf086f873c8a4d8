import { statSync } from "node:fs";
import { Command } from "commander";
import { backUp, restore } from "../shelf/store/backup";
import { defaultDataDir } from "./data-dir";
import { withExamples } from "./examples";

interface DataOption {
  readonly data: string;
}

/** `ribbon backup FILE`: everything that the server keeps, in one file, while it runs. */
export function backupCommand(): Command {
  const command = new Command("backup")
    .description("copy everything that the server keeps into one file; the server may run")
    .argument("<file>", "the new file, for instance shelf-2026-11-21.sqlite3")
    .option("--data <dir>", "where the server keeps its data", defaultDataDir())
    .action(async (file: string, { data }: DataOption) => {
      await backUp(data, file);
      console.log(`${file} (${Math.ceil(statSync(file).size / 1024)} KiB)`);
    });
  const more = "Books are not in it. To go back to it: ribbon restore FILE";
  return withExamples(command, [["ribbon backup shelf-2026-11-21.sqlite3", "one file with all that was read"]], more);
}

/** `ribbon restore FILE`: goes back to a backup. */
export function restoreCommand(): Command {
  const command = new Command("restore")
    .description("go back to a backup; stop the server first")
    .argument("<file>", "what `ribbon backup` wrote")
    .option("--data <dir>", "where the server keeps its data", defaultDataDir())
    .action((file: string, { data }: DataOption) => {
      const former = restore(data, file, new Date());
      console.log(`Restored from ${file}.`);
      if (former !== undefined) console.log(`What was there before is in ${former}.`);
    });
  return withExamples(command, [["ribbon restore shelf-2026-11-21.sqlite3", "what is there now is kept beside it"]]);
}
