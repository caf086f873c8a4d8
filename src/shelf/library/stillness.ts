interface Sighting {
  readonly look: string;
  readonly sinceMs: number;
}

/** Tells files that are still being copied from those that are complete: these look the same for a while. */
export class Stillness {
  private readonly sightings = new Map<string, Sighting>();

  /** @param stillMs how long a file must look the same, in milliseconds */
  constructor(
    private readonly stillMs: number,
    private readonly nowMs: () => number = () => performance.now(),
  ) {}

  /** @param look what a file looks like from outside; it changes when the file is written */
  isStill(path: string, look: string): boolean {
    const before = this.sightings.get(path);
    if (before?.look !== look) {
      this.sightings.set(path, { look, sinceMs: this.nowMs() });
      return false;
    }
    if (this.nowMs() - before.sinceMs < this.stillMs) return false;
    this.sightings.delete(path);
    return true;
  }
}
