import { Command, Option } from "commander";
import { type Example, withExamples } from "../examples";
import { findKOReader } from "./find-koreader";
import { defaultHome } from "./home";
import { readDpi, readLanguage, readSize, requireDisplay, type Size } from "./screen-options";

interface Options {
  readonly koreader?: string;
  readonly home: string;
  readonly fresh?: boolean;
  readonly size: Size;
  readonly dpi?: number;
  readonly headless?: boolean;
  readonly language?: string;
  readonly books?: string;
  readonly server: boolean;
  readonly keep?: boolean;
  readonly watch?: boolean;
  readonly verbose?: boolean;
}

/** That of the oldest e-readers: what fits there fits everywhere. */
const SMALLEST: Size = { width: 600, height: 800 };

const EXAMPLES: readonly Example[] = [
  ["ribbon emulator", "with the KOReader that this computer has, and sample books"],
  [
    "ribbon emulator --koreader ~/Downloads/koreader-x86_64.AppImage --watch",
    "builds again at each change of src/ and po/, and starts KOReader again",
  ],
  ["ribbon emulator --size 1072x1448 --dpi 300 --language de", "a Kobo Clara's screen, in German"],
  ["xvfb-run -a ribbon emulator", "where there is no screen; --headless does without a window"],
];

const MORE = `KOReader is looked for in --koreader, KOREADER_DIR, PATH, ~/Applications, /usr/lib/koreader and Flatpak.
On the terminal are Ribbon's own lines (marked), warnings and errors, with lines of TypeScript; the whole log is
crash.log in the home. Closing KOReader's window ends the command, and so does Ctrl-C.
More: docs/developing.md`;

/** `ribbon emulator`: KOReader on this computer, with Ribbon in it and a server to talk to. */
export function emulatorCommand(): Command {
  const command = new Command("emulator")
    .description("try Ribbon in a KOReader on this computer")
    .option("--koreader <path>", "a KOReader: an AppImage, or a folder with luajit and reader.lua")
    .option("--home <dir>", "where KOReader keeps its data; kept between runs", defaultHome())
    .option("--fresh", "empty that folder before")
    .addOption(new Option("--size <wxh>", "the screen in pixels").argParser(readSize).default(SMALLEST, "600x800"))
    .option("--dpi <n>", "the screen's dots per inch", readDpi)
    .option("--headless", "without a window")
    .option("--language <code>", "KOReader's language, as de or pt_BR", readLanguage)
    .option("--books <dir>", "serve these books instead of sample books; the folder is only read")
    .option("--no-server", "start no library server; connections in the home stay as they are")
    .option("--keep", "leave the server up when KOReader was closed")
    .option("--watch", "build again at each change of src/, and start KOReader again")
    .option("--verbose", "show every line of KOReader's log")
    .action(emulate);
  return withExamples(command, EXAMPLES, MORE);
}

async function emulate(options: Options): Promise<void> {
  const { koreader, size, dpi, headless = false, language, books } = options;
  const found = findKOReader(koreader);
  if (!headless) requireDisplay(process.env, process.platform);
  // Whoever serves books needs nothing of it.
  const { runEmulator } = await import("./emulator");
  const { workshop } = await import("./workshop");
  const wishes = {
    koreader: found,
    home: options.home,
    isFresh: options.fresh ?? false,
    screen: { ...size, isHeadless: headless, ...(dpi === undefined ? {} : { dpi }) },
    ...(language === undefined ? {} : { language }),
    ...(books === undefined ? {} : { books }),
    hasServer: options.server,
    isKept: options.keep ?? false,
    isWatching: options.watch ?? false,
    isVerbose: options.verbose ?? false,
  };
  await runEmulator(wishes, { workshop, print: console.log, stop: stopOnSignal() });
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** The first signal ends everything in order; what comes while that goes on changes nothing, it takes seconds at most. */
export function stopOnSignal(): AbortSignal {
  const stop = new AbortController();
  for (const signal of SIGNALS) process.on(signal, () => stop.abort());
  return stop.signal;
}
