import cjson = require("cjson");

/** A null pointer, as in `rapidjson`: every JSON library in the process has the same one. */
export const jsonNull = (cjson as unknown as { readonly null: KOReader.JsonNull }).null;
