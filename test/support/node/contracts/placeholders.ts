const BOUND = /^<([a-z ]+)#\d+>$/;
const CREDENTIAL = /<(?:plugin key|jwt|personal token)(?:: [\w-]+)?>/g;
const NAMED = /<[a-z ]+#\d+>|<origin>/g;
const WALL = /<wall([+-]\d+)?>/g;
const FOUR_MINUTES_MS = 240_000;

const SHAPES: Readonly<Record<string, (value: unknown, now: number) => boolean>> = {
  "<iso-utc>": value => typeof value === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/.test(value),
  "<iso-utc-no-z>": value => typeof value === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?$/.test(value),
  "<epoch>": (value, now) => Number.isInteger(value) && Math.abs(Number(value) * 1000 - now) < FOUR_MINUTES_MS,
  "<id>": value => Number.isInteger(value),
  "<key preview>": value => typeof value === "string",
  "<http-date>": value => typeof value === "string" && !Number.isNaN(Date.parse(value)),
};

/** What stands for the words in angle brackets in a recording. */
export class Placeholders {
  private readonly bound = new Map<string, unknown>();

  /**
   * @param credentials whole placeholders, such as `<plugin key>`, and what is sent for them
   * @param now the server's clock, in milliseconds: it need not go as fast as this machine's
   */
  constructor(
    private readonly credentials: ReadonlyMap<string, string>,
    private readonly now: () => number = Date.now,
  ) {}

  /** Says what a placeholder stands for. */
  bind(placeholder: string, value: string): void {
    this.bound.set(placeholder, value);
  }

  /** Puts real values into a text that will be sent. Throws on a placeholder that nothing was bound to. */
  fill(text: string): string {
    return text
      .replace(CREDENTIAL, found => this.known(this.credentials, found))
      .replace(WALL, (_, seconds: string | undefined) => wallClock(this.now() + Number(seconds ?? 0) * 1000))
      .replace(NAMED, found => String(this.known(this.bound, found)));
  }

  /** Whether a value is what a recorded one stands for; undefined when the recorded one stands for itself. */
  matches(recorded: string, value: unknown): boolean | undefined {
    if (BOUND.test(recorded)) {
      if (!this.bound.has(recorded)) this.bound.set(recorded, value);
      return this.bound.get(recorded) === value && value !== null && value !== undefined;
    }
    const wall = /^<wall([+-]\d+)?>$/.exec(recorded);
    if (wall) return Math.abs(Date.parse(String(value)) - this.now() - Number(wall[1] ?? 0) * 1000) < FOUR_MINUTES_MS;
    return SHAPES[recorded]?.(value, this.now());
  }

  private known<T>(values: ReadonlyMap<string, T>, placeholder: string): T {
    const value = values.get(placeholder);
    if (value === undefined) throw new Error(`nothing is known for ${placeholder}`);
    return value;
  }
}

/** The clock on the wall of the server: local time. */
function wallClock(milliseconds: number): string {
  const local = new Date(milliseconds - new Date(milliseconds).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 19).replace("T", " ");
}
