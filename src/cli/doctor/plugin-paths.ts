import fs from "node:fs";
import path from "node:path";
import { type DataTable, get, isTable, listItems } from "../../core/sdr/lua-value";
import { copiesIn } from "./copies";
import { bad, type Finding, note } from "./finding";

const ABOUT = "extra_plugin_paths";
const REMEDY = "in settings.reader.lua, while KOReader does not run";

/**
 * KOReader looks for plugins in its program's own `plugins`, and in the folders of its setting `extra_plugin_paths`, a text
 * or a list. It loads what it finds in each, also twice, and compares only the words "plugins" (`PluginLoader:_discover`,
 * v2024.07 to v2026.07). Where the setting is absent and the data lies elsewhere, it is the data's `plugins`.
 * @param data KOReader's folder of data, here
 * @param plugins the folder that is looked at
 */
export function pathsFindings(settings: DataTable, data: string, plugins: string): Finding[] {
  const stored = get(settings, ABOUT);
  const listed = typeof stored === "string" ? [stored] : isTable(stored) ? listItems(stored) : [];
  const paths = listed.filter(each => typeof each === "string");
  const isProgram = fs.existsSync(path.join(data, "reader.lua"));
  return paths.flatMap(each => pathFindings(each, { data, plugins, isProgram }));
}

interface Place {
  readonly data: string;
  readonly plugins: string;
  /** The program itself lies beside the data: its own `plugins` are these. */
  readonly isProgram: boolean;
}

function pathFindings(written: string, { data, plugins, isProgram }: Place): Finding[] {
  const folder = path.resolve(data, written);
  const isThere = fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
  const isSame = (isThere && fs.realpathSync(folder) === fs.realpathSync(plugins)) || endsAlike(written, plugins);
  if (isSame && isProgram && written !== "plugins") {
    return [bad(ABOUT, `${written} is KOReader's own folder: every plugin is loaded twice`, `remove it ${REMEDY}`)];
  }
  if (isSame) return [];
  if (!isThere)
    return [
      note(
        ABOUT,
        `plugins are loaded from ${written}, too, which is not to be seen from here`,
        "look there for a second Ribbon",
      ),
    ];
  return copiesIn(folder, []).map(name =>
    bad(
      "Second Ribbon",
      `${path.join(written, name)} is loaded as well, and all is counted twice`,
      `remove it, or ${written} ${REMEDY}`,
    ),
  );
}

/** The device's own name of a mounted folder: `/mnt/onboard/.adds/koreader/plugins` for `/media/me/KOBO/.adds/koreader/plugins`. */
function endsAlike(written: string, plugins: string): boolean {
  const last = (each: string) =>
    each
      .split(/[\\/]+/)
      .filter(part => part !== "" && part !== ".")
      .slice(-2);
  const [words, here] = [last(written), last(plugins)];
  return path.isAbsolute(written) && !fs.existsSync(written) && words.join("/") === here.join("/");
}
