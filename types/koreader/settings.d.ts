/** What KOReader keeps: settings files, folders, its version, its actions. */
declare namespace KOReader {
  interface LuaSettings {
    readonly file?: string | undefined;
    /** The live table: a change is a change of the settings. */
    data: Record<string, unknown>;
    /** A truthy default is stored, and the live reference returned. */
    readSetting(key: string, fallback?: unknown): unknown;
    saveSetting(key: string, value: unknown): LuaSettings;
    delSetting(key: string): LuaSettings;
    has(key: string): boolean;
    hasNot(key: string): boolean;
    isTrue(key: string): boolean;
    isFalse(key: string): boolean;
    nilOrTrue(key: string): boolean;
    nilOrFalse(key: string): boolean;
    makeTrue(key: string): LuaSettings;
    makeFalse(key: string): LuaSettings;
    flipTrue(key: string): LuaSettings;
    flipNilOrTrue(key: string): LuaSettings;
    flipNilOrFalse(key: string): LuaSettings;
    /** Renames the file to `.old` when it is older than a minute, then rewrites it. */
    flush(): unknown;
  }

  interface LuaSettingsModule {
    open(file: string): LuaSettings;
  }

  interface DataStorage {
    /** "." on Kobo and Kindle. */
    getDataDir(): string;
    getFullDataDir(): string;
    getSettingsDir(): string;
    getDocSettingsDir(): string;
    getDocSettingsHashDir(): string;
    getHistoryDir(): string;
  }

  interface Version {
    getCurrentRevision(): string | undefined;
    /** 202504000000 for v2025.04, and the commit. */
    getNormalizedCurrentVersion(): LuaMultiReturn<[number | undefined, string | undefined]>;
    getShortVersion(): string;
  }

  interface Dispatcher {
    /** The first registration of an id stays for the process's life. */
    registerAction(id: string, action: Action): boolean;
    removeAction(id: string): void;
  }

  interface Action {
    readonly category: "none" | "arg" | "absolutenumber" | "incrementalnumber" | "string";
    readonly event: string;
    readonly title: string;
    readonly arg?: unknown;
    readonly args?: readonly unknown[];
    readonly toggle?: readonly string[];
    readonly general?: boolean;
    readonly device?: boolean;
    readonly screen?: boolean;
    readonly filemanager?: boolean;
    readonly reader?: boolean;
    readonly separator?: boolean;
    readonly condition?: boolean;
  }
}

/** `settings.reader.lua`. */
declare const G_reader_settings: KOReader.LuaSettings;

declare module "luasettings" {
  const module: KOReader.LuaSettingsModule;
  export = module;
}

declare module "datastorage" {
  const module: KOReader.DataStorage;
  export = module;
}

declare module "version" {
  const module: KOReader.Version;
  export = module;
}

declare module "dispatcher" {
  const module: KOReader.Dispatcher;
  export = module;
}
