// @ts-check

/** A literal of Lua with this text. @param {string} text */
export const luaString = text =>
  `"${text.replace(/[\\"]/g, "\\$&").replace(/[\0-\x1f\x7f]/g, char => `\\${String(char.charCodeAt(0)).padStart(3, "0")}`)}"`;
