// `ribbon emulator KOREADER HOME` with a plugin that needs no compiler: for a test of its end.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { stopOnSignal } from "../../../src/cli/emulator/command";
import { runEmulator } from "../../../src/cli/emulator/emulator";
import { findKOReader } from "../../../src/cli/emulator/find-koreader";

const [koreader, home = ""] = process.argv.slice(2);
const pluginDir = fs.mkdtempSync(path.join(os.tmpdir(), "ribbon-"));
fs.writeFileSync(path.join(pluginDir, "ribbon.lua"), "");
const workshop = { pluginDir, build: () => Promise.resolve(), watch: () => ({ close: () => Promise.resolve() }) };
const screen = { width: 600, height: 800, isHeadless: true };
const wishes = { koreader: findKOReader(koreader), home, screen, isFresh: false, isKept: false };
const all = { ...wishes, hasServer: true, isWatching: false, isVerbose: false };
await runEmulator(all, { workshop, print: console.log, stop: stopOnSignal() });
fs.rmSync(pluginDir, { recursive: true });
