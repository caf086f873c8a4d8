/** What KOReader's LuaJIT has and Debian's lacks. Imported first. */
const lists = table as unknown as Record<string, unknown>;

lists["pack"] = (...values: unknown[]): object => {
  const count = select("#", ...values) as number;
  return Object.assign(values, { n: count });
};
lists["unpack"] = unpack;

export {};
