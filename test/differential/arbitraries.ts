// What readers' libraries are full of, and what compilers trip over.
import fc from "../support/node/fast-check";

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

/** Text whose bytes are its characters. */
export const ascii = fc.string({ unit: "binary-ascii", maxLength: 12 });

/** Names and addresses of machines, and what is nearly one. */
export const hostName = fc.oneof(
  fc.ipV4(),
  fc.ipV6(),
  fc.domain(),
  fc.constantFrom("localhost", "nas", "NAS.local", "a.b.example.org", "example.org", "::1", "::ffff:10.0.0.1", ""),
  fc.stringMatching(/^[0-9a-f:.]{0,12}$/),
);

/** Addresses, whole and broken, absolute and relative. */
export const httpAddress = fc
  .tuple(
    fc.constantFrom("http://", "HTTPS://", "//", "/", "", "ftp://", "http://me:s@", "http://["),
    hostName,
    fc.constantFrom("", ":80", ":8080", ":x", ":", "]:1", ":99999"),
    fc.constantFrom("", "/", "/a/../b", "?q=1#f", "#f", "../c", " ", "/http://x"),
  )
  .map(parts => parts.join(""));

/** What answers are made of. */
export const httpPiece = fc.oneof(
  fc.constantFrom("\r\n", "\n", "Content-Length: 5\r\n", "content-length: 2\n", "Transfer-Encoding: chunked\r\n"),
  fc.constantFrom("5\r\n", "2;x\r\n", "hello", "\r\n\r\n", "0\r\n\r\n", "0\r\n", "a", "Connection: close\r\n"),
  fc.constantFrom("HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 204 No\r\n", "X: y\r\n", " folded\r\n"),
  ascii,
);

/** What a name may be cut in, refused for, or mistaken by. */
const namePiece = fc.oneof(
  text,
  fc.constantFrom(
    "CON",
    "aux",
    "COM1",
    "lpt²",
    ".",
    "..",
    "/",
    "\\",
    ":",
    ".sdr",
    ".epub",
    "\u0000",
    "\u0085",
    "\u202e",
  ),
  fc.constantFrom(
    "e\u0301",
    "か\u3099",
    "👩\u200d👧",
    "👍🏽",
    "\u{10ffff}",
    "ẞ",
    "İ",
    "ſ",
    "ΣΑΣ",
    "ʼn",
    "\u00a0",
    "\ufeff",
  ),
  fc.constantFrom("あ".repeat(90), "x".repeat(250), "é\u0301".repeat(80), "😀".repeat(61)),
);

/** Titles, authors and series, as servers have them and as they should not. */
export const bookName = fc.array(namePiece, { maxLength: 4 }).map(pieces => pieces.join(""));

const templatePiece = fc.oneof(
  fc.constantFrom("{book_type}", "{series}", "{title}", "{author}", "{volume}", "{volume:00}", "{Lower(title)}"),
  fc.constantFrom("{Upper(series)}", "{titel}", "{volume:x}", "{Lower(title}", "{", "}", "(", ")", "{Other(title)}"),
  fc.constantFrom("/", " - ", "_", ", ", ".", "..", " ", "Vol. ", " — ", "[", "]", "é"),
  text,
);

/** Templates, nearly right and quite wrong. */
export const template = fc.array(templatePiece, { maxLength: 9 }).map(pieces => pieces.join(""));
