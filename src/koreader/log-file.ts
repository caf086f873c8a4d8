import DataStorage = require("datastorage");
import logger = require("logger");
import { redactLines } from "../core/diagnosis/redact";
import type { LogLevel } from "../core/preferences";
import type { LogKind } from "../ports/log";
import { KoSettings } from "./settings";

/** Two of them at the most: the one that is written, and the one before it. */
const MOST_BYTES = 128 * 1024;
/** A trace that goes on for longer goes in circles. */
const LONGEST_LINE = 4000;

const TO_KOREADER: Readonly<Record<LogKind, (this: void, name: string, text: string) => void>> = {
  error: (name, text) => {
    logger.err(name, text);
  },
  warn: (name, text) => {
    logger.warn(name, text);
  },
  info: (name, text) => {
    logger.info(name, text);
  },
  detail: (name, text) => {
    logger.dbg(name, text);
  },
};

const path = (): string => `${DataStorage.getSettingsDir()}/ribbon.log`;
const older = (): string => `${path()}.old`;

const KEPT: Readonly<Record<LogLevel, readonly LogKind[]>> = {
  errors: ["error", "warn"],
  normal: ["error", "warn", "info"],
  everything: ["error", "warn", "info", "detail"],
};

/** As the reader chose it; read when the first line comes. */
let level: LogLevel | undefined;

export function setLogLevel(chosen: LogLevel): void {
  level = chosen;
}

function isKept(kind: LogKind): boolean {
  level ??= new KoSettings().preferences().logLevel;
  return KEPT[level].includes(kind);
}

/**
 * One line, in KOReader's log and in a file of our own: KOReader's names books, is thrown away at some starts, and on Android is no
 * file at all. Keys, addresses, paths and their like are taken out. Written at once, without waiting for the disk: some
 * lines a minute at most, and none for a page turn. A file that cannot be written is no reason to fail.
 */
export function tell(kind: LogKind, text: string): void {
  if (!isKept(kind)) return;
  const line = redactLines(text.slice(0, LONGEST_LINE));
  TO_KOREADER[kind]("Ribbon:", line);
  const [file] = io.open(path(), "a");
  if (file === undefined) return;
  file.write(`${os.date("!%Y-%m-%dT%H:%M:%SZ")} ${kind} ${line}\n`);
  const [length] = file.seek("end");
  file.close();
  if ((length ?? 0) > MOST_BYTES) os.rename(path(), older());
}

/** The last so many bytes of the log, whole lines. */
export function tail(bytes: number): string {
  const newest = endOf(path(), bytes);
  const missing = bytes - newest.length;
  return missing > 0 ? `${endOf(older(), missing)}${newest}` : newest;
}

function endOf(file: string, bytes: number): string {
  const [opened] = io.open(file, "rb");
  if (opened === undefined) return "";
  const length = opened.seek("end")[0] ?? 0;
  opened.seek("set", Math.max(0, length - bytes));
  const text = opened.read("*a") ?? "";
  opened.close();
  return length > bytes ? text.slice(text.indexOf("\n") + 1) : text;
}
