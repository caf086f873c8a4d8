/** Far more than a connection needs. */
const MOST_BYTES = 8192;

/** The folder of the file that this stands in: the plugin's. */
function ownFolder(): string {
  const [folder] = string.match(debug.getinfo(1, "S")?.source ?? "", "^@(.*/)");
  return folder ?? "./";
}

/** What a server put beside the plugin when it handed it out, unread; nothing when the plugin came without. */
export function readBaked(): string | undefined {
  const [file] = io.open(`${ownFolder()}baked.json`, "rb");
  if (file === undefined) return undefined;
  const text = file.read(MOST_BYTES);
  file.close();
  return text;
}
