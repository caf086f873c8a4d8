/** Units that must not be mixed up. All are plain numbers at run time. */

/** A wall-clock time: seconds since 1970-01-01T00:00:00Z. */
export type EpochSeconds = number & { readonly unit: "epoch seconds" };
/** A length of time, or a reading of a clock that only ever goes forward, in seconds. */
export type Seconds = number & { readonly unit: "seconds" };
/** How much of a book is read: 0 to 1. */
export type Fraction = number & { readonly unit: "fraction" };

export const epochSeconds = (value: number): EpochSeconds => value as EpochSeconds;
export const seconds = (value: number): Seconds => value as Seconds;

/** Anything outside 0 to 1 is cut to it; what is not a number (NaN) becomes 0. */
export function fraction(value: number): Fraction {
  if (!(value > 0)) return 0 as Fraction;
  return (value > 1 ? 1 : value) as Fraction;
}
