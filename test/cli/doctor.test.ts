import { spawnSync } from "node:child_process";
import fs from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { writeRelease } from "../../scripts/release.mjs";
import { nodeFinding, pluginSection } from "../../src/cli/doctor/computer";
import { deviceSections } from "../../src/cli/doctor/device";
import { isWell, type Section } from "../../src/cli/doctor/finding";
import { howToGet, packageFindings } from "../../src/cli/doctor/packages";
import { report } from "../../src/cli/doctor/report";
import { serverSection } from "../../src/cli/doctor/server";
import { pluginFolder } from "../support/node/plugin-folder";
import { tempDir } from "../support/node/temp-dir";

const NONE = { needed: [], sometimes: [], forTests: [] };

interface Said {
  readonly isWell: boolean;
  readonly sections: readonly Section[];
  readonly toGet: readonly string[];
}

function doctor(words: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const main = path.resolve("bin/ribbon.mjs");
  const run = spawnSync(process.execPath, [main, "doctor", "--port", "0", ...words], {
    env: { ...process.env, ...env },
    encoding: "utf8",
  });
  return { status: run.status, stdout: run.stdout, stderr: run.stderr };
}

/** A Kobo on its cable, with a KOReader that has this Ribbon. */
function kobo(version = "0.2.0") {
  const root = tempDir();
  const data = path.join(root, ".adds/koreader");
  fs.mkdirSync(path.join(root, ".kobo"));
  const folder = pluginFolder(version, path.join(data, "plugins/ribbon.koplugin"));
  fs.writeFileSync(path.join(data, "git-rev"), "v2026.07.2\n");
  const write = (file: string, text: string) => {
    fs.mkdirSync(path.dirname(path.join(data, file)), { recursive: true });
    fs.writeFileSync(path.join(data, file), text);
  };
  return { root, folder, write, plugins: path.dirname(folder) };
}

/** All that is not well, each as one line. */
function complaints(root: string, here = pluginFolder("0.2.0")): string[] {
  const findings = deviceSections(root, here).flatMap(section => section.findings);
  return findings.filter(({ state }) => state !== "good").map(({ state, about, says }) => `${state} ${about}: ${says}`);
}

