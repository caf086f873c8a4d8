import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { DeployProblem } from "./problem";

export interface PayloadFile {
  /** Below the plugin's folder, with slashes. */
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly sha256: string;
  readonly md5: string;
}

/** What is copied: the plugin's folder as it was built, read into memory (under a megabyte). */
export interface Payload {
  readonly version: string;
  readonly files: readonly PayloadFile[];
  readonly bytes: number;
}

/** What every file system and shell takes as it is. */
const PLAIN = /^[\w.+-]+(\/[\w.+-]+)*$/;

const sum = (algorithm: string, bytes: Uint8Array) => createHash(algorithm).update(bytes).digest("hex");

export function payloadFile(path: string, bytes: Uint8Array): PayloadFile {
  if (!PLAIN.test(path)) throw new DeployProblem({ why: "odd-name", detail: path });
  return { path, bytes, sha256: sum("sha256", bytes), md5: sum("md5", bytes) };
}

/** Reads a built plugin. Throws a DeployProblem when it is none, or not as its list of files (`release.json`) says. */
export function readPayload(dir: string, more: readonly PayloadFile[] = []): Payload {
  const replaced = new Set(more.map(({ path }) => path));
  const own = filesBelow(dir).filter(path => !replaced.has(path));
  const files = [...own.map(path => payloadFile(path, readFileSync(join(dir, path)))), ...more];
  const version = versionIn(files);
  if (version === undefined || !own.includes("main.lua")) throw new DeployProblem({ why: "no-plugin", detail: dir });
  compareWithRelease(files);
  return { version, files, bytes: files.reduce((total, { bytes }) => total + bytes.length, 0) };
}

function filesBelow(dir: string): string[] {
  try {
    const entries = readdirSync(dir, { recursive: true, withFileTypes: true });
    const files = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
    return files.map(file => file.slice(join(dir, sep).length).replaceAll(sep, "/")).sort();
  } catch {
    throw new DeployProblem({ why: "no-plugin", detail: dir });
  }
}

function versionIn(files: readonly PayloadFile[]): string | undefined {
  const meta = files.find(({ path }) => path === "_meta.lua");
  return meta && versionInMeta(Buffer.from(meta.bytes).toString());
}

/** The version that a plugin's `_meta.lua` says. */
export function versionInMeta(text: string): string | undefined {
  return /^\s*version = "([^"]*)"/m.exec(text)?.[1];
}

interface Listed {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** A list of files that came with the plugin has to be right: whoever changed a file by hand learns of it here. */
function compareWithRelease(files: readonly PayloadFile[]): void {
  const list = files.find(({ path }) => path === "release.json");
  if (list === undefined) return;
  for (const { path, bytes, sha256 } of listedFiles(list.bytes)) {
    const file = files.find(each => each.path === path);
    const isRight = file?.bytes.length === bytes && file.sha256 === sha256;
    if (!isRight) throw new DeployProblem({ why: "not-as-listed", detail: path });
  }
}

function listedFiles(bytes: Uint8Array): readonly Listed[] {
  try {
    const { files } = JSON.parse(Buffer.from(bytes).toString()) as { files: Listed[] };
    return files.filter(({ path }) => path !== "release.json");
  } catch {
    throw new DeployProblem({ why: "not-as-listed", detail: "release.json" });
  }
}
