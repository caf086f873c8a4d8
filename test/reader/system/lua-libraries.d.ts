/** Libraries of Debian's that only the stand-in reader loads. */

declare module "lfs" {
  const module: Lfs.Module;
  export = module;
}

/** What the program was started with. */
declare const arg: string[];
