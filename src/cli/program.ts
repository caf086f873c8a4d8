import fs from "node:fs";
import path from "node:path";
import { Command } from "commander";
import { backupCommand, restoreCommand } from "./backup";
import { demoCommand } from "./demo/command";
import { deployCommand } from "./deploy/command";
import { doctorCommand } from "./doctor/command";
import { emulatorCommand } from "./emulator/command";
import { keyCommand } from "./key";
import { pairCommand } from "./pair";
import { ROOT } from "./plugin/built-plugin";
import { packageCommand } from "./plugin/package-command";
import { serveCommand } from "./serve";

const MORE = `
Every command explains itself: ribbon serve --help
More: README.md and docs/.`;

/** The `ribbon` command, with all that it can do. */
export function ribbonProgram(): Command {
  const program = new Command("ribbon")
    .description("Keeps a reader's place on every device: a plugin for KOReader, and a library server for it.")
    .version(version(), "-V, --version", "tell the version")
    .addHelpText("after", MORE);
  program.commandsGroup("Try it:");
  program.addCommand(demoCommand());
  program.addCommand(emulatorCommand());
  program.addCommand(doctorCommand());
  program.commandsGroup("The plugin:");
  program.addCommand(deployCommand());
  program.addCommand(packageCommand());
  program.commandsGroup("The library server:");
  program.addCommand(serveCommand());
  program.addCommand(keyCommand());
  program.addCommand(pairCommand());
  program.addCommand(backupCommand());
  program.addCommand(restoreCommand());
  program.commandsGroup("Help:");
  program.helpCommand("help [command]", "explain a command");
  return program;
}

function version(): string {
  const about = JSON.parse(fs.readFileSync(path.join(ROOT, "package.json"), "utf8")) as { readonly version: string };
  return about.version;
}
