import ffiUtil = require("ffi/util");
import lfs = require("libs/libkoreader-lfs");
import util = require("util");
import type { Failure } from "../../core/failure";
import { type Release, RELEASE_FILE, RELEASE_FORMAT, type ReleaseFile } from "../../core/release";
import { failure, type Result, success } from "../../core/result";
import type { BodySink } from "../../ports/http";
import type { SlowHash } from "../../ports/hashes";
import { sha256InPieces } from "../hashes";
import { json } from "../json";
import { FilePart } from "../part-file";
import { write } from "./active-file";

/** What stays free on the device, for KOReader's own files. */
const SPARE_BYTES = 8 * 1024 * 1024;
/** Without it nothing starts. */
const BUNDLE = "ribbon.lua";
/** What portals and proxies say is no package. */
const WORDS = ["text/html", "application/json", "application/problem"];

const noDisk = (detail: string | undefined): { readonly ok: false; readonly failure: Failure } =>
  failure({ reason: "disk", detail: detail ?? "unknown" });

const damaged = (detail: string): { readonly ok: false; readonly failure: Failure } =>
  failure({ reason: "garbled", detail });

/** One file of the package as it is being written. */
interface OpenFile {
  readonly about: ReleaseFile;
  readonly file: LuaFile;
  readonly hash: SlowHash;
  written: number;
}

/**
 * Takes an update package, as it comes, apart into a folder: for a worker. Nothing in that folder counts before `finish` has
 * found every file to be what the release says, and every Lua file to be Lua.
 */
export class Unpacking implements BodySink {
  private readonly files: ReleaseFile[];
  private readonly whole = sha256InPieces();
  private current: OpenFile | undefined;
  private bytes = 0;

  /** @param folder with a slash at its end; what is in it goes. @param arrived told how many bytes are here, for every piece */
  constructor(
    private readonly release: Release,
    private readonly folder: string,
    private readonly arrived: (bytes: number) => void,
  ) {
    this.files = release.files.slice();
  }

  begin(status: number, headers: Readonly<Record<string, string>>): Result<boolean, Failure> {
    const { bytes } = this.release.package;
    const contentType = (headers["content-type"] ?? "").toLowerCase();
    if (status !== 200 || WORDS.some(beginning => contentType.startsWith(beginning))) return success(false);
    const said = tonumber(headers["content-length"] ?? "");
    if (said !== undefined && said !== bytes) return damaged(`${said} bytes instead of ${bytes}`);
    const made = this.makeFolder();
    if (!made.ok) return made;
    const room = new FilePart(`${this.folder}${RELEASE_FILE}`).room() ?? Infinity;
    const lacking = bytes + SPARE_BYTES - room;
    return lacking > 0 ? failure({ reason: "disk", detail: "no room", lacking }) : success(true);
  }

  write(bytes: string): Result<true, Failure> {
    this.bytes += bytes.length;
    if (this.bytes > this.release.package.bytes) return damaged("longer than the release says");
    this.whole.add(bytes);
    let rest = bytes;
    while (rest !== "") {
      const open = this.current ?? this.openNext();
      if ("ok" in open) return open;
      const piece = string.sub(rest, 1, open.about.bytes - open.written);
      rest = string.sub(rest, piece.length + 1);
      const written = this.add(open, piece);
      if (!written.ok) return written;
    }
    this.arrived(this.bytes);
    return success(true);
  }

  /** When all of it came: whether it is what it should be, and on the disk. */
  finish(): Result<true, Failure> {
    if (this.bytes !== this.release.package.bytes) return damaged(`it ends after ${this.bytes} bytes`);
    // Files without content come last, or not at all: no piece belongs to them.
    while (this.files.length > 0) {
      const open = this.openNext();
      if ("ok" in open) return open;
      const written = this.add(open, "");
      if (!written.ok) return written;
    }
    if (this.whole.hex() !== this.release.package.sha256) return damaged("the package is another one");
    const sound = this.parse();
    return sound.ok ? this.seal() : sound;
  }

  /** Ends it without a result: nothing is left open. */
  drop(): void {
    this.current?.file.close();
    this.current = undefined;
  }

  private makeFolder(): Result<true, Failure> {
    if (lfs.attributes(this.folder, "mode") !== undefined) ffiUtil.purgeDir(this.folder);
    const [made, problem] = util.makePath(this.folder);
    return made === undefined ? noDisk(problem) : success(true);
  }

  private openNext(): OpenFile | { readonly ok: false; readonly failure: Failure } {
    const about = this.files.shift();
    if (about === undefined) return damaged("longer than its files");
    const [file, problem] = io.open(`${this.folder}${about.name}`, "wb");
    if (file === undefined) return noDisk(problem);
    // A buffer would hide that the disk is full.
    file.setvbuf("no");
    this.current = { about, file, hash: sha256InPieces(), written: 0 };
    return this.current;
  }

  private add(open: OpenFile, piece: string): Result<true, Failure> {
    const [done, problem] = open.file.write(piece);
    if (done === undefined) return noDisk(problem);
    open.hash.add(piece);
    open.written += piece.length;
    return open.written < open.about.bytes ? success(true) : this.close(open);
  }

  private close({ about, file, hash }: OpenFile): Result<true, Failure> {
    const [synced, problem] = ffiUtil.fsyncOpenedFile(file, true);
    file.close();
    this.current = undefined;
    if (!synced) return noDisk(problem);
    return hash.hex() === about.sha256 ? success(true) : damaged(`${about.name} is another one`);
  }

  /** Compiled, never run. */
  private parse(): Result<true, Failure> {
    const names = this.release.files.map(({ name }) => name).filter(name => name.endsWith(".lua"));
    if (!names.includes(BUNDLE)) return damaged(`no ${BUNDLE}`);
    for (const name of names) {
      const [chunk, problem] = loadfile(`${this.folder}${name}`);
      if (chunk === undefined) return damaged(`${name}: ${problem}`);
    }
    return success(true);
  }

  private seal(): Result<true, Failure> {
    const written = write(`${this.folder}${RELEASE_FILE}`, json.encode({ format: RELEASE_FORMAT, ...this.release }));
    if (!written.ok) return written;
    ffiUtil.fsyncDirectory(this.folder);
    return success(true);
  }
}
