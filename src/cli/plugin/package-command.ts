import fs from "node:fs";
import { Command } from "commander";
import { releaseNotes } from "../../../scripts/release-notes.mjs";
import { isLoopback } from "../../shelf/web/reachable";
import { withExamples } from "../examples";
import { bakedConnection, type Typed } from "./baked";
import { builtPlugin } from "./built-plugin";
import { type Packed, withNotes, writePackage } from "./package";

interface Options extends Typed {
  readonly out: string;
  readonly notes?: string;
}

const MORE = `The ZIP is unpacked into KOReader's folder of plugins. The .update file and release.json, put side by side on any
server, are an address that devices can take updates from. More: docs/releasing.md`;

/** `ribbon package`: the plugin as files that can be handed out. */
export function packageCommand(): Command {
  const command = new Command("package")
    .description("make a ZIP of the plugin, and what devices update from")
    .option("--out <folder>", "where to put them", "dist")
    .option("--server <url>", "a server that the plugin connects to at its first start")
    .option("--key <key>", "the key for it; - reads it from the standard input")
    .option("--name <name>", "what the server is called on the device (default: its host's name)")
    .option("--notes <file>", "what is new, as text or Markdown (default: the newest section of CHANGELOG.md)")
    .action(makePackage);
  return withExamples(
    command,
    [
      ["ribbon package", "makes dist/ribbon.koplugin-<version>.zip"],
      [
        "ribbon package --server http://192.168.1.5:8080 --key tk_…",
        "for a device of one's own: the plugin connects by itself; ribbon key add makes a key",
      ],
      ["ribbon package --out /srv/www/ribbon --notes notes.md", "onto a server that devices get updates from"],
    ],
    MORE,
  );
}

async function makePackage(options: Options): Promise<void> {
  const key = options.key === "-" ? fs.readFileSync(0, "utf8") : options.key;
  const baked = bakedConnection({ ...options, key });
  const notes = options.notes === undefined ? undefined : readNotes(options.notes);
  const { plugin } = await builtPlugin();
  const packed = writePackage(notes === undefined ? plugin : withNotes(plugin, notes), options.out, baked);
  for (const each of packed) console.log(lineOf(each));
  if (baked !== undefined && isLoopback(baked.url))
    console.error(`Mind: to a device ${baked.url} is the device itself. Give it this computer's address.`);
}

function lineOf({ file, bytes, isSecret }: Packed): string {
  const size = `${Math.ceil(bytes / 1024)} KiB`;
  return `${file}  ${size}${isSecret ? "  holds a key: whoever has it can read along, so pass it to nobody" : ""}`;
}

function readNotes(file: string): string {
  try {
    return releaseNotes(fs.readFileSync(file, "utf8"));
  } catch (error) {
    throw new Error(`cannot read the notes: ${(error as Error).message}`, { cause: error });
  }
}
