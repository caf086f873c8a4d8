import { readFileSync } from "node:fs";
import { createSecureContext } from "node:tls";

/** Files in PEM form. */
export interface TlsFiles {
  /** The server's certificate, with those in between it and its root after it. */
  readonly cert: string;
  readonly key: string;
}

export interface TlsPair {
  readonly cert: Buffer;
  readonly key: Buffer;
}

/** Reads a certificate and its key. Throws with what is wrong: a file that cannot be read, no PEM, or no pair. */
export function readTls(files: TlsFiles): TlsPair {
  const pair = { cert: read("certificate", files.cert), key: read("key", files.key) };
  try {
    createSecureContext(pair);
  } catch (error) {
    throw new Error(`${files.cert} and ${files.key} are no certificate with its key: ${reasonOf(error)}`, {
      cause: error,
    });
  }
  return pair;
}

function read(what: string, file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new Error(`the ${what} cannot be read: ${reasonOf(error)}`, { cause: error });
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
