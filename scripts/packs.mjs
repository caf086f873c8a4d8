// @ts-check
// Which file of the plugin a module that no start needs stands in. A file is read whole: what is used together stands
// together, and a worker, which is a new process for each errand, reads little that it does not need (test/checks/packs.test.ts).

/** Parts (src/parts.ts) that share a file, by its name; every other part has one that is called as the part is. */
const GROUPS = {
  delivery: [
    "app/exchange",
    "app/inbox-watch",
    "app/loan",
    "koreader/store/journal-store",
    "koreader/store/link-store",
    "koreader/store/waiting-store",
  ],
  log: ["app/watching", "koreader/log-file"],
  "screen-work": ["app/perform", "app/screen-work"],
  store: ["koreader/store/alike", "koreader/store/migrations", "koreader/store/salvage"],
  "update-work": ["app/launch", "app/update-job", "app/update-work"],
  upkeep: ["app/upkeep-work", "ui/upkeep"],
};

/** Where a module stands that several files need; the first pattern that fits its name counts. */
const SHARED = /** @type {const} */ ([
  [/^lualib\.(ArrayFrom|Map|Set)$/, "lualib-collections"],
  [/^lualib\./, "lualib"],
  [/^app\/sdr|^core\/sdr\/|^koreader\/(sdr|sidecars)|^core\/(cloud-name|percent)$/, "sdr-core"],
  [/^app\/(arrive|inquiry|trouble|visit)$/, "delivery"],
  [/^core\/http\/(ip-address|private-address|url)$|^core\/(addresses|connection|extra-headers)$/, "addresses"],
  [/^core\/http\/text$/, "shared"],
  [/^(core|koreader)\/http\/|^koreader\/(part-file|wire)$|^protocol\//, "http"],
  [
    /^core\/(book-path|clusters|download-preferences|file-name|format-choice|path-template|template-gaps)$/,
    "book-names",
  ],
  [/^core\/list-key$|^koreader\/(library-folder|list-)/, "library-files"],
  [/^version$|^core\/(release|update-settings)$/, "release"],
  [/^core\/diagnosis\/|^koreader\/(log-file|own-plugin)$/, "log"],
  [/^ui\/(asking|certificate|choices|plain-list|word-question)$/, "dialogs"],
  [/^ui\/|^core\/line-breaks$/, "messages"],
  [/^(app|core|koreader)\//, "shared"],
]);

/** The file of a part, without its ending. @param {string} entry as in src/parts.ts: "ui/menu" */
export function fileOfPart(entry) {
  const group = Object.entries(GROUPS).find(([, entries]) => entries.includes(entry));
  return group?.[0] ?? entry.slice(entry.lastIndexOf("/") + 1);
}

/**
 * The file of a module that these files need.
 * @param {string} module "core/http/url", "lualib.Map"
 * @param {readonly string[]} files at least one
 */
export function fileOf(module, files) {
  const [only = "", ...others] = new Set(files);
  if (others.length === 0) return only;
  const rule = SHARED.find(([pattern]) => pattern.test(module));
  if (rule === undefined)
    throw new Error(`${module} is needed by ${only} and ${others.join(", ")}: say where it stands`);
  return rule[1];
}
