// @ts-check
// Compares our declarations of KOReader with its releases: a wrong `:` or `.` shifts every argument, and nothing else
// would notice before an e-reader does.
import { pathToFileURL } from "node:url";
import { readDeclarations } from "./declarations.mjs";
import { isBefore, loadReleases, memberOf } from "./koreader-api.mjs";
import { CLASSES, KNOWN_MEMBERS, SAME_AS, UNCHECKED } from "./koreader-exceptions.mjs";

/**
 * @typedef {import("./declarations.mjs").Call} Call
 * @typedef {import("./declarations.mjs").Declared} Declared
 * @typedef {import("./declarations.mjs").DeclaredMember} DeclaredMember
 * @typedef {import("./koreader-api.mjs").Member} Member
 * @typedef {import("./koreader-api.mjs").Release} Release
 */

/** What every declaration without `@since` must fit. */
const OLDEST = "v2024.07";

/**
 * @param {Call} call
 * @param {Member} member
 * @returns {string | undefined}
 */
function callProblem(call, member) {
  // A field may hold a function, of which the data knows no more.
  if (member.kind === "field") return undefined;
  if (call.form !== member.kind) return `is a ${member.kind}, declared as a ${call.form}`;
  const known = member.params ?? [];
  if (known.includes("...")) return undefined;
  if (call.rest) return "takes no variable arguments";
  return call.parameters > known.length ? `takes (${known.join(", ")}), declared with ${call.parameters}` : undefined;
}

/**
 * @param {Release} release
 * @param {readonly string[]} modules any of these may have it
 * @param {DeclaredMember} declared
 * @returns {string[]}
 */
function memberProblems(release, modules, declared) {
  if (isBefore(release.version, declared.since ?? OLDEST)) return [];
  const found = modules.map(module => memberOf(release, module, declared.name)).find(member => member !== undefined);
  if (found === undefined) return ["does not exist"];
  return declared.calls.flatMap(call => callProblem(call, found) ?? []);
}

/**
 * @param {Release[]} releases
 * @param {string} owner
 * @param {readonly string[]} modules
 * @param {readonly DeclaredMember[]} members
 */
function problemsOf(releases, owner, modules, members) {
  const checked = members.filter(member => !KNOWN_MEMBERS.has(`${owner}.${member.name}`));
  return checked.flatMap(member =>
    releases.flatMap(release =>
      memberProblems(release, modules, member).map(
        problem => `${member.where} ${owner}.${member.name} ${problem} in ${release.version}`,
      ),
    ),
  );
}

/**
 * @param {Release[]} releases
 * @param {Declared} events the interface of event handlers
 */
function eventProblems(releases, events) {
  return events.members.flatMap(({ name, calls, where, since = OLDEST }) =>
    releases.flatMap(({ version, events: known }) => {
      const event = known[name.replace(/^on/, "")];
      if (isBefore(version, since)) return [];
      if (event === undefined || event.sent.length === 0) return [`${where} ${name} is never sent in ${version}`];
      // KOReader's own handlers show what actions send, which is no constant in its source.
      const counts = [...event.sent, ...event.handled.map(list => list.split(",").filter(Boolean).length)];
      if (calls.every(call => counts.some(count => call.parameters <= count))) return [];
      return [`${where} ${name} is sent with ${event.sent.join(" or ")} arguments in ${version}`];
    }),
  );
}

/**
 * @param {string} types the folder of the declarations
 * @param {string} data the folder of the releases
 * @returns {string[]} a sentence per problem
 */
export function checkDeclarations(types, data) {
  const releases = loadReleases(data);
  const { modules, interfaces } = readDeclarations(types);
  const checked = modules.filter(module => !UNCHECKED.has(module.name));
  const inModules = checked.flatMap(({ name, members, attributes }) => {
    const fields = attributes.map(attribute => ({ ...attribute, calls: [] }));
    return problemsOf(releases, name, [SAME_AS.get(name) ?? name], [...members, ...fields]);
  });
  const inClasses = interfaces.flatMap(({ name, members }) => {
    // Fields of an instance are often set from outside, where the data does not look.
    const called = members.filter(member => member.calls.length > 0);
    return problemsOf(releases, name, CLASSES.get(name) ?? [], CLASSES.has(name) ? called : []);
  });
  const events = interfaces.filter(each => each.name === "KOReader.Events");
  return [...inModules, ...inClasses, ...events.flatMap(each => eventProblems(releases, each))];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const problems = checkDeclarations("types", process.argv[2] ?? "test/fixtures/koreader-api");
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length > 0 ? 1 : 0;
}
