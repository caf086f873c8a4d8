/** KOReader's toolbox: files, processes, hashes, texts, JSON. */
declare namespace KOReader {
  /** Module `util`. */
  interface Util {
    /** Up to twelve samples, hashed: the id of a document everywhere in KOReader. */
    partialMD5(this: void, file: string): string | undefined;
    makePath(this: void, path: string): LuaMultiReturn<[true] | [undefined, string]>;
    removePath(this: void, path: string): LuaMultiReturn<[true] | [undefined, string]>;
    removeFile(this: void, file: string): LuaMultiReturn<[true] | [undefined, string]>;
    pathExists(this: void, path: string): boolean;
    fileExists(this: void, file: string): boolean;
    directoryExists(this: void, path: string): boolean;
    /** Allows for the limits of the folder's file system. */
    getSafeFilename(this: void, name: string, folder?: string, limit?: number): string;
    splitFilePathName(this: void, file: string): LuaMultiReturn<[string, string]>;
    splitFileNameSuffix(this: void, file: string): LuaMultiReturn<[string, string]>;
    getFriendlySize(this: void, bytes: number): string;
    urlEncode(this: void, text: string): string;
    urlDecode(this: void, text: string): string;
    fixUtf8(this: void, text: string, replacement: string): string;
    splitToChars(this: void, text: string): string[];
    tableDeepCopy<Value>(this: void, value: Value): Value;
  }

  /** Module `ffi/util`. */
  interface FfiUtil {
    /** Runs a function in a forked copy; with a pipe, `readFd` is the parent's end. */
    runInSubProcess(
      this: void,
      job: SubProcessJob,
      withPipe?: boolean,
      doubleFork?: boolean,
    ): LuaMultiReturn<[number, number | undefined] | [false, string]>;
    isSubProcessDone(this: void, pid: number, wait?: boolean): boolean;
    /** SIGKILL to the child's group; it must still be collected. */
    terminateSubProcess(this: void, pid: number): void;
    /** Bytes that can be read at once; 0 also when the other end is gone. */
    getNonBlockingReadSize(this: void, fd: number | LuaFile): number | undefined;
    /** Blocks until the other end closes, then closes. */
    readAllFromFD(this: void, fd: number): string;
    /** Blocks while the pipe is full. */
    writeToFD(this: void, fd: number, data: string, close?: boolean): boolean;
    fsyncOpenedFile(this: void, file: number | LuaFile, metadata?: boolean): LuaMultiReturn<[boolean, string?]>;
    fsyncDirectory(this: void, path: string): LuaMultiReturn<[boolean, string?]>;
    /** Bytes in all, free, and in younger versions, free for others than root. Nothing where the system cannot tell. */
    df(this: void, path: string): LuaMultiReturn<[number, number, number?] | [undefined, string?]>;
    /** Nothing when it worked, else the error. */
    copyFile(this: void, from: string, to: string): string | undefined;
    purgeDir(this: void, path: string): LuaMultiReturn<[true] | [undefined, string]>;
    realpath(this: void, path: string): string | undefined;
    basename(this: void, path: string): string;
    dirname(this: void, path: string): string;
    joinPath(this: void, folder: string, name: string): string;
    /** Puts values in for %1, %2, … */
    template(this: void, text: string, ...values: (string | number)[]): string;
    usleep(this: void, microseconds: number): void;
  }

  type SubProcessJob = (this: void, pid: number, writeFd?: number) => void;

  /** Module `ffi/sha2`; digests are lower-case hex. */
  interface Sha2 {
    md5(this: void, message: string): string;
    /** Without a message: a function that takes pieces, and ends when called with nothing. */
    md5(this: void): DigestPieces;
    sha1(this: void, message: string): string;
    sha256(this: void, message: string): string;
    sha256(this: void): DigestPieces;
    hmac(this: void, hash: (this: void, message: string) => string, key: string, message: string): string;
    hex_to_bin(this: void, hex: string): string;
    bin_to_hex(this: void, bytes: string): string;
    bin_to_base64(this: void, bytes: string): string;
    base64_to_bin(this: void, text: string): string;
  }

  interface DigestPieces {
    (this: void, piece: string): DigestPieces;
    (this: void): string;
  }

  interface Random {
    uuid(this: void, withDash?: boolean): string;
  }

  interface OptMath {
    round(this: void, value: number): number;
    clamp(this: void, value: number, min: number, max: number): number;
    roundPercent(this: void, value: number): number;
  }

  /** Callable: `_("text")`. */
  interface GetText {
    (this: void, text: string): string;
    ngettext(this: void, singular: string, plural: string, count: number): string;
    pgettext(this: void, context: string, text: string): string;
    /** "C" for English. */
    readonly current_lang: string;
  }

  /** Module `datetime`, in the reader's language. */
  interface DateTime {
    /** "9:05", "9:05 AM". */
    secondsToHour(this: void, seconds: number, isTwelveHours?: boolean): string;
    /** "2026-05-04"; in words "Mon May 04 2026". */
    secondsToDate(this: void, seconds: number, inWords?: boolean): string;
    /** By the three letters of C's locale: "May". */
    readonly shortMonthTranslation: Readonly<Record<string, string | undefined>>;
    /** Both; without a choice of the clock, the reader's. */
    secondsToDateTime(this: void, seconds: number, isTwelveHours?: boolean, inWords?: boolean): string;
    /** "01:30", "1h30'" or "1h 30m", by the reader's setting `duration_format`. */
    secondsToClockDuration(
      this: void,
      format: string,
      seconds: number,
      withoutSeconds?: boolean,
      withDays?: boolean,
    ): string;
  }

  /** JSON null when decoded: true in a condition. */
  type JsonNull = { readonly json: "null" };

  interface RapidJson {
    readonly null: JsonNull;
    /** Marks a table so that it encodes as `[]` even when empty. */
    array<Item>(this: void, items?: Item[]): Item[];
    object<Value extends object>(this: void, value?: Value): Value;
    /** Throws on functions, userdata and int64. */
    encode(this: void, value: unknown, options?: RapidJsonOptions): string;
    decode(this: void, text: string): LuaMultiReturn<[unknown] | [undefined, string]>;
  }

  interface RapidJsonOptions {
    readonly pretty?: boolean;
    readonly sort_keys?: boolean;
    readonly empty_table_as_array?: boolean;
  }
}

declare module "util" {
  const module: KOReader.Util;
  export = module;
}

declare module "ffi/util" {
  const module: KOReader.FfiUtil;
  export = module;
}

declare module "ffi/sha2" {
  const module: KOReader.Sha2;
  export = module;
}

declare module "random" {
  const module: KOReader.Random;
  export = module;
}

declare module "optmath" {
  const module: KOReader.OptMath;
  export = module;
}

declare module "gettext" {
  const module: KOReader.GetText;
  export = module;
}

declare module "datetime" {
  const module: KOReader.DateTime;
  export = module;
}

declare module "rapidjson" {
  const module: KOReader.RapidJson;
  export = module;
}
