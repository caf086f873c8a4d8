/** The event loop: what waits, what is shown, and how events travel. */
declare namespace KOReader {
  /** What `Event:new` makes: `handler` is "on" and the event's name. */
  interface Event {
    readonly handler: string;
    readonly args: EventArguments;
  }

  interface EventArguments {
    readonly n: number;
    readonly [index: number]: unknown;
  }

  interface EventClass {
    "new"(name: string, ...args: unknown[]): Event;
  }

  /** `"ui"` for dialogs, `"partial"` for page content, `"full"` flashes the screen. */
  type RefreshType = "full" | "partial" | "ui" | "fast" | "flashui" | "flashpartial";

  interface UIManager {
    show(widget: Widget, refreshType?: RefreshType): void;
    close(widget: Widget, refreshType?: RefreshType): void;
    isWidgetShown(widget: Widget): boolean;
    getTopmostVisibleWidget(): Widget | undefined;

    /** The deadline stands on the monotonic clock, which stops while the device is suspended. */
    scheduleIn(seconds: number, action: Task, ...args: unknown[]): void;
    nextTick(action: Task, ...args: unknown[]): void;
    /** Returns the wrapper that `unschedule` needs. */
    tickAfterNext(action: Task, ...args: unknown[]): Task;
    /** Removes every entry with this function; tells whether there was one. */
    unschedule(action: Task): boolean;
    /** The monotonic time of this tick. */
    getTime(): Fts;
    /** Includes time in suspend on Kobo and Kindle only. */
    getElapsedTimeSinceBoot(): Fts;

    /** To every window, whatever handlers return. The result exists since v2026.07. */
    broadcastEvent(event: Event): boolean | void;
    /** To toasts and the top window, until one handler returns true. */
    sendEvent(event: Event): boolean | void;

    setDirty(widget: Widget | "all" | undefined, refreshType?: RefreshType): void;
    forceRePaint(): void;
    /** Counted; holds off standby, not suspend. */
    preventStandby(): void;
    allowStandby(): void;
    flushSettings(): void;
    suspend(): void;
    askForRestart(text?: string): void;
    restartKOReader(): void;
    quit(exitCode?: number): void;
  }

  type Task = (this: void, ...args: never[]) => void;

  /** Microseconds, as `ui/time` counts: never add plain numbers to it. */
  type Fts = number & { readonly unit: "fts" };

  interface Time {
    s(this: void, seconds: number): Fts;
    ms(this: void, milliseconds: number): Fts;
    us(this: void, microseconds: number): Fts;
    to_s(this: void, time: Fts): number;
    to_ms(this: void, time: Fts): number;
    to_us(this: void, time: Fts): number;
    to_number(this: void, time: Fts): number;
    now(this: void): Fts;
    since(this: void, start: Fts): Fts;
    monotonic(this: void): Fts;
    realtime(this: void): Fts;
    boottime_or_realtime_coarse(this: void): Fts;
  }
}

declare module "ui/uimanager" {
  const module: KOReader.UIManager;
  export = module;
}

declare module "ui/event" {
  const module: KOReader.EventClass;
  export = module;
}

declare module "ui/time" {
  const module: KOReader.Time;
  export = module;
}

declare namespace KOReader {
  /** What plugins share: an empty table at first. */
  interface PluginShare {
    /** AutoSuspend neither suspends nor switches off while this is true. */
    pause_auto_suspend?: boolean;
  }
}

declare module "pluginshare" {
  const module: KOReader.PluginShare;
  export = module;
}
