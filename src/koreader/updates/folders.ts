/** Where the bundle that runs lies: the root is the plugin's own folder, an update a folder of its own below it. */
interface Home {
  /** With a slash at its end. */
  readonly root: string;
  /** Of the update; absent where the root runs, as it was installed by hand. */
  readonly name?: string;
}

/** The folder of the file that this stands in: the bundle's, or a part's beside it. */
function ownFolder(): string {
  const [folder] = string.match(debug.getinfo(1, "S")?.source ?? "", "^@(.*/)");
  return folder ?? "./";
}

function homeOf(folder: string): Home {
  const [root, name] = string.match(folder, "^(.*/)updates/([^/]+)/$");
  return root === undefined || name === undefined ? { root: folder } : { root, name };
}

/** The plugin's own folder, whichever version runs; with a slash at its end. */
export function pluginRoot(): string {
  return homeOf(ownFolder()).root;
}

/** The folder below `updates/` whose bundle runs; nothing where the root does. */
export function runningFolder(): string | undefined {
  return homeOf(ownFolder()).name;
}
