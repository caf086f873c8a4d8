import { resolve } from "node:path";
import { Command } from "commander";
import { PLUGIN_DIR } from "../../shelf/plugin/built";
import { defaultDataDir } from "../data-dir";
import { withExamples } from "../examples";
import { ROOT } from "../plugin/built-plugin";
import { readPort } from "../serve-options";
import { computerSection, pluginSection } from "./computer";
import { deviceSections } from "./device";
import { isWell, type Section } from "./finding";
import { howToGet, missingHere, sourceOf } from "./packages";
import { report } from "./report";
import { serverSection } from "./server";

interface Options {
  readonly device?: string;
  readonly data: string;
  readonly port: number;
  readonly json: boolean;
}

/** `ribbon doctor`: what is missing, and how to get it. */
export function doctorCommand(): Command {
  const command = new Command("doctor")
    .description("say what is missing on this computer, or wrong on a device")
    .option("--device <folder>", "look at a device, too: the folder that it is mounted at, or KOReader's own")
    .option("--data <dir>", "where the library server would keep its data", defaultDataDir())
    .option("--port <n>", "the port that it would listen on", readPort, 8080)
    .option("--json", "the same for programs", false)
    .action(examine);
  return withExamples(
    command,
    [
      ["ribbon doctor", "this computer, the built plugin, and whether ribbon serve would start"],
      ["ribbon doctor --device /media/me/KOBOeReader", "also the Ribbon on a Kobo on its cable"],
      ["ribbon doctor --device ~/.config/koreader", "also the one in KOReader on this computer"],
    ],
    "✓ is well, – is worth knowing, ✗ is missing or wrong. It changes nothing. The exit code is 1 when there is a ✗.",
  );
}

async function examine({ device, data, port, json }: Options): Promise<void> {
  const missing = missingHere();
  const sections: Section[] = [
    computerSection(ROOT, missing),
    pluginSection(PLUGIN_DIR, ROOT),
    await serverSection(port, resolve(data)),
    ...(device === undefined ? [] : deviceSections(resolve(device), PLUGIN_DIR)),
  ];
  const toGet = howToGet(missing, sourceOf());
  console.log(
    json ? JSON.stringify({ isWell: isWell(sections), sections, toGet }, undefined, 2) : report(sections, toGet),
  );
  process.exitCode = isWell(sections) ? 0 : 1;
}
