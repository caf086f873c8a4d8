import { Command } from "commander";

export function demoCommand(): Command {
  return new Command("demo")
    .description("Plays one day of a reader against a library server and shows what arrived.")
    .option("--books <folder>", "play with the EPUB files below this folder instead of sample books")
    .action(async ({ books }: { books?: string }) => {
      // It brings the compilers along, which a server has no use for: 200 MiB and four seconds.
      const { runDemo } = await import("./demo");
      await runDemo(books);
    });
}
