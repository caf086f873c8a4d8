import { parseUrl } from "../../core/http/url";
import type { Known } from "../../core/diagnosis/known";
import { sdrTargetOf } from "../../core/sdr-settings";
import { updateSettingsOf } from "../../core/update-settings";
import { placesOfDevice } from "../../koreader/device-facts";
import type { DiagnosisStore } from "../../koreader/store/diagnosis-store";
import type { Settings } from "../../ports/settings";

/** So many of the books seen last: the log does not reach further back. */
const MOST_BOOKS = 2000;

/** What the reader typed in, or their books are called: whatever else takes it out of the log, this does. */
export function readersOwn(settings: Settings, store: DiagnosisStore): Known[] {
  const names = store.names(MOST_BOOKS).map((value): Known => ({ value, as: "title" }));
  const paths = placesOfDevice().map((value): Known => ({ value, as: "path" }));
  return names.concat(paths, ofServers(settings), ofHighlights(settings), ofUpdates(settings), [
    { value: settings.deviceName(), as: "name" },
    { value: settings.baked()?.text ?? "", as: "secret" },
  ]);
}

function ofServers(settings: Settings): Known[] {
  return settings.connections().flatMap(({ name, url, outsideUrl = "", key, headers = [], pins = [] }) => {
    const own: Known[] = [
      { value: name, as: "name" },
      { value: key, as: "secret" },
    ];
    const named = headers.map((header): Known => ({ value: header.name, as: "name" }));
    const secret = headers.map((header): Known => ({ value: header.value, as: "secret" }));
    const trusted = pins.map(({ fingerprint }): Known => ({ value: fingerprint, as: "secret" }));
    return own.concat(ofUrl(url), ofUrl(outsideUrl), named, secret, trusted);
  });
}

function ofHighlights(settings: Settings): Known[] {
  const stored = settings.sdrFields()["target"];
  const target = type(stored) === "table" ? sdrTargetOf(stored as Readonly<Record<string, unknown>>) : undefined;
  if (target === undefined) return [];
  if (target.kind === "folder") return [{ value: target.path, as: "path" }];
  const { name, url, folder, user, password } = target;
  const own: Known[] = [
    { value: name, as: "name" },
    { value: user, as: "name" },
    { value: password, as: "secret" },
  ];
  const folders = folder.split("/").map((value): Known => ({ value, as: "path" }));
  return own.concat(ofUrl(url), folders);
}

/** A place of releases of the reader's own. */
function ofUpdates(settings: Settings): Known[] {
  const { address } = updateSettingsOf(settings.updateFields());
  return address === "" ? [] : ofUrl(address);
}

/** The whole, the host, its own name and each part of the path. */
function ofUrl(url: string): Known[] {
  const parsed = parseUrl(url);
  if (!parsed.ok) return [{ value: url, as: "host" }];
  const whole: Known[] = [
    { value: url, as: "host" },
    { value: parsed.value.host, as: "host" },
    { value: parsed.value.host.split(".")[0] ?? "", as: "host" },
  ];
  return whole.concat(parsed.value.target.split("/").map((value): Known => ({ value, as: "path" })));
}
