/**
 * Where KOReader keeps its data on each kind of device, so that its plugins are in `plugins` below (KOReader's
 * `datastorage.lua` and the scripts in its `platform` folder). A folder that begins with `$` is filled in by the device's shell.
 */
interface Layout {
  readonly name: string;
  /** As the device itself sees it. */
  readonly onDevice: readonly string[];
  /** Below the disk that a computer sees when the device hangs on its cable. */
  readonly onDisk: readonly string[];
  /** What else lies on that disk and tells it from others: one of these is enough. */
  readonly marks: readonly string[];
  /** KOReader's start script starts it again when it was ended (`koreader.sh` of the platform). */
  readonly startsAgain: boolean;
}

const LAYOUTS = {
  kobo: {
    name: "Kobo",
    onDevice: ["/mnt/onboard/.adds/koreader"],
    onDisk: [".adds/koreader"],
    marks: [".kobo", ".adds"],
    startsAgain: true,
  },
  android: {
    name: "Android",
    onDevice: ["$EXTERNAL_STORAGE/koreader", "/storage/emulated/0/koreader", "/sdcard/koreader"],
    onDisk: ["koreader"],
    marks: ["Android"],
    startsAgain: false,
  },
  kindle: {
    name: "Kindle",
    onDevice: ["/mnt/us/koreader"],
    onDisk: ["koreader"],
    marks: ["system", "documents"],
    startsAgain: false,
  },
  pocketbook: {
    name: "PocketBook",
    onDevice: ["/mnt/ext1/applications/koreader", "/mnt/ext2/applications/koreader"],
    onDisk: ["applications/koreader"],
    marks: ["applications"],
    startsAgain: false,
  },
  remarkable: {
    name: "reMarkable",
    onDevice: ["/home/root/koreader", "/opt/koreader"],
    onDisk: [],
    marks: [],
    startsAgain: true,
  },
  cervantes: {
    name: "Cervantes",
    onDevice: ["/mnt/private/koreader"],
    onDisk: [],
    marks: [],
    startsAgain: true,
  },
  desktop: {
    name: "desktop",
    onDevice: [
      "$XDG_CONFIG_HOME/koreader",
      "$HOME/.config/koreader",
      "$HOME/Library/Application Support/koreader",
      "$HOME/.var/app/rocks.koreader.KOReader/config/koreader",
    ],
    onDisk: [],
    marks: [],
    startsAgain: false,
  },
} as const satisfies Record<string, Layout>;

export type DeviceKind = keyof typeof LAYOUTS;

/** Found by a KOReader that runs, by `KO_HOME`, or named with `--folder`. */
export type PlaceKind = DeviceKind | "other";

export const DEVICE_KINDS = Object.keys(LAYOUTS) as DeviceKind[];

export function isDeviceKind(word: string): word is DeviceKind {
  return Object.hasOwn(LAYOUTS, word);
}

export function layoutOf(kind: DeviceKind): Layout {
  return LAYOUTS[kind];
}

/** "Kobo"; a folder that is no device's is KOReader's all the same. */
export function nameOf(kind: PlaceKind): string {
  return kind === "other" ? "KOReader" : LAYOUTS[kind].name;
}
