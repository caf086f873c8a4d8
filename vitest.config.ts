import os from "node:os";
import path from "node:path";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: {
    // Specs of core name one module for both runtimes; this is Node's side of it.
    alias: [{ find: /^(?:\.\.\/)+support\/spec$/, replacement: path.resolve("test/support/node/spec.ts") }],
  },
  test: {
    include: ["test/**/*.test.ts", "test/core/**/*.spec.ts"],
    exclude: ["test/fixtures/**"],
    globalSetup: ["test/support/node/global-setup.ts"],
    // A failing spec is shown where it stands, not inside the spec interface.
    onStackTrace: (_error, { file }) => !file.includes("test/support/node/spec"),
    // Many specs wait for a deadline, a server or a login rather than for the processor.
    maxWorkers: os.availableParallelism() + 1,
    // Only for what hangs: a machine that is busy with something else takes many times as long as an idle one.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000 } },
  },
});
