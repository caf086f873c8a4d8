/** KOReader's folders. On Kobo and Kindle the data folder is where KOReader runs: ".". */
import lfs = require("lfs");
import { makePath } from "../system/paths";

const FOLDERS = ["settings", "history", "plugins", "docsettings", "hashdocsettings", "books"];

export const dataStorage: KOReader.DataStorage = {
  getDataDir: () => ".",
  getFullDataDir: () => lfs.currentdir(),
  getSettingsDir: () => "./settings",
  getDocSettingsDir: () => "./docsettings",
  getDocSettingsHashDir: () => "./hashdocsettings",
  getHistoryDir: () => "./history",
};

export function makeFolders(): void {
  for (const folder of FOLDERS) if (folder !== "hashdocsettings") makePath(`./${folder}`);
}
