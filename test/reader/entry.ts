/**
 * The stand-in reader: a headless look-alike of KOReader that loads a built plugin and obeys a hand.
 * One argument, JSON; then one command a line on standard input, one answer a line on standard output.
 */
import "./system/lua-patches";
import { chooseLoader, type LoaderRules } from "./apps/plugin-loader";
import { screens } from "./apps/screens";
import { type DeviceKind, chooseDevice, chooseStorage } from "./device/device";
import { startNetwork } from "./device/network";
import { radio } from "./device/radio";
import { changeLang } from "./data/get-text";
import { decode } from "./data/json-decode";
import { setPages } from "./documents/open-document";
import { LineChannel } from "./hand/line-channel";
import { Session, storedTime } from "./hand/session";
import { turnLoop } from "./loop/ui-manager";
import { registerModules } from "./modules";
import { dataStorage, makeFolders } from "./settings/data-storage";
import { luaSettings } from "./settings/lua-settings";
import { installClock, startFakeClock, startRealClock } from "./system/clock";
import { libc } from "./system/libc";
import { basename, isFolder, joinPath } from "./system/paths";
import { onFork } from "./system/real-worker";
import { seedRandom } from "./system/small-modules";
import { watchSockets } from "./system/sockets";

interface Options {
  /** KOReader's folder on the device: settings, plugins, books. */
  readonly dataDir: string;
  /** Built plugin folders, linked into `plugins/`. */
  readonly plugins: string[];
  readonly device: DeviceKind;
  readonly clock: "fake" | "real";
  /** Seconds since 1970 for a fake clock; else where the last run ended. */
  readonly now?: number;
  readonly wifi?: boolean;
  /** How many pages a reflowable book has. */
  readonly pages?: number;
  /** Whose rules for plugins hold; today's. */
  readonly loader?: LoaderRules;
  /** False: the device's file system cannot keep a write-ahead log. */
  readonly wal?: boolean;
  /** Put into KOReader's own settings before it starts. */
  readonly settings?: Record<string, unknown>;
}

/** KOReader's search path, before its plugins add to it. */
const PATH = "common/?.lua;frontend/?.lua;plugins/exporter.koplugin/?.lua;";

function enterDataFolder(options: Options): void {
  os.execute(`mkdir -p '${options.dataDir}'`);
  libc.chdir(options.dataDir);
  makeFolders();
  for (const plugin of options.plugins) {
    const link = joinPath("./plugins", basename(plugin));
    if (!isFolder(link)) os.execute(`ln -sfn '${plugin}' '${link}'`);
  }
}

function startClock(options: Options): void {
  if (options.clock === "real") startRealClock();
  else startFakeClock(options.now ?? storedTime());
  installClock();
  seedRandom();
}

function readSettings(options: Options): void {
  const settings = luaSettings.open(joinPath(dataStorage.getDataDir(), "settings.reader.lua"));
  _G["G_reader_settings" as never] = settings as never;
  if (settings.hasNot("wifi_was_on")) settings.saveSetting("wifi_was_on", options.wifi !== false);
  for (const [key, value] of Object.entries(options.settings ?? {})) settings.saveSetting(key, value);
  changeLang(settings.readSetting("language"));
}

/** A plugin must find KOReader's modules and nothing of the stand-in's. */
function hideStandIn(): void {
  const { loaded } = _G.package;
  for (const name of Object.keys(loaded)) {
    if (name === "lualib_bundle" || string.sub(name, 1, 12) === "test.reader.") loaded[name] = undefined;
  }
  const [, ownPath] = string.match(_G.package.path, "^([^;]*);(.*)$");
  _G.package.path = PATH + (ownPath ?? "");
}

function start(options: Options): number {
  const channel = new LineChannel();
  onFork(() => channel.close());
  enterDataFolder(options);
  startClock(options);
  readSettings(options);
  chooseDevice(options.device);
  if (options.pages !== undefined) setPages(options.pages);
  if (options.loader !== undefined) chooseLoader(options.loader);
  chooseStorage({ wal: options.wal !== false });
  if (options.wifi === false) radio.switchOff();
  watchSockets(() => radio.isConnected());
  registerModules();
  hideStandIn();
  screens.showFiles("./books");
  startNetwork();
  turnLoop();
  return new Session(channel).run();
}

const [options, problem] = decode(arg[0] ?? "");
if (problem !== undefined) error(tostring(problem));
os.exit(start(options as Options), true);
