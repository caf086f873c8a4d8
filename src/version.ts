/** The version of package.json: the build puts it in. */
export const VERSION = "@VERSION@";
