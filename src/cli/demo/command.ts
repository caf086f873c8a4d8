import { Command } from "commander";
import { runDemo } from "./demo";

export function demoCommand(): Command {
  return new Command("demo")
    .description("Plays one day of a reader against a library server and shows what arrived.")
    .option("--books <folder>", "play with the EPUB files below this folder instead of sample books")
    .action(async ({ books }: { books?: string }) => {
      await runDemo(books);
    });
}
