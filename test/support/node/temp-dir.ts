import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** A new empty folder. The caller removes it. */
export function makeTempDir(): string {
  return mkdtempSync(join(tmpdir(), "ribbon-"));
}

/** A new empty folder that goes away with the running test. */
export function tempDir(): string {
  const dir = makeTempDir();
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}
