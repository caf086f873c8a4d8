// A runner that cannot fail proves nothing: this runs vitest on specs that must fail, and reads what it says.
import { spawnSync } from "node:child_process";
import { beforeAll, describe, expect, it } from "vitest";
import { compileLua } from "../../scripts/compile-lua.mjs";

const folder = "test/fixtures/failing-spec";

interface Report {
  testResults: { assertionResults: { title: string; status: string; failureMessages: string[] }[] }[];
}

function runVitest(): Report {
  const config = `--config=${folder}/vitest.config.ts`;
  const run = spawnSync(process.execPath, ["node_modules/vitest/vitest.mjs", "run", config, "--reporter=json"], {
    encoding: "utf8",
    env: { ...process.env, RIBBON_SPECS: "" },
  });
  return JSON.parse(run.stdout) as Report;
}

describe("a failing spec", () => {
  let results: Report["testResults"][number]["assertionResults"] = [];

  beforeAll(() => {
    const roots = [`${folder}/failing.spec.ts`, "test/support/lua/reporter.ts"];
    compileLua({ roots, outDir: "build/failing-spec" });
    results = runVitest().testResults.flatMap(file => file.assertionResults);
  });

  it.each([
    ["fails an assertion", "Expected objects to be the same", "failing.spec.ts:11:"],
    ["fails in a body of one expression", "Expected objects to be equal", "failing.spec.ts:14:"],
    ["crashes in a source", "attempt to index field 'first'", "faulty.ts:6:"],
  ])("%s and names the line", (title, message, position) => {
    const result = results.find(each => each.title.endsWith(title));
    expect(result?.status).toBe("failed");
    const [report = ""] = result?.failureMessages ?? [];
    expect(report).toContain(message);
    expect(report.split("\n").find(line => line.includes(" at "))).toContain(position);
  });

  it("leaves the tests beside it alone", () => {
    expect(results.filter(each => each.status === "passed").map(each => each.title)).toEqual([
      "a shelf > passes",
      "busted ran to its end",
    ]);
  });
});
