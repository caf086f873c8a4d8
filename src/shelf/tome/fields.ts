/** Where a value stood in a request: `["body", "hashes", 0]`. */
export type Location = readonly (string | number)[];

/** Why a value was not accepted, in the form of Pydantic 2, which Tome 2.3 answers with. */
export interface Issue {
  readonly type: string;
  readonly loc: Location;
  readonly msg: string;
  readonly input: unknown;
}

export type Reading<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly issues: Issue[] };

/** An object and not a function, because TypeScript infers nothing from a call that makes a function. */
export interface Field<T> {
  /** Reads one value; `undefined` stands for an absent one, and `whole` is what it was looked for in. */
  readonly read: (value: unknown, loc: Location, whole: unknown) => Reading<T>;
}

export type Fields = Readonly<Record<string, Field<unknown>>>;
export type Values<F extends Fields> = { readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never };

/** The type of an issue that Tome 2.3 does not notice: the value passes, and its database then chokes on it. */
export const UNSTORABLE = "unstorable";

const MOST_ISSUES = 1000;

export function accept<T>(value: T): Reading<T> {
  return { ok: true, value };
}

export function reject<T>(type: string, msg: string, loc: Location, input: unknown): Reading<T> {
  return { ok: false, issues: [{ type, loc, msg, input }] };
}

export function missing<T>(loc: Location, whole: unknown): Reading<T> {
  return reject("missing", "Field required", loc, whole);
}

/** Adds to what is wrong, up to a bound: a list of a million mistakes is not answered with a million reasons. */
export function addIssues(issues: Issue[], more: readonly Issue[]): void {
  for (const issue of more.slice(0, MOST_ISSUES - issues.length)) issues.push(issue);
}

/** A field that must be there. */
export function required<T>(field: Field<T>): Field<T> {
  return { read: (value, loc, whole) => (value === undefined ? missing(loc, whole) : field.read(value, loc, whole)) };
}

/** A field that may be absent or null; both read as null. */
export function optional<T>(field: Field<T>): Field<T | null> {
  return {
    read: (value, loc, whole) => (value === undefined || value === null ? accept(null) : field.read(value, loc, whole)),
  };
}

/** A field that may be absent, but not null. */
export function orElse<T>(missing: T, field: Field<T>): Field<T> {
  return { read: (value, loc, whole) => (value === undefined ? accept(missing) : field.read(value, loc, whole)) };
}

/** A field whose absence says something else than null: absent reads as undefined. */
export function maybe<T>(field: Field<T>): Field<T | null | undefined> {
  return {
    read: (value, loc, whole) => (value === undefined ? accept(undefined) : optional(field).read(value, loc, whole)),
  };
}

/** An object with fields of its own; others in it are passed over. */
export function object<F extends Fields>(fields: F): Field<Values<F>> {
  return {
    read: (value, loc) =>
      typeof value === "object" && value !== null && !Array.isArray(value)
        ? readEach(fields, value, loc, value)
        : reject("model_attributes_type", "Input should be a valid dictionary or object", loc, value),
  };
}

/** Reads several fields and gathers what is wrong with any of them. */
export function readAll<F extends Fields>(fields: F, source: object, place: string): Reading<Values<F>> {
  // Pydantic shows what a key is missing from only where that is a body.
  return readEach(fields, source, [place], place === "body" ? source : null);
}

function readEach<F extends Fields>(fields: F, source: object, loc: Location, whole: unknown): Reading<Values<F>> {
  const values: Record<string, unknown> = {};
  const issues: Issue[] = [];
  for (const [name, field] of Object.entries(fields)) {
    const value: unknown = Object.hasOwn(source, name) ? source[name as keyof typeof source] : undefined;
    const reading = field.read(value, [...loc, name], whole);
    if (reading.ok) values[name] = reading.value;
    else addIssues(issues, reading.issues);
  }
  return issues.length === 0 ? accept(values as Values<F>) : { ok: false, issues };
}
