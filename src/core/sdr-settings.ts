/** The folder through which the devices of a reader share what they did with their books. */
export type SdrTarget =
  | {
      readonly kind: "webdav";
      /** What the reader calls it. */
      readonly name: string;
      /** As `WebDavAccount.url`. */
      readonly url: string;
      /** Below it, not encoded, without a slash at either end: `Books/Ribbon`. */
      readonly folder: string;
      readonly user: string;
      readonly password: string;
      /** SHA-256 of the only certificate that is trusted. */
      readonly pin?: string;
      /** The reader was told that the password travels the internet in the open, and said yes. */
      readonly mayTravelOpenly?: boolean;
    }
  /** A folder of this device that somebody else carries to the others: Syncthing, a mounted server, a card. */
  | { readonly kind: "folder"; readonly path: string };

/** When it syncs, besides when the reader says so. Never switches Wi-Fi on. */
export interface SdrOptions {
  readonly atClose: boolean;
  readonly atSleep: boolean;
  readonly atWake: boolean;
  readonly whenConnected: boolean;
  /** While awake; 0: not. */
  readonly everyHours: number;
  /** In percent: below it, only the reader's own tap syncs. */
  readonly batteryFloor: number;
  /** Settings of the screen that travel too: `copt_font_size`. */
  readonly screenKeys: readonly string[];
}

export const SDR_DEFAULTS: SdrOptions = {
  atClose: true,
  atSleep: false,
  atWake: false,
  whenConnected: true,
  everyHours: 0,
  batteryFloor: 15,
  screenKeys: [],
};

/** The name of our folder below whatever place the reader chose. */
export const SDR_FOLDER = "Ribbon";

type Fields = Readonly<Record<string, unknown>>;

const textIn = (fields: Fields, key: string): string => {
  const value = fields[key];
  return typeof value === "string" ? value : "";
};

/** As it stands in the settings file; nothing when no target is chosen or a hand has made it unreadable. */
export function sdrTargetOf(fields: Fields): SdrTarget | undefined {
  const path = textIn(fields, "path");
  if (fields["kind"] === "folder") return path.startsWith("/") ? { kind: "folder", path } : undefined;
  const url = textIn(fields, "url");
  if (fields["kind"] !== "webdav" || !url.startsWith("http")) return undefined;
  const pin = textIn(fields, "pin");
  return {
    kind: "webdav",
    name: textIn(fields, "name"),
    url,
    folder: textIn(fields, "folder"),
    user: textIn(fields, "user"),
    password: textIn(fields, "password"),
    ...(pin !== "" && { pin }),
    ...(fields["mayTravelOpenly"] === true && { mayTravelOpenly: true }),
  };
}

/** What a target's files are remembered under: another address or folder is another target. */
export function sdrTargetKey(target: SdrTarget): string {
  return target.kind === "folder" ? `folder:${target.path}` : `webdav:${target.user}@${target.url}|${target.folder}`;
}

function numberIn(fields: Fields, key: string, least: number, most: number, otherwise: number): number {
  const value = fields[key];
  return typeof value === "number" && value >= least && value <= most ? Math.floor(value) : otherwise;
}

export function sdrOptionsOf(fields: Fields): SdrOptions {
  const flag = (key: "atClose" | "atSleep" | "atWake" | "whenConnected") => {
    const value = fields[key];
    return typeof value === "boolean" ? value : SDR_DEFAULTS[key];
  };
  const keys = fields["screenKeys"];
  return {
    atClose: flag("atClose"),
    atSleep: flag("atSleep"),
    atWake: flag("atWake"),
    whenConnected: flag("whenConnected"),
    everyHours: numberIn(fields, "everyHours", 0, 168, SDR_DEFAULTS.everyHours),
    batteryFloor: numberIn(fields, "batteryFloor", 0, 100, SDR_DEFAULTS.batteryFloor),
    screenKeys: typeof keys === "object" ? (keys as unknown[]).filter(key => typeof key === "string") : [],
  };
}
