// Random knowledge of a book, sensible or not, and random data files.
import fc from "../fast-check";
import type { AnnotationState, BookState } from "../../../../src/core/sdr/book-state";
import { tableOf, type LuaValue } from "../../../../src/core/sdr/lua-value";
import type { Register } from "../../../../src/core/sdr/register";
import { baselineHlc, stampOf, tick, NEVER, type DeviceId, type Hlc, type Stamp } from "../../../../src/core/sdr/stamp";
import { withStamp } from "../../../../src/core/sdr/version-vector";

const device = fc.constantFrom("devaaaaaaa", "devbbbbbbb", "devccccccc").map(id => id as DeviceId);
const time: fc.Arbitrary<Hlc> = fc.oneof(
  fc.integer({ min: 0, max: 8 }).map(at => tick(NEVER, 1_795_248_000_000 + at)),
  fc.integer({ min: 0, max: 3 }).map(at => baselineHlc(1_700_000_000 + at)),
);
const vector = fc.dictionary(device, time, { maxKeys: 3, noNullPrototype: true });

/** A stamp names one write: what it wrote follows from it, except in clones. */
function register(valueOf: (stamp: string) => LuaValue | undefined): fc.Arbitrary<Register> {
  return fc
    .tuple(fc.uniqueArray(fc.tuple(time, device), { minLength: 1, maxLength: 3, selector: String }), vector)
    .map(([dots, over]) => {
      const stamps = dots.map(([hlc, id]) => stampOf(hlc, id)).sort();
      const writes = stamps.map((stamp: Stamp) => ({ stamp, value: valueOf(stamp) }));
      return { writes, seen: stamps.reduce((seen, stamp) => withStamp(seen, stamp), over) };
    });
}

const position = register(stamp =>
  tableOf({ datetime: stamp.slice(0, 12), kind: "h", page: "/p", pos0: "/p", pos1: `/p.${stamp.charCodeAt(20) % 3}` }),
);
const style = register(stamp => tableOf({ color: stamp, drawer: "lighten" }));
const note = register(stamp => (stamp.includes("b") ? undefined : tableOf({ note: stamp.slice(8, 14) })));

const annotation: fc.Arbitrary<AnnotationState> = fc.record(
  { pos: position, sty: style, note, dead: vector },
  { requiredKeys: [], noNullPrototype: true },
);

const uid = fc.integer({ min: 0, max: 2 }).map(digit => `${digit}`.repeat(20));

export const bookState: fc.Arbitrary<BookState> = fc.record({
  fields: fc.dictionary(
    fc.constantFrom("summary.status", "set.text_lang", "later.kind"),
    register(stamp => stamp),
    {
      maxKeys: 3,
      noNullPrototype: true,
    },
  ),
  annotations: fc.dictionary(uid, annotation, { maxKeys: 3, noNullPrototype: true }),
});

/** Pieces of data files, in a random order: most of it no data. */
export const luaPieces = fc
  .array(
    fc.constantFrom(
      ...[
        "{",
        "}",
        '["a"]',
        "[1]",
        "=",
        ",",
        ";",
        '"x"',
        "'y'",
        "1",
        "-2.5e-3",
        "0x1F",
        "true",
        "nil",
        "inf",
        "-",
        "--c\n",
        "--[[ c ]]",
      ],
      ...[
        '"\\\n\\9\\065\\"',
        "a",
        "a.b",
        "1e",
        "1e+",
        "[[x]]",
        " ",
        "\n",
        "{1,2}",
        '{["k"] = {}}',
        "..",
        "()",
        '"\\300"',
        "0x",
        "5.",
      ],
    ),
    { maxLength: 12 },
  )
  .map(pieces => `return {${pieces.join("")}}`);
