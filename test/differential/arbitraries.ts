// What readers' libraries are full of, and what compilers trip over.
import fc from "fast-check";

/** Text as books have it; well-formed, since both runtimes get it as UTF-8. */
export const text = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 30 }),
  fc.constantFrom("", " ", "voilà", "Emma ", "  à  ", "a/b", "50%", "-1", "0", "日本語", "\t\n", "\\", '"'),
);

/** Integers where signs, zero and 32 bits matter. */
export const integer = fc.oneof(
  fc.integer({ min: -20, max: 20 }),
  fc.integer(),
  fc.constantFrom(0, 1, -1, 2 ** 31, 2 ** 32, 1_700_000_000_000),
);

/** A place in a book. */
export const fraction = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 0.5, 1, 1 / 3));

/** Texts that one runtime may take for a number and the other not. */
export const numeral = fc.oneof(
  fc.constantFrom("12", "007", "-3", "+3", " 5 ", "5x", "", " ", "1e3", "1.5", ".5", "5.", "0x1f", "0b11", "1_000"),
  fc.constantFrom(
    "Infinity",
    "nan",
    "NaN",
    "0x",
    "1e",
    "--1",
    "\u0663",
    "1,5",
    "5\n",
    "\t5",
    "1e999",
    "12ULL",
    "inf",
    "0x1p4",
    "0o7",
    "5\u00a0",
  ),
);
