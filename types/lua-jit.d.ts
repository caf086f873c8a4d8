/** What lua-types leaves out of LuaJIT. */
declare module "ffi" {
  const module: Ffi.Module;
  export = module;
}

declare namespace Ffi {
  type CData = { readonly cdata: unique symbol };
  type Pointer = CData;

  /** An `int[n]` and its like: indexed from 0, as in C. */
  interface Cells {
    get(index: number): number;
  }

  /** Symbols of a C library, declared by `cdef`. */
  type Library = Record<string, (this: void, ...args: unknown[]) => number>;

  interface Module {
    cdef(this: void, declarations: string): void;
    readonly C: Library;
    load(this: void, name: string): Library;
    "new"(this: void, type: string, ...init: unknown[]): CData;
    cast(this: void, type: string, value: unknown): CData;
    string(this: void, pointer: unknown, length?: number): string;
    errno(this: void): number;
    istype(this: void, type: string, value: unknown): boolean;
  }
}

/** TypeScriptToLua refuses the global `bit`: import the module under another name. */
declare module "bit" {
  const module: typeof bit;
  export = module;
}

declare namespace table {
  /** Patched into KOReader's LuaJIT. */
  function pack<Item>(...items: Item[]): { n: number; [index: number]: Item };
  function unpack<Item>(list: ArrayLike<Item>, from?: number, to?: number): LuaMultiReturn<Item[]>;
}

/** LuaJIT's own way to write data down and read it again, strings of any bytes among them: data only, never code. KOReader needs it since 2021. */
declare module "string.buffer" {
  const module: StringBuffer;
  export = module;
}

interface StringBuffer {
  /** An error where the value holds a function, or a table within itself. */
  encode(this: void, value: unknown): string;
  /** An error where the text is not whole. */
  decode(this: void, text: string): unknown;
}

/** LuaJIT: with -1 it rests first until there is as much more as its pause says. */
declare function collectgarbage(opt: "restart", pause: -1): void;
