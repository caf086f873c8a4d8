/** What specs and their support use of Debian's Lua packages. */

declare module "busted" {
  namespace busted {
    /** A file, describe or it while it runs. */
    interface Element {
      descriptor: string;
      name?: string;
      /** Where it is defined; a file has none. */
      trace?: Trace;
    }
    interface Trace {
      short_src?: string;
      currentline?: number;
      traceback?: string;
    }
    type Status = "success" | "pending" | "failure" | "error";
    /** Mediators go on to the next subscriber when the second value is true. */
    type Answer = LuaMultiReturn<[undefined, true]>;
    type Hear = (this: void, element: Element, parent?: Element, message?: unknown, trace?: Trace) => Answer;
    type HearEnd = (this: void, element: Element, parent: Element, status: Status) => Answer;

    function subscribe(this: void, channel: ["failure"] | ["error"], hear: Hear): void;
    function subscribe(this: void, channel: ["test", "end"], hear: HearEnd): void;
    function subscribe(this: void, channel: ["suite", "end"], hear: (this: void) => Answer): void;
    function parent(this: void, element: Element): Element | undefined;
  }
  export = busted;
}

declare module "busted.outputHandlers.base" {
  function createBase(this: void): object;
  export = createBase;
}

declare module "cjson" {
  interface Cjson {
    /** JSON's null: a userdata, true in a condition. */
    readonly null: unknown;
    encode(this: void, value: unknown): string;
    decode(this: void, text: string): unknown;
  }
  const cjson: Cjson;
  export = cjson;
}