describe("the doctor on a device", () => {
  it("finds nothing wrong with a whole plugin", () => {
    const { root, write, plugins } = kobo();
    write(
      "settings.reader.lua",
      `-- settings\nreturn {\n    ["plugins_disabled"] = {\n        ["opds"] = true,\n    },\n}\n`,
    );
    expect(complaints(root)).toEqual([]);
    const [section] = deviceSections(root, pluginFolder("0.2.0"));
    expect(section?.title).toBe(`Kobo: ${fs.realpathSync(plugins)}`);
    expect(section?.findings.map(({ says }) => says)).toContain("0.2.0, 3 files, each as its checksum says");
    expect(complaints(path.dirname(plugins))).toEqual([]);
  });

  it("finds a KOReader in every place of the table, and says when there is none", () => {
    for (const [place, mark] of [
      [".adds/koreader", ".kobo"],
      ["koreader", "documents"],
      ["applications/koreader", "applications"],
      ["koreader", "Android"],
    ] as const) {
      const root = tempDir();
      fs.mkdirSync(path.join(root, mark), { recursive: true });
      pluginFolder("0.2.0", path.join(root, place, "plugins/ribbon.koplugin"));
      expect(complaints(root), place).toEqual([]);
    }
    expect(complaints(tempDir())).toEqual(["bad KOReader: not found there"]);
    expect(() => deviceSections("/nowhere/at/all", "")).toThrow("/nowhere/at/all");
  });

  it("names the files that are missing or are others", () => {
    const { root, folder } = kobo();
    fs.appendFileSync(path.join(folder, "main.lua"), "x");
    fs.rmSync(path.join(folder, "ribbon.lua"));
    expect(complaints(root)).toEqual(["bad Ribbon: 0.2.0, but main.lua is another, ribbon.lua is missing"]);
    fs.truncateSync(path.join(folder, "release.json"), 50);
    expect(complaints(root)).toEqual(["bad Ribbon: release.json is missing or damaged: copied by half?"]);
  });

  it("says when the device has an older one, or another build, than this computer", () => {
    const { root } = kobo("0.1.9");
    expect(complaints(root)).toEqual(["note Ribbon: 0.1.9, 3 files, each as its checksum says; here is 0.2.0"]);
    const other = tempDir();
    fs.writeFileSync(path.join(other, "more.lua"), "-- more");
    expect(complaints(kobo().root, pluginFolder("0.2.0", other))).toEqual([
      "note Ribbon: 0.2.0, 3 files, each as its checksum says; another build than the one here",
    ]);
  });

  it("looks at the update that runs, and knows which one was given up", () => {
    const { root, folder } = kobo("0.1.0");
    const active = (...lines: string[]) =>
      fs.writeFileSync(path.join(folder, "active.txt"), ["RIBBON 1", ...lines, "end", ""].join("\n"));
    active();
    writeRelease(folder, { version: "0.1.0" });
    const update = pluginFolder("0.2.0", path.join(folder, "updates/0.2.0"));
    active("run 0.2.0", "trial started");
    expect(complaints(root)).toEqual([]);
    const [section] = deviceSections(root, "");
    expect(section?.findings.map(({ about, says }) => `${about}: ${says}`)).toEqual(
      expect.arrayContaining([
        "Ribbon: 0.1.0, 4 files, each as its checksum says",
        "The update that runs: 0.2.0, 3 files, each as its checksum says",
      ]),
    );
    fs.appendFileSync(path.join(update, "ribbon.lua"), "x");
    expect(complaints(root)).toEqual(["bad The update that runs: 0.2.0, but ribbon.lua is another"]);
    active("failed 0.2.0", "why load");
    expect(complaints(root)).toEqual([
      "note Ribbon: 0.1.0, 4 files, each as its checksum says; here is 0.2.0",
      "note An update: 0.2.0 was given up; the version before runs",
    ]);
    active("run ../../x");
    expect(complaints(root)).toEqual([
      "note Ribbon: 0.1.0, 4 files, each as its checksum says; here is 0.2.0",
      "note An update that was cut: updates/0.2.0 is of no use to any version here",
    ]);
  });

  it.each([
    ["a folder of its own", "plugins/ribbon.koplugin-0.2.0"],
    ["the folder above", ""],
  ])("finds a plugin that was unpacked into %s", (_what, where) => {
    const { root, folder, plugins } = kobo();
    const strayed = path.join(path.dirname(plugins), where, "ribbon.koplugin");
    fs.mkdirSync(path.dirname(strayed), { recursive: true });
    fs.renameSync(folder, strayed);
    const [only = "", ...more] = complaints(root);
    expect(more).toEqual([]);
    expect(only).toMatch(/^bad Ribbon: in the wrong folder, .*ribbon\.koplugin$/);
  });

  it("finds a second copy that KOReader would load, and one inside the other", () => {
    const { root, plugins, folder } = kobo();
    pluginFolder("0.1.0", path.join(plugins, "ribbon (1).koplugin"));
    pluginFolder("0.1.0", path.join(plugins, "ribbon.previous"));
    pluginFolder("0.1.0", path.join(folder, "ribbon.koplugin"));
    expect(complaints(root)).toEqual([
      "bad Second Ribbon: ribbon (1).koplugin is loaded as well, and all is counted twice",
      "note Second Ribbon: one lies inside the other, unused",
    ]);
  });

  it("finds what a deploy that was cut left behind, and says what to do", () => {
    const { root, plugins, folder } = kobo();
    for (const name of ["ribbon.new-7f", "ribbon.trash", "ribbon.swap", "ribbon.previous"])
      pluginFolder("0.1.0", path.join(plugins, name));
    const left = [
      "note A deploy that was cut: ribbon.new-7f is a copy that did not get into its place, unused",
      "note A deploy that was cut: ribbon.swap is the version before, moved away by a rollback",
      "note A deploy that was cut: ribbon.trash is an old version, half removed",
    ];
    expect(complaints(root)).toEqual(left);
    fs.rmSync(folder, { recursive: true });
    expect(complaints(root)[0]).toBe(
      "bad Ribbon: not in its place: a deploy was cut, and ribbon.swap is the version that ran",
    );
    fs.rmSync(path.join(plugins, "ribbon.swap"), { recursive: true });
    const [finding] = deviceSections(root, "").flatMap(({ findings }) =>
      findings.filter(({ about }) => about === "Ribbon"),
    );
    expect(finding?.says).toContain("ribbon.previous is the version that ran");
    expect(finding?.remedy).toContain("--rollback");
  });

  it("finds what an update that was cut left behind, but nothing that is of use", () => {
    const { root, folder } = kobo("0.1.0");
    const active = ["RIBBON 1", "run 0.2.0", "before 0.1.5", "failed 0.1.9", "end", ""].join("\n");
    fs.writeFileSync(path.join(folder, "active.txt"), active);
    for (const name of ["0.2.0", "0.1.5", "0.1.9", "0.1.9.old-17", "incoming"])
      pluginFolder("0.2.0", path.join(folder, "updates", name));
    fs.writeFileSync(path.join(folder, "active.new"), "RIBB");
    const said = complaints(root).filter(line => line.includes("cut"));
    expect(said).toEqual([
      "note An update that was cut: updates/0.1.9.old-17 is of no use to any version here",
      "note An update that was cut: updates/incoming is a version that did not arrive whole",
      "note An update that was cut: active.new is a note about versions, written by half",
    ]);
  });

  it("looks for a second Ribbon in the other folders that KOReader loads plugins from", () => {
    const { root, write, plugins } = kobo();
    const other = tempDir();
    pluginFolder("0.1.0", path.join(other, "ribbon.koplugin"));
    const paths = (...all: string[]) => {
      const listed = all.map(each => JSON.stringify(each));
      const value = listed.length === 1 ? listed.join() : `{ ${listed.join(", ")} }`;
      write("settings.reader.lua", `return { ["extra_plugin_paths"] = ${value} }`);
      return complaints(root);
    };
    expect(paths(other)).toEqual([
      `bad Second Ribbon: ${other}/ribbon.koplugin is loaded as well, and all is counted twice`,
    ]);
    expect(paths(tempDir(), "/mnt/nowhere/else")).toEqual([
      "note extra_plugin_paths: plugins are loaded from /mnt/nowhere/else, too, which is not to be seen from here",
    ]);
    // KOReader's program elsewhere: this setting is how it finds the folder at all.
    expect(paths(`${plugins}/`)).toEqual([]);
    write("reader.lua", "");
    for (const same of [`${plugins}/`, "/mnt/nowhere/.adds/koreader/plugins"])
      expect(paths(same)).toEqual([
        `bad extra_plugin_paths: ${same} is KOReader's own folder: every plugin is loaded twice`,
      ]);
    expect(paths("plugins")).toEqual([]);
  });

  it("reads KOReader's settings as data, never as code", () => {
    const { root, write } = kobo();
    const said = (settings: string) => {
      write("settings.reader.lua", settings);
      return complaints(root);
    };
    expect(said(`return { ["plugins_disabled"] = { ["ribbon"] = true } }`)).toEqual([
      "bad KOReader's settings: Ribbon is switched off",
    ]);
    expect(said(`return { ["plugins_disable_external"] = true }`)).toEqual([
      "bad KOReader's settings: all plugins that did not come with KOReader are switched off",
    ]);
    expect(said(`os.execute("true") return {}`)).toEqual([
      "note KOReader's settings: settings.reader.lua cannot be read",
    ]);
  });

  it("sees TomeSync beside Ribbon, unless it is switched off", () => {
    const { root, write } = kobo();
    write("plugins/tomesync.koplugin/main.lua", "return {}");
    expect(complaints(root)).toEqual(["note TomeSync: is there as well: what you read would count twice"]);
    write("settings.reader.lua", `return { ["plugins_disabled"] = { ["tomesync"] = true } }`);
    expect(complaints(root)).toEqual([]);
  });

  it("shows the last lines about Ribbon of a long crash.log, without what would steer a terminal", () => {
    const { root, write } = kobo();
    const lines = Array.from({ length: 20_000 }, (_, number) => `11/21/26-10:00 INFO  Ribbon: line ${number}`);
    write("crash.log", `${lines.join("\n")}\nopened a book\n\x1b[31mWARN ribbon.lua:12: oops\x1b[0m\n`);
    const said = complaints(root);
    expect(said).toHaveLength(5);
    expect(said[0]).toBe("note crash.log, the last about Ribbon: 11/21/26-10:00 INFO  Ribbon: line 19996");
    expect(said[4]).toBe("note : [31mWARN ribbon.lua:12: oops [0m");
  });

  it("says that KOReader is too old", () => {
    const { root, write } = kobo();
    write("git-rev", "v2024.04-12-gabc_2024-05-01");
    expect(complaints(root)).toEqual(["bad KOReader: v2024.04-12-gabc_2024-05-01 is older than v2024.07"]);
  });
});

