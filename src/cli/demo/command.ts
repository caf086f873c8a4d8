import { Command } from "commander";
import { withExamples } from "../examples";

export function demoCommand(): Command {
  const command = new Command("demo")
    .description("play one day of a reader against a library server, and show what arrived")
    .option("--books <folder>", "play with the EPUB files below this folder instead of sample books")
    .option("--keep", "leave the server up afterwards, and print where the day can be looked at", false)
    .action(async ({ books, keep }: { books?: string; keep: boolean }) => {
      // It brings the compilers along, which a server has no use for: 200 MiB and four seconds.
      const { runDemo } = await import("./demo");
      await runDemo(books, keep);
    });
  return withExamples(command, [
    ["ribbon demo", "with sample books; takes a minute"],
    ["ribbon demo --books ~/Books --keep", "with books of yours; what arrived can be looked at in a browser"],
  ]);
}
