import { Command, InvalidArgumentError, Option } from "commander";
import { existsSync, readFileSync } from "node:fs";
import { type Example, withExamples } from "../examples";
import { deploy, type DeployRequest, type Voice } from "./deploy";
import { DEVICE_KINDS, isDeviceKind } from "./layouts";
import { DeployProblem } from "./problem";
import { readTarget } from "./target";

const EXAMPLES: readonly Example[] = [
  ["ribbon deploy root@192.168.1.20", "a Kobo or Kindle in the Wi-Fi, with KOReader's own SSH server or another"],
  ["ribbon deploy reader@192.168.1.21 --restart", "a PocketBook, whose KOReader is restarted if it can be asked"],
  ["ribbon deploy /media/me/KOBOeReader", "a device on its cable"],
  ["ribbon deploy --usb --dry-run", "finds the device on its cable, and only tells what would be done"],
  ["ribbon deploy --adb", "an Android with USB debugging"],
  ["ribbon deploy root@192.168.1.20 --rollback", "back to the version before"],
];

const MORE = `The version that is there stays until the new one is copied and checked, and is kept for --rollback.
More: docs/deploying.md`;

interface Options {
  readonly device?: string;
  readonly folder?: string;
  readonly port?: number;
  readonly identity?: string;
  readonly acceptNewHostKey?: boolean;
  readonly usb?: boolean;
  readonly adb?: string | true;
  readonly restart?: boolean;
  readonly kill?: boolean;
  readonly rollback?: boolean;
  readonly dryRun?: boolean;
  readonly from?: string;
  readonly server?: string;
  readonly key?: string;
  readonly name?: string;
}

/** `ribbon deploy`: puts the plugin onto a device. */
export function deployCommand(): Command {
  const command = new Command("deploy")
    .description("put the plugin onto an e-reader: over Wi-Fi, by cable, or with adb")
    .argument("[device]", "root@192.168.1.20, or the folder that the device is mounted at")
    .option("--usb", "find the device that is mounted")
    .option("--adb [serial]", "an Android device that adb sees")
    .addOption(new Option("--device <kind>", "which kind it is, when it is not found out").choices(DEVICE_KINDS))
    .option("--folder <path>", "KOReader's folder of plugins on the device")
    .option("--port <number>", "of the SSH server (default: ssh's own, then KOReader's 2222)", readPort)
    .option("--identity <file>", "the private key to log in with")
    .option("--accept-new-host-key", "trust a device that this computer has not seen yet")
    .option("--restart", "restart KOReader afterwards, where it can be asked to")
    .option("--kill", "with --restart: end KOReader where it cannot be asked and starts by itself again")
    .option("--rollback", "go back to the version before")
    .option("--dry-run", "tell what would be done, and do nothing")
    .option("--from <folder>", "a built plugin other than this checkout's")
    .option("--server <url>", "a server that the plugin connects to at its first start")
    .option("--key <key>", "the key for it; - reads it from the standard input")
    .option("--name <name>", "what the server is called on the device (default: its host's name)")
    .action(run);
  return withExamples(command, EXAMPLES, MORE);
}

function readPort(word: string): number {
  const port = Number(word);
  if (!/^\d+$/.test(word) || port < 1 || port > 65_535)
    throw new InvalidArgumentError("A port is a number up to 65535.");
  return port;
}

async function run(target: string | undefined, options: Options): Promise<void> {
  try {
    await deploy(readRequest(target, options), terminal());
  } catch (error) {
    if (!(error instanceof DeployProblem)) throw error;
    console.error(`ribbon: ${error.message}`);
    process.exitCode = error.exitCode;
  }
}

const usage = (detail: string) => new DeployProblem({ why: "usage", detail });

function readRequest(word: string | undefined, options: Options): DeployRequest {
  const { usb, adb, folder, device, port, identity, from, server, name } = options;
  const key = options.key === "-" ? readFileSync(0, "utf8") : options.key;
  const target = readTarget({
    ...(word === undefined ? {} : { target: word }),
    ...(usb === undefined ? {} : { usb }),
    ...(adb === undefined ? {} : { adb }),
    ...(folder === undefined ? {} : { folder }),
  });
  if (options.kill === true && options.restart !== true) throw usage("--kill only means something with --restart.");
  if (identity !== undefined && !existsSync(identity)) throw usage(`There is no key ${identity}.`);
  return {
    target: target.kind === "ssh" && port !== undefined ? { ...target, port } : target,
    acceptsNewKey: options.acceptNewHostKey === true,
    restart: options.kill === true ? "kill" : options.restart === true ? "ask" : "no",
    isRollback: options.rollback === true,
    isDryRun: options.dryRun === true,
    ...(device !== undefined && isDeviceKind(device) ? { device } : {}),
    ...(folder === undefined || (target.kind === "folder" && word === undefined) ? {} : { folder }),
    ...(identity === undefined ? {} : { identity }),
    ...(from === undefined ? {} : { from }),
    ...(server === undefined ? {} : { server }),
    ...(key === undefined ? {} : { key }),
    ...(name === undefined ? {} : { name }),
  };
}

/** Progress in one line that changes, on a terminal; elsewhere each step once. */
function terminal(): Voice {
  let whole = 0;
  const isLive = process.stdout.isTTY;
  const show = (text: string) => (isLive ? process.stdout.write(`\r\x1b[K${text}`) : undefined);
  const finish = (text: string) => (show(""), console.log(text));
  return {
    say: line => finish(line),
    begin: bytes => (whole = bytes),
    copied: bytes => show(`Copying … ${Math.min(100, Math.round((100 * bytes) / Math.max(1, whole)))} %`),
    step: step => finish(step === "check" ? "Copied; checking it on the device." : "Checked; exchanging the versions."),
  };
}
