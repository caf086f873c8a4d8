import { failure, type Result, success } from "./result";

/** One file of the plugin's folder. */
export interface ReleaseFile {
  /** Without folders: letters, digits, `.`, `_`, `+` and `-`, not beginning with a dot. */
  readonly name: string;
  readonly bytes: number;
  /** 64 lower-case hex digits. */
  readonly sha256: string;
}

/**
 * What `release.json` says: in the plugin's folder about that folder, on a server about what it offers. The update package
 * is the listed files one after another with nothing between, so that a device needs nothing to unpack it with.
 */
export interface Release {
  /** `1.2.3` or `1.2.3-rc.1`. */
  readonly version: string;
  /** The bootstrap (main.lua) that this needs: one that is older cannot load it. */
  readonly bootstrap: number;
  /** What changed, for the reader; empty when nothing is said. */
  readonly notes: string;
  /** The update package, beside the `release.json` that it was read from. */
  readonly package: ReleaseFile;
  /** Every file but `release.json` itself and `baked.json`, in the order of the package. */
  readonly files: readonly ReleaseFile[];
}

/** Of the format that this reads; a later one says another number and is not understood. */
export const RELEASE_FORMAT = 1;
/** The bootstrap of this version. It hardly ever changes. */
export const BOOTSTRAP = 1;
export const RELEASE_FILE = "release.json";
/** The largest `release.json` that is looked at. */
export const LARGEST_RELEASE = 64 * 1024;
/** The largest update package: some ten times what Ribbon is. */
const LARGEST_PACKAGE = 8 * 1024 * 1024;

const MOST_FILES = 500;
const LONGEST_NAME = 200;
const LONGEST_VERSION = 40;
const LONGEST_NOTES = 8000;
const NAME_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._+-";
const HEX = "0123456789abcdef";
const DIGITS = "0123456789";

/**
 * A release as it came from a server or a file, checked.
 * @param decoded what the JSON says
 * @returns the release, or what is wrong with it, for the log
 */
export function readRelease(decoded: unknown): Result<Release, string> {
  const fields = fieldsOf(decoded);
  if (fields["format"] !== RELEASE_FORMAT) return failure("not a release of a format known here");
  const { version, bootstrap, notes } = fields;
  if (typeof version !== "string" || partsOf(version) === undefined) return failure("no version");
  if (typeof bootstrap !== "number" || !isCount(bootstrap)) return failure("no bootstrap");
  const files = filesOf(fields["files"]);
  const whole = fileOf(fields["package"]);
  if (files === undefined) return failure("a file that makes no sense");
  if (whole === undefined || whole.bytes !== files.reduce((sum, { bytes }) => sum + bytes, 0)) {
    return failure("a package that is not its files");
  }
  if (whole.bytes > LARGEST_PACKAGE) return failure("a package that is too large");
  const said = typeof notes === "string" ? shortened(notes) : "";
  return success({ version, bootstrap, notes: said, package: whole, files });
}

/** Whole lines, and a last one that says that there were more: cutting by bytes would tear a letter. */
function shortened(notes: string): string {
  if (notes.length <= LONGEST_NOTES) return notes;
  const lines = notes.slice(0, LONGEST_NOTES).split("\n");
  lines.pop();
  lines.push("…");
  return lines.join("\n");
}

/**
 * Which of two versions is later, by the rules of Semantic Versioning.
 * @returns below 0 when the first is older, 0 when neither is later, above 0 when the first is newer
 */
export function compareVersions(first: string, second: string): number {
  const [one, other] = [partsOf(first), partsOf(second)];
  if (one === undefined || other === undefined) return 0;
  for (const [at, number] of one.numbers.entries()) {
    const apart = number - (other.numbers[at] ?? 0);
    if (apart !== 0) return apart;
  }
  return comparePreviews(one.preview, other.preview);
}

interface VersionParts {
  readonly numbers: readonly number[];
  /** Empty for a finished version. */
  readonly preview: readonly string[];
}

function comparePreviews(one: readonly string[], other: readonly string[]): number {
  if (one.length === 0 || other.length === 0) return other.length - one.length;
  for (const [at, word] of one.slice(0, other.length).entries()) {
    const apart = compareWords(word, other[at] ?? "");
    if (apart !== 0) return apart;
  }
  return one.length - other.length;
}

function compareWords(one: string, other: string): number {
  if (one === other) return 0;
  const areNumbers = [isMadeOf(one, DIGITS), isMadeOf(other, DIGITS)];
  if (areNumbers[0] === true && areNumbers[1] === true) return Number(one) - Number(other);
  if (areNumbers[0] !== areNumbers[1]) return areNumbers[0] === true ? -1 : 1;
  return one < other ? -1 : 1;
}

function partsOf(version: string): VersionParts | undefined {
  if (version.length > LONGEST_VERSION) return undefined;
  const dash = version.indexOf("-");
  const core = dash < 0 ? version : version.slice(0, dash);
  const preview = dash < 0 ? [] : version.slice(dash + 1).split(".");
  const numbers = core.split(".");
  const isSound = numbers.length === 3 && numbers.every(number => number.length <= 9 && isMadeOf(number, DIGITS));
  const isPreviewSound = preview.every(word => isMadeOf(word, NAME_LETTERS) && !word.includes("+"));
  return isSound && isPreviewSound ? { numbers: numbers.map(number => Number(number)), preview } : undefined;
}

function filesOf(value: unknown): ReleaseFile[] | undefined {
  // eslint-disable-next-line no-restricted-syntax -- in Lua a table that is no list counts as an empty one, refused here too
  if (!Array.isArray(value) || value.length === 0 || value.length > MOST_FILES) return undefined;
  const files: ReleaseFile[] = [];
  for (const entry of value as unknown[]) {
    const file = fileOf(entry);
    if (file === undefined || files.some(({ name }) => name.toLowerCase() === file.name.toLowerCase()))
      return undefined;
    files.push(file);
  }
  return files;
}

function fileOf(value: unknown): ReleaseFile | undefined {
  const { name, bytes, sha256 } = fieldsOf(value);
  if (typeof name !== "string" || !isName(name)) return undefined;
  if (typeof bytes !== "number" || !isCount(bytes)) return undefined;
  if (typeof sha256 !== "string" || sha256.length !== 64 || !isMadeOf(sha256, HEX)) return undefined;
  return { name, bytes, sha256 };
}

function isName(name: string): boolean {
  return name.length <= LONGEST_NAME && isMadeOf(name, NAME_LETTERS) && !name.startsWith(".") && !name.startsWith("-");
}

function isCount(value: number): boolean {
  return value >= 0 && value <= LARGEST_PACKAGE && Math.floor(value) === value;
}

function isMadeOf(text: string, letters: string): boolean {
  return text !== "" && text.split("").every(letter => letters.includes(letter));
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" ? ((value ?? {}) as Readonly<Record<string, unknown>>) : {};
}
