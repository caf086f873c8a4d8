import DataStorage = require("datastorage");
import Device = require("device");
import KoVersion = require("version");
import NetworkMgr = require("ui/network/manager");
import ffiUtil = require("ffi/util");
import socket = require("socket");
import ssl = require("ssl");

/** What of a device may be posted. Bytes; what is not known is absent. */
export interface DeviceFacts {
  readonly koreader: string;
  readonly model: string;
  readonly platform: string;
  readonly screen: string;
  /** "LuaJIT 2.1…, Linux, arm" */
  readonly lua: string;
  readonly libraries: string;
  readonly freeBytes?: number;
  readonly totalBytes?: number;
  readonly canUseWal: boolean;
  readonly language: string;
  readonly isConnected: boolean;
  readonly battery?: number;
  /** Which of the bundles in the plugin's folder runs: "installed", or the name of the folder below it. */
  readonly bundle: string;
  /** The plugin's folder, with a slash at its end. */
  readonly folder: string;
}

export function deviceFacts(): DeviceFacts {
  const folder = ownFolder();
  return {
    koreader: KoVersion.getCurrentRevision() ?? "unknown",
    model: Device.model ?? "unknown",
    platform: platform(),
    screen: `${Device.screen.getWidth()} x ${Device.screen.getHeight()}`,
    lua: `${jit.version}, ${jit.os}, ${jit.arch}`,
    libraries: `LuaSocket ${versionIn(socket._VERSION)}, LuaSec ${versionIn(ssl._VERSION)}`,
    ...room(),
    canUseWal: Device.canUseWAL(),
    language: tostring(G_reader_settings.readSetting("language") ?? "the system's"),
    isConnected: NetworkMgr.isConnected(),
    battery: Device.getPowerDevice().getCapacity(),
    bundle: bundleOf(folder),
    folder,
  };
}

/** As KOReader was told where the plugin is; the file of a part lies where its bundle lies. */
function ownFolder(): string {
  const [folder] = string.match(debug.getinfo(1, "S")?.source ?? "", "^@(.*/)");
  return folder ?? "./";
}

function bundleOf(folder: string): string {
  const [below] = string.match(folder, "ribbon%.koplugin/(.+)/$");
  return below ?? "installed";
}

const KINDS = {
  Kobo: () => Device.isKobo(),
  Kindle: () => Device.isKindle(),
  Cervantes: () => Device.isCervantes(),
  reMarkable: () => Device.isRemarkable(),
  PocketBook: () => Device.isPocketBook(),
  Android: () => Device.isAndroid(),
  emulator: () => Device.isEmulator(),
  desktop: () => Device.isDesktop(),
} as const;

function platform(): string {
  const found: string[] = [];
  for (const [name, is] of pairs(KINDS)) if (is()) found.push(name);
  return found.length === 0 ? "another" : found.join(", ");
}

/** "LuaSocket 3.1.0" says its own name too. */
const versionIn = (said: string): string => string.match(said, "%d[%w.-]*")[0] ?? said;

/** Some versions of Android lack the call, and it fails. */
function room(): Pick<DeviceFacts, "freeBytes" | "totalBytes"> {
  let found: Pick<DeviceFacts, "freeBytes" | "totalBytes"> = {};
  pcall(() => {
    const [total, free, available] = ffiUtil.df(DataStorage.getDataDir());
    if (total !== undefined) found = { totalBytes: tonumber(total) ?? 0, freeBytes: tonumber(available ?? free) ?? 0 };
  });
  return found;
}

/** Folders whose names may say whose device it is. */
export function placesOfDevice(): string[] {
  const home: unknown = G_reader_settings.readSetting("home_dir");
  return [DataStorage.getFullDataDir(), typeof home === "string" ? home : ""];
}
