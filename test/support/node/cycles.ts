/** The first way found from a module back to itself, such as ["a", "b", "a"]. */
export function findCycle(uses: ReadonlyMap<string, Iterable<string>>): string[] | undefined {
  const done = new Set<string>();
  const follow = (module: string, trail: readonly string[]): string[] | undefined => {
    const start = trail.indexOf(module);
    if (start >= 0) return [...trail.slice(start), module];
    if (done.has(module)) return undefined;
    for (const used of uses.get(module) ?? []) {
      const cycle = follow(used, [...trail, module]);
      if (cycle !== undefined) return cycle;
    }
    done.add(module);
    return undefined;
  };
  for (const module of uses.keys()) {
    const cycle = follow(module, []);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}
