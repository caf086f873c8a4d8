import { accept, addIssues, reject, UNSTORABLE, type Field, type Issue, type Location, type Reading } from "./fields";

// Tome 2.3 reads leniently: text that spells a number is one, and so are true and false.
const INTEGER_TEXT = /^\s*[+-]?\d+(?:_\d+)*(?:\.0+)?\s*$/;
const NUMBER_TEXT = /^\s*[+-]?(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:e[+-]?\d+)?\s*$/i;
const SPECIAL_TEXT = /^\s*(?:([+-]?)(?:inf|infinity)|[+-]?nan)\s*$/i;
const LONE_SURROGATE = /\p{Surrogate}/u;
const SIXTY_THREE_BITS = 2 ** 63;

/** Any text that a database can hold. */
export const text: Field<string> = {
  read: (value, loc) => {
    if (typeof value !== "string") return reject("string_type", "Input should be a valid string", loc, value);
    if (LONE_SURROGATE.test(value)) return reject(UNSTORABLE, "Lone surrogate", loc, value);
    return accept(value);
  },
};

/** A text, or a number that stands for one: old KOSync clients send pages so. */
export const textOrNumber: Field<string> = {
  read: (value, loc, whole) => text.read(typeof value === "number" ? String(value) : value, loc, whole),
};

/** A text of so many characters or fewer. */
export function atMost(longest: number, field: Field<string>): Field<string> {
  return {
    read: (value, loc, whole) => {
      const reading = field.read(value, loc, whole);
      return reading.ok && Array.from(reading.value).length > longest
        ? reject("string_too_long", `String should have at most ${longest} characters`, loc, value)
        : reading;
    },
  };
}

/** A whole number below 2^63. */
export const integer: Field<number> = {
  read: (value, loc) => {
    if (typeof value === "boolean") return accept(value ? 1 : 0);
    if (typeof value === "string") return integerOfText(value, loc);
    if (typeof value !== "number") return reject("int_type", "Input should be a valid integer", loc, value);
    if (!Number.isFinite(value)) return reject("finite_number", "Input should be a finite number", loc, value);
    if (!Number.isInteger(value)) return reject("int_from_float", "Input should be a whole number", loc, value);
    return storable(value, loc);
  },
};

/** A number, infinity and NaN included. */
export const real: Field<number> = {
  read: (value, loc) => {
    if (typeof value === "boolean") return accept(value ? 1 : 0);
    if (typeof value === "number") return accept(value);
    if (typeof value === "string") return realOfText(value, loc);
    return reject("float_type", "Input should be a valid number", loc, value);
  },
};

/** An object with whatever in it, unless that is nested too deeply to be written. */
export const anyObject: Field<Readonly<Record<string, unknown>>> = {
  read: (value, loc) =>
    typeof value === "object" && value !== null && !Array.isArray(value) && isWritable(value)
      ? accept({ ...value })
      : reject("dict_type", "Input should be a valid dictionary", loc, value),
};

function isWritable(value: object): boolean {
  try {
    JSON.stringify(value);
    return true;
  } catch {
    return false;
  }
}

/** True or false. */
export const flag: Field<boolean> = {
  read: (value, loc) =>
    typeof value === "boolean" ? accept(value) : reject("bool_type", "Input should be a valid boolean", loc, value),
};

/** One of a few words. */
export function oneOf<T extends string>(words: readonly T[]): Field<T> {
  return {
    read: (value, loc) => {
      const word = words.find(each => each === value);
      return word === undefined
        ? reject("literal_error", `Input should be ${words.join(", ")}`, loc, value)
        : accept(word);
    },
  };
}

/** A list. Lua has one kind of table, so an empty object and null stand for an empty list too. */
export function list<T>(field: Field<T>): Field<readonly T[]> {
  return {
    read: (value, loc, whole) => {
      if (value === undefined || value === null || isEmptyObject(value)) return accept([]);
      return array(field).read(value, loc, whole);
    },
  };
}

/** A list that must be one. */
export function array<T>(field: Field<T>): Field<readonly T[]> {
  return {
    read: (value, loc, whole) =>
      Array.isArray(value)
        ? gather(value.map((item, index) => field.read(item, [...loc, index], whole)))
        : reject("list_type", "Input should be a valid list", loc, value),
  };
}

function gather<T>(readings: readonly Reading<T>[]): Reading<readonly T[]> {
  const values: T[] = [];
  const issues: Issue[] = [];
  for (const reading of readings) {
    if (reading.ok) values.push(reading.value);
    else addIssues(issues, reading.issues);
  }
  return issues.length === 0 ? accept(values) : { ok: false, issues };
}

function isEmptyObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;
}

function integerOfText(value: string, loc: Location): Reading<number> {
  if (!INTEGER_TEXT.test(value))
    return reject("int_parsing", "Input should be a valid integer, not other text", loc, value);
  return storable(Number(value.replaceAll("_", "")), loc);
}

function storable(value: number, loc: Location): Reading<number> {
  return Math.abs(value) < SIXTY_THREE_BITS ? accept(value) : reject(UNSTORABLE, "Beyond 63 bits", loc, value);
}

function realOfText(value: string, loc: Location): Reading<number> {
  if (NUMBER_TEXT.test(value)) return accept(Number(value.replaceAll("_", "")));
  const special = SPECIAL_TEXT.exec(value);
  if (!special) return reject("float_parsing", "Input should be a valid number, not other text", loc, value);
  if (special[1] === undefined) return accept(Number.NaN);
  return accept(special[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY);
}
