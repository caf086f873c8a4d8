import { type Command, CommanderError } from "commander";

/** Of whoever typed something that there is not. */
const WRONG_USAGE = 2;
const FAILED = 1;

/**
 * Runs what was typed.
 * @param words what stands after `ribbon`
 * @returns the exit code: 0 well, 1 it did not work, 2 there is no such command or option
 */
export async function run(program: Command, words: readonly string[]): Promise<number> {
  speakPlainly(program, program.name());
  try {
    await program.parseAsync(words, { from: "user" });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : WRONG_USAGE;
    console.error(`ribbon: ${explain(error)}`);
    return FAILED;
  }
}

/** Each command throws instead of ending the process, and says in one sentence what is wrong and where its help is. */
function speakPlainly(command: Command, name: string): void {
  const outputError = (text: string, write: (text: string) => void) => write(`${sentenceOf(text, name)}\n`);
  command.exitOverride().configureOutput({ outputError });
  for (const each of command.commands) speakPlainly(each, `${name} ${each.name()}`);
}

/** "error: unknown option '--prot'\n(Did you mean --port?)" becomes one sentence. */
function sentenceOf(text: string, name: string): string {
  const said = text
    .replace(/^error: /, "")
    .trim()
    .replaceAll("\n", " ")
    .replace(/\.$/, "");
  return `ribbon: ${said.replace("(Did you", "(did you")}; see ${name} --help`;
}

/** The words of an error; where it came from only for developers, and that they can have it when it is our mistake. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (process.env["RIBBON_DEBUG"] === "1") return error.stack ?? error.message;
  const isOurs = error instanceof TypeError || error instanceof ReferenceError;
  return isOurs ? `${error.message} (a mistake in Ribbon; RIBBON_DEBUG=1 shows where)` : error.message;
}
