/** Look-alikes of KOReader's widgets: they record what they show, and a text on them can be tapped. */
import { handleOwn } from "../loop/events";
import { uiManager } from "../loop/ui-manager";
import type { Window } from "../loop/windows";
import { timed } from "../system/journal";

/** The class of a widget: its fields are what the plugin gives, its methods come from here. */
export function widgetClass<Fields extends object, Methods extends object>(
  methods: Methods & ThisType<Fields & Methods & Window>,
): KOReader.WidgetClass<Fields, Fields & Methods & Window> {
  const prototype = setmetatable(methods, { __index: BASE });
  return {
    new(fields) {
      const widget = setmetatable(fields, { __index: prototype }) as Fields & Methods & Window & { init?(): void };
      widget.init?.();
      return widget;
    },
  };
}

const BASE = {
  handleEvent(this: object, event: KOReader.Event): boolean | undefined {
    return handleOwn(this, event);
  },
};

/** Runs what the plugin hung on a widget; an error in it is not caught, as in KOReader. */
export function runCallback(what: string, callback: ((this: void) => void) | undefined): void {
  if (callback !== undefined) timed(what, () => callback());
}

/** Closes a window after so many seconds; returns what `CloseWidget` must call. */
export function closeIn(seconds: number | undefined, window: Window): KOReader.Task | undefined {
  if (seconds === undefined) return undefined;
  const close: KOReader.Task = () => uiManager.close(window);
  uiManager.scheduleIn(seconds, close);
  return close;
}

/** A window that goes by itself: `CloseWidget` must stop its timer. */
export interface Timed {
  timer?: KOReader.Task | undefined;
}

export function startTimer(window: Window & Timed, seconds: number | undefined): void {
  window.timer = closeIn(seconds, window);
}

export function stopTimer(window: Timed): void {
  if (window.timer !== undefined) uiManager.unschedule(window.timer);
  window.timer = undefined;
}
