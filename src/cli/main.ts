import { Command } from "commander";
import { backupCommand, restoreCommand } from "./backup";
import { demoCommand } from "./demo/command";
import { keyCommand } from "./key";
import { pairCommand } from "./pair";
import { serveCommand } from "./serve";

const program = new Command("ribbon").description("Keeps a reader's place on every device.");
program.addCommand(demoCommand());
program.addCommand(serveCommand());
program.addCommand(keyCommand());
program.addCommand(pairCommand());
program.addCommand(backupCommand());
program.addCommand(restoreCommand());

program.parseAsync().catch((error: unknown) => {
  console.error(`ribbon: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
