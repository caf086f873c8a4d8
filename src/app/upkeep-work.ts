import { writeDiagnosis } from "../koreader/diagnosis-file";
import { deleteOwnData } from "../koreader/own-plugin";
import { countDownloads } from "../koreader/store/download-count";
import { store } from "../koreader/store/open";
import { part } from "../parts";
import type { Unsent, Upkeep } from "../ports/upkeep";
import { report } from "./diagnosis/report";
import type { Runtime } from "./runtime";

export function upkeepOf(runtime: Runtime): Upkeep {
  return {
    report: withTitles => report(runtime, withTitles),
    write: text => writeDiagnosis(text),
    unsent: () => unsent(runtime),
    unsentHighlights: () => {
      const isOn = type(runtime.settings.sdrFields()["target"]) === "table";
      return isOn ? part("app/sdr-work").sdrScreens(runtime).status().unsent : 0;
    },
    downloads: () => countDownloads(store()),
    deleteEverything: () => {
      deleteOwnData();
    },
  };
}

function unsent({ settings, waiting }: Runtime): Unsent[] {
  const all = settings.connections().map(({ id, name }): Unsent => {
    const { sessions, positions } = waiting().count(id);
    return { name, sessions, positions };
  });
  return all.filter(({ sessions, positions }) => sessions + positions > 0);
}
