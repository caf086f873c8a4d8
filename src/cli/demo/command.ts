import { Command } from "commander";

export function demoCommand(): Command {
  return new Command("demo")
    .description("Plays one day of a reader against a library server and shows what arrived.")
    .option("--books <folder>", "play with the EPUB files below this folder instead of sample books")
    .option("--keep", "leave the server up afterwards, and print where the day can be looked at", false)
    .action(async ({ books, keep }: { books?: string; keep: boolean }) => {
      // It brings the compilers along, which a server has no use for: 200 MiB and four seconds.
      const { runDemo } = await import("./demo");
      await runDemo(books, keep);
    });
}
