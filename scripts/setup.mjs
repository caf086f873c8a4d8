// @ts-check
// Makes sure that everything is there before anything is built or tested. npm runs it first, so it may import nothing
// from node_modules. With --tests also what only the tests use.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import { pathToFileURL } from "node:url";
import { installLine, missingCompilers, missingPackages } from "./debian.mjs";
import { unpackServers } from "./test-servers.mjs";

/**
 * @typedef {{ version?: string, optional?: boolean, devOptional?: boolean }} LockedPackage
 * @typedef {{ packages: Record<string, LockedPackage> }} Lock
 */

export const OLDEST_NODE = 20;

/** @param {string} version "v20.1.0" */
export function isNodeTooOld(version) {
  return Number(/^v(\d+)/.exec(version)?.[1]) < OLDEST_NODE;
}

/**
 * Whether what is installed differs from what is locked. Times say nothing: git gives each file that of its check-out.
 * @param {Lock} locked package-lock.json
 * @param {Lock} installed what npm wrote down when it installed
 */
export function isStale(locked, installed) {
  return Object.entries(locked.packages).some(([name, { version, optional, devOptional }]) => {
    const found = installed.packages[name];
    // Optional packages are often for another system.
    if (found === undefined) return name !== "" && optional !== true && devOptional !== true;
    return found.version !== version;
  });
}

/** @param {string} file @returns {Lock} */
function readLock(file) {
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, "utf8")) : { packages: {} };
}

/**
 * @param {string} command
 * @param {string[]} args
 */
function run(command, args) {
  console.log(`${command} ${args.join(" ")}`);
  if (spawnSync(command, args, { stdio: "inherit" }).status !== 0) fail(`${command} ${args.join(" ")} failed.`);
}

/**
 * @param {string} sentence
 * @returns {never}
 */
function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

function setUpNpm() {
  if (!isNpmStale()) return;
  const isLink = fs.lstatSync("node_modules", { throwIfNoEntry: false })?.isSymbolicLink() === true;
  // npm would empty the folder that others use as well.
  if (isLink) fail(`node_modules is out of date and a link: run npm ci in ${fs.realpathSync("node_modules")}/..`);
  run("npm", ["ci"]);
}

/** Whether what is installed in a checkout differs from what is locked there. */
export function isNpmStale(root = ".") {
  return isStale(readLock(`${root}/package-lock.json`), readLock(`${root}/node_modules/.package-lock.json`));
}

/** Whoever is no root may do without compilers: npm finds ready-made builds for most machines. */
function setUpPackages() {
  const isRoot = process.getuid?.() === 0;
  const forTests = process.argv.includes("--tests");
  const missing = [...missingPackages({ forTests }), ...(isRoot && isNpmStale() ? missingCompilers() : [])];
  if (missing.length === 0) return;
  if (!isRoot) fail(`Some packages are missing. As root: ${installLine(missing)}`);
  run("apt-get", ["update"]);
  run("apt-get", ["install", "--yes", ...missing]);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  if (isNodeTooOld(process.version)) fail(`Ribbon needs Node ${OLDEST_NODE} or newer; this is ${process.version}.`);
  // For the doctor, who says the rest: without any packages it cannot be started.
  if (process.argv.includes("--check")) {
    if (!fs.existsSync("node_modules/tsx")) fail("The npm packages are not installed: run npm ci.");
    process.exit(0);
  }
  setUpPackages();
  setUpNpm();
  // After npm, which empties the folder that they are unpacked into.
  if (process.argv.includes("--tests")) unpackServers();
}
