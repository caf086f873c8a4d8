import { pluginRoot } from "./updates/folders";

/** Far more than a connection needs. */
const MOST_BYTES = 8192;

/** What a server put beside the plugin when it handed it out, unread; nothing when the plugin came without. An update brings none. */
export function readBaked(): string | undefined {
  const [file] = io.open(`${pluginRoot()}baked.json`, "rb");
  if (file === undefined) return undefined;
  const text = file.read(MOST_BYTES);
  file.close();
  return text;
}
