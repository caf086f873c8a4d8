import type { Command } from "commander";

/** What to type, and what it does. */
export type Example = readonly [line: string, meaning: string];

/**
 * Ends a command's help with examples: one below the other, each line as it is typed.
 * @param more whatever else is worth knowing, for instance where the documentation is
 */
export function withExamples(command: Command, examples: readonly Example[], more = ""): Command {
  const lines = examples.map(([line, meaning]) => `  ${line}\n      ${meaning}`);
  return command.addHelpText("after", ["\nExamples:", ...lines, ...(more === "" ? [] : ["", more])].join("\n"));
}
