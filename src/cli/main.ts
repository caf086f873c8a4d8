import { ribbonProgram } from "./program";
import { run } from "./run";

process.exitCode = await run(ribbonProgram(), process.argv.slice(2));
