// @ts-check
// What Ribbon needs besides npm, and one clear sentence for whoever lacks it.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

/** Programs by the Debian package that holds them. */
const PROGRAMS = { luajit: "luajit", busted: "lua-busted", unzip: "unzip", "g++": "g++" };

/**
 * What only the tests use: a browser, to look at the server's pages with, a WebDAV server (more: test-servers.mjs), and what
 * `ribbon deploy` speaks to: SSH servers, with the shell of an e-reader behind them.
 */
const TEST_PROGRAMS = { chromium: "chromium", rclone: "rclone", ssh: "openssh-client", busybox: "busybox" };

/** What npm compiles better-sqlite3 with where it finds no ready-made build for the machine. */
const COMPILERS = { "g++": "g++", make: "make", python3: "python3" };

/** Files by the Debian package that brings them: the build ships the certificate authorities. */
const FILES = { "/usr/share/ca-certificates/mozilla": "ca-certificates" };

/** More servers, whose programs are where only root looks. dropbear-bin starts none by itself, openssh-server not in a container. */
const TEST_FILES = {
  "/usr/sbin/apache2": "apache2-bin",
  "/usr/sbin/sshd": "openssh-server",
  "/usr/sbin/dropbear": "dropbear-bin",
};

/** How LuaJIT reaches the other packages. */
const LUA_CHECKS = {
  "lua-socket": 'require("socket")',
  "lua-sec": 'require("ssl")',
  "lua-filesystem": 'require("lfs")',
  "lua-cjson": 'require("cjson")',
  "libsqlite3-0": 'require("ffi").load("libsqlite3.so.0")',
};

/** @param {string} program */
export function isInstalled(program) {
  return (process.env["PATH"] ?? "").split(path.delimiter).some(folder => fs.existsSync(path.join(folder, program)));
}

/** The packages that LuaJIT cannot reach: all of them when there is no LuaJIT to ask. */
function missingFromLua() {
  const checks = Object.entries(LUA_CHECKS).map(
    ([name, check]) => `if not pcall(function() ${check} end) then print("${name}") end`,
  );
  const run = spawnSync("luajit", ["-e", checks.join("\n")], { encoding: "utf8" });
  return run.status === 0 ? run.stdout.split("\n").filter(line => line !== "") : Object.keys(LUA_CHECKS);
}

/** Asks for what works, not for what dpkg knows: LuaJIT may have come another way. */
export function missingPackages({ forTests = false } = {}) {
  const wanted = forTests ? { ...PROGRAMS, ...TEST_PROGRAMS } : PROGRAMS;
  const programs = Object.entries(wanted).filter(([program]) => !isInstalled(program));
  const paths = forTests ? { ...FILES, ...TEST_FILES } : FILES;
  const files = Object.entries(paths).filter(([file]) => !fs.existsSync(file));
  return [...[...programs, ...files].map(([, name]) => name), ...missingFromLua()];
}

/** The packages that npm may need to compile with. */
export function missingCompilers() {
  return Object.entries(COMPILERS).flatMap(([program, name]) => (isInstalled(program) ? [] : [name]));
}

/** @param {readonly string[]} packages */
export function installLine(packages) {
  return `apt-get install --yes ${packages.join(" ")}`;
}

/**
 * @param {readonly (keyof typeof PROGRAMS)[]} programs
 */
export function requirePrograms(programs) {
  const missing = programs.filter(program => !isInstalled(program));
  if (missing.length === 0) return;
  const packages = missing.map(program => PROGRAMS[program]);
  throw new Error(`${missing.join(" and ")} not found: ${installLine(packages)}`);
}
