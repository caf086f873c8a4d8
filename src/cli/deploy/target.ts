import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { DeployProblem } from "./problem";

/** Which way a deploy goes. */
export type Target =
  | { readonly kind: "ssh"; readonly host: string; readonly port?: number }
  | { readonly kind: "folder"; readonly path: string }
  | { readonly kind: "usb" }
  | { readonly kind: "adb"; readonly serial?: string };

interface Words {
  readonly target?: string;
  readonly usb?: boolean;
  /** `true` without a serial number. */
  readonly adb?: string | true;
  readonly folder?: string;
}

const usage = (detail: string) => new DeployProblem({ why: "usage", detail });

const HOW = `Say where the device is:
  ribbon deploy root@192.168.1.20     over Wi-Fi, with the SSH server of the device or of KOReader
  ribbon deploy /media/KOBOeReader    a device whose storage is mounted
  ribbon deploy --usb                 the one that is mounted
  ribbon deploy --adb                 Android`;

/** What was meant by the words of a command. Throws a DeployProblem when nothing or too much was. */
export function readTarget({ target, usb = false, adb, folder }: Words): Target {
  const isAdb = adb !== undefined || target?.startsWith("adb:") === true;
  const ways = [usb, isAdb, target !== undefined && !target.startsWith("adb:")].filter(Boolean).length;
  if (ways > 1) throw usage("Name one device: an address, a folder, --usb or --adb.");
  if (usb) return { kind: "usb" };
  if (isAdb) return adbTarget(typeof adb === "string" ? adb : (target ?? "").slice("adb:".length));
  if (target === undefined && folder !== undefined) return { kind: "folder", path: atHome(folder) };
  if (target === undefined) throw usage(HOW);
  return isPath(target) ? { kind: "folder", path: atHome(target) } : sshTarget(target);
}

function adbTarget(serial: string): Target {
  if (serial === "") return { kind: "adb" };
  if (!/^[\w][\w.:-]*$/.test(serial)) throw usage(`${JSON.stringify(serial)} is no serial number of a device.`);
  return { kind: "adb", serial };
}

const atHome = (path: string) => (path.startsWith("~/") ? join(homedir(), path.slice(2)) : path);

/** A name without a slash is a host, unless it is a folder and looks like no login. */
function isPath(word: string): boolean {
  if (/^(?:[./~\\]|[A-Za-z]:(?:[\\/]|$))/.test(word)) return true;
  return word.includes("/") || (!word.includes("@") && existsSync(word));
}

/** "root@192.168.1.20" or "root@192.168.1.20:2222"; nothing that ssh could take for an option. */
function sshTarget(word: string): Target {
  const [, host, port] = /^((?:[\w.+-]+@)?(?:[\w.-]+|\[[\da-fA-F:.%\w]+\]))(?::(\d+))?$/.exec(word) ?? [];
  if (host === undefined || host.startsWith("-") || host.includes("@-")) {
    throw usage(`${JSON.stringify(word)} is no address of a device, such as root@192.168.1.20.`);
  }
  const plain = host.replace(/\[(.*)\]/, "$1");
  return port === undefined ? { kind: "ssh", host: plain } : { kind: "ssh", host: plain, port: Number(port) };
}
