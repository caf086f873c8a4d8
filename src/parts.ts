/**
 * The parts of the plugin that load on first use. The build puts each of these modules, with whatever only it needs, into
 * a file of its own beside the bundle (scripts/build.mjs reads this table).
 */
interface Parts {
  readonly "app/errand-work": typeof import("./app/errand-work");
  readonly "app/exchange": typeof import("./app/exchange");
  readonly "app/inbox-watch": typeof import("./app/inbox-watch");
  readonly "app/leaving": typeof import("./app/leaving");
  readonly "app/library-work": typeof import("./app/library-work");
  readonly "app/launch": typeof import("./app/launch");
  readonly "app/loan": typeof import("./app/loan");
  readonly "app/perform": typeof import("./app/perform");
  readonly "app/sdr-errand": typeof import("./app/sdr-errand");
  readonly "app/sdr-work": typeof import("./app/sdr-work");
  readonly "app/screen-work": typeof import("./app/screen-work");
  readonly "app/update-job": typeof import("./app/update-job");
  readonly "app/update-work": typeof import("./app/update-work");
  readonly "app/upkeep-work": typeof import("./app/upkeep-work");
  readonly "app/watching": typeof import("./app/watching");
  readonly "koreader/log-file": typeof import("./koreader/log-file");
  readonly "koreader/neighbours": typeof import("./koreader/neighbours");
  readonly "koreader/store/journal-store": typeof import("./koreader/store/journal-store");
  readonly "koreader/store/alike": typeof import("./koreader/store/alike");
  readonly "koreader/store/link-store": typeof import("./koreader/store/link-store");
  readonly "koreader/store/migrations": typeof import("./koreader/store/migrations");
  readonly "koreader/store/salvage": typeof import("./koreader/store/salvage");
  readonly "koreader/store/waiting-store": typeof import("./koreader/store/waiting-store");
  readonly "koreader/workers": typeof import("./koreader/workers");
  readonly "ui/catalogue": typeof import("./ui/catalogue");
  readonly timings: typeof import("./timings");
  readonly "ui/download-settings": typeof import("./ui/download-settings");
  readonly "ui/downloads": typeof import("./ui/downloads");
  readonly "ui/library": typeof import("./ui/library");
  readonly "ui/menu": typeof import("./ui/menu");
  readonly "ui/messages": typeof import("./ui/messages");
  readonly "ui/sdr": typeof import("./ui/sdr");
  readonly "ui/updates": typeof import("./ui/updates");
  readonly "ui/upkeep": typeof import("./ui/upkeep");
}

/** The bundle's own loader, which knows which file a module of ours is in. */
declare function require(this: void, name: string): unknown;

/** Loads a part the first time it is asked for. */
export function part<Name extends keyof Parts>(name: Name): Parts[Name] {
  const [dotted] = string.gsub(name, "/", ".");
  return require(`src.${dotted}`) as Parts[Name];
}
