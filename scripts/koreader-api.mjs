// @ts-check
// What KOReader's releases really have: modules, members, parameters and events, as data.
import fs from "node:fs";
import path from "node:path";

/**
 * @typedef {{ kind: "method" | "function" | "field", params?: string[] }} Member
 * @typedef {{ extends?: string, members: Record<string, Member> }} Module
 * @typedef {{ sent: number[], handled: string[] }} KoreaderEvent `sent`: the numbers of arguments it is sent with
 * @typedef {{ version: string, modules: Record<string, Module>, events: Record<string, KoreaderEvent> }} Release
 */

/** @param {string} version "v2026.07.2" */
function numbers(version) {
  return version.replace(/^v/, "").split(".").map(Number);
}

/**
 * @param {string} version
 * @param {string} other
 */
export function isBefore(version, other) {
  const [left, right] = [numbers(version), numbers(other)];
  const at = left.findIndex((part, index) => part !== (right[index] ?? 0));
  return at < 0 ? left.length < right.length : (left[at] ?? 0) < (right[at] ?? 0);
}

/**
 * @param {string} folder with a file per release
 * @returns {Release[]} the oldest first
 */
export function loadReleases(folder) {
  const files = fs.readdirSync(folder).filter(file => /^v.*\.json$/.test(file));
  const releases = files.map(file => JSON.parse(fs.readFileSync(path.join(folder, file), "utf8")));
  return releases.sort((a, b) => (isBefore(a.version, b.version) ? -1 : 1));
}

/**
 * `extends` names a class, which KOReader keeps in the file of that name.
 * @param {Release} release
 * @param {string} module
 */
export function parentOf(release, module) {
  const name = release.modules[module]?.extends?.toLowerCase();
  return Object.keys(release.modules).find(each => path.basename(each) === name);
}

/**
 * A module's own members and the inherited ones.
 * @param {Release} release
 * @param {string} module
 * @param {string} name
 * @returns {Member | undefined}
 */
export function memberOf(release, module, name) {
  const own = release.modules[module]?.members;
  if (own === undefined) return undefined;
  if (Object.hasOwn(own, name)) return own[name];
  const parent = parentOf(release, module);
  return parent === undefined ? undefined : memberOf(release, parent, name);
}
