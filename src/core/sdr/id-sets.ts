/** The field of `links` that says whether two books are one. */
export function linkName(a: string, b: string): string {
  const [first, second] = a < b ? [a, b] : [b, a];
  return `link.${first.slice(4)}.${second.slice(4)}`;
}

/** Sets of ids that grow together, except where the reader keeps two of them apart. */
export class IdSets {
  private readonly members: Record<string, string[]> = {};

  constructor(private readonly apart: Readonly<Record<string, true>>) {}

  of(id: string): string[] {
    let members = this.members[id];
    if (members === undefined) {
      members = [id];
      this.members[id] = members;
    }
    return members;
  }

  unite(a: string, b: string): void {
    const one = this.of(a);
    const other = this.of(b);
    if (one === other || this.keepsApart(one, other)) return;
    const all = one.concat(other);
    for (const id of all) this.members[id] = all;
  }

  /** All of them are one already. */
  areOne(ids: readonly string[]): boolean {
    const [first] = ids;
    return first === undefined || ids.every(id => this.of(id) === this.of(first));
  }

  private keepsApart(one: readonly string[], other: readonly string[]): boolean {
    return one.some(a => other.some(b => this.apart[linkName(a, b)] === true));
  }
}