describe("the doctor on this computer", () => {
  it("says what is missing, what works without it, and how to get it", () => {
    const missing = { needed: ["luajit"], sometimes: ["adb"], forTests: ["chromium", "apache2-bin"] };
    expect(packageFindings(missing).map(({ state, about, says }) => `${state} ${about} ${says}`)).toEqual([
      "bad luajit missing; without it: ribbon demo, npm test",
      "note adb not here; without it: ribbon deploy --adb",
      "note chromium not here; without it: npm test of the server's pages",
      "note apache2-bin not here; without it: npm test",
    ]);
    expect(howToGet(missing, "apt")).toEqual(["apt-get install --yes luajit adb chromium apache2-bin"]);
    expect(howToGet(missing, "brew")).toEqual([
      "brew install luajit android-platform-tools chromium",
      "Only on Debian or Ubuntu, in a container for instance: apache2-bin",
    ]);
    expect(howToGet(missing, "winget").at(-1)).toBe(
      "Only on Debian or Ubuntu, in WSL for instance: chromium apache2-bin",
    );
    expect(howToGet(NONE, "apt")).toEqual([]);
    expect(packageFindings(NONE)).toMatchObject([{ state: "good" }]);
    expect(nodeFinding("v18.2.0").state).toBe("bad");
  });

  it("says whether the plugin is built, whole and current", () => {
    const root = tempDir();
    const folder = path.join(root, "koplugin/ribbon.koplugin");
    const said = () => pluginSection(folder, root).findings.map(({ state, says }) => `${state} ${says}`);
    expect(said()).toEqual(["bad not there; without it Shelf hands out none"]);
    pluginFolder("0.2.0", folder);
    expect(said()).toEqual(["good 0.2.0, 3 files, each as its checksum says"]);
    fs.writeFileSync(path.join(root, "package.json"), "{}");
    fs.utimesSync(path.join(root, "package.json"), Date.now() / 1000 + 10, Date.now() / 1000 + 10);
    expect(said()).toEqual(["note 0.2.0, 3 files, each as its checksum says; older than its sources"]);
    fs.appendFileSync(path.join(folder, "ribbon.lua"), "x");
    expect(said()).toEqual(["bad ribbon.lua is not what its checksum says"]);
  });

  it("says whether the server would start", async () => {
    const data = tempDir();
    const taken = createServer();
    await new Promise<void>(resolve => void taken.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void taken.close());
    const { port } = taken.address() as AddressInfo;
    const states = async (at: number, folder: string) =>
      (await serverSection(at, folder)).findings.map(({ state, says }) => `${state} ${says}`);
    expect(await states(0, data)).toEqual(["good free", "good can be written"]);
    expect(await states(port, path.join(data, "a/b"))).toEqual([
      "note taken: a library server that runs already, or another program",
      "good can be made",
    ]);
    fs.writeFileSync(path.join(data, "file"), "");
    expect((await states(0, path.join(data, "file/x")))[1]).toBe(`bad ${path.join(data, "file")} is no folder`);
  });

  it("ends with code 1 when something is missing, for programs too", () => {
    const bin = tempDir();
    fs.writeFileSync(path.join(bin, "apt-get"), "");
    const { status, stdout } = doctor(["--json", "--data", tempDir()], { PATH: bin });
    expect(status).toBe(1);
    const said = JSON.parse(stdout) as Said;
    expect(said.isWell).toBe(false);
    expect(said.toGet).toEqual([expect.stringMatching(/^apt-get install --yes .*luajit.* openssh-client adb/)]);
    expect(said.sections.map(({ title }) => title)).toEqual(["This computer", "The plugin", "The library server"]);
  });

  it("looks at a device when it is told where that is", () => {
    const { root, folder } = kobo();
    fs.rmSync(path.join(folder, "ribbon.lua"));
    const { status, stdout } = doctor(["--device", root, "--data", tempDir()]);
    expect(status).toBe(1);
    expect(stdout).toContain(
      "  ✗ Ribbon: 0.2.0, but ribbon.lua is missing\n      → ribbon deploy, or unpack the ZIP again",
    );
    expect(doctor(["--device", "/nowhere/at/all"])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("/nowhere"),
    });
  });

  it("says in the end whether all is well", () => {
    const well: Section[] = [{ title: "A", findings: [{ about: "B", state: "note", says: "c" }] }];
    expect([isWell(well), report(well, [])]).toEqual([true, "A\n  – B: c\n\nAll that is needed is there."]);
    const ill: Section[] = [...well, { title: "D", findings: [{ about: "E", state: "bad", says: "f", remedy: "g" }] }];
    expect(report(ill, ["h"])).toBe(
      "A\n  – B: c\n\nD\n  ✗ E: f\n      → g\n\nTo get what is missing:\n  h\n\nOne thing is missing or wrong.",
    );
  });
});
