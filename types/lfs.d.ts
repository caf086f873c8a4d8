/** LuaFileSystem, under KOReader's name. */
declare namespace Lfs {
  interface Attributes {
    readonly mode: string;
    readonly size: number;
    readonly modification: number;
    readonly dev: number;
    readonly ino: number;
  }

  interface Module {
    attributes(this: void, path: string): LuaMultiReturn<[Attributes] | [undefined, string]>;
    attributes(this: void, path: string, name: "mode"): string | undefined;
    attributes(this: void, path: string, name: "size" | "modification" | "dev" | "ino"): number | undefined;
    /** Throws when there is no such folder. */
    dir(this: void, path: string): LuaIterable<string>;
    mkdir(this: void, path: string): LuaMultiReturn<[true] | [undefined, string]>;
    rmdir(this: void, path: string): LuaMultiReturn<[true] | [undefined, string]>;
    touch(
      this: void,
      path: string,
      access?: number,
      modification?: number,
    ): LuaMultiReturn<[true] | [undefined, string]>;
    currentdir(this: void): string;
  }
}

declare module "libs/libkoreader-lfs" {
  const module: Lfs.Module;
  export = module;
}
