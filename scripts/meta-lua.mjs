// @ts-check
// _meta.lua: what KOReader's list of plugins shows, also of one that is switched off.
import { luaString } from "./lua-text.mjs";

/** One of the texts of the catalogue. */
export const DESCRIPTION = "Keeps your place and your reading sessions in step with your library server.";

/**
 * KOReader runs it before main.lua, so it brings its few words itself.
 * @param {string} version
 * @param {ReadonlyMap<string, string>} descriptions by language
 */
export const metaLua = (version, descriptions) =>
  [
    'local _ = require("gettext")',
    'local language = type(_) == "table" and _.current_lang or "C"',
    "local descriptions = {",
    ...[...descriptions].map(([language, words]) => `    [${luaString(language)}] = ${luaString(words)},`),
    "}",
    "return {",
    '    fullname = "Ribbon",',
    '    description = descriptions[language] or descriptions[language:match("^%a+")]',
    `        or _(${luaString(DESCRIPTION)}),`,
    `    version = ${luaString(version)},`,
    "}",
    "",
  ].join("\n");
