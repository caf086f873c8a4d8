const DIGITS = 14;

/** Rounds a string of decimal digits to 14 of them; a carry out of the first digit is told. */
function rounded(digits: string): { digits: string; carried: boolean } {
  if (digits.length <= DIGITS) return { digits, carried: false };
  const rest = digits.slice(DIGITS);
  const last = Number(digits.slice(DIGITS - 1, DIGITS));
  const isOdd = last - 2 * Math.floor(last / 2) === 1;
  const isTie = rest === "5";
  let head = digits.slice(0, DIGITS);
  if (rest < "5" || (isTie && !isOdd)) return { digits: head, carried: false };
  let nines = 0;
  while (head.endsWith("9")) {
    head = head.slice(0, -1);
    nines += 1;
  }
  if (head === "") return { digits: `1${"0".repeat(nines - 1)}`, carried: true };
  const up = Number(head.slice(-1)) + 1;
  return { digits: `${head.slice(0, -1)}${up}${"0".repeat(nines)}`, carried: false };
}

function withoutZeros(digits: string): string {
  let kept = digits;
  while (kept.length > 1 && kept.endsWith("0")) kept = kept.slice(0, -1);
  return kept;
}

/** The digits without a point, and the power of ten of the first of them, from `12.5`, `0.001` or `1.5e-07`. */
function decimal(text: string): { digits: string; power: number } {
  const mark = text.indexOf("e");
  const mantissa = mark < 0 ? text : text.slice(0, mark);
  const exponent = mark < 0 ? 0 : Number(text.slice(mark + 1));
  const point = mantissa.indexOf(".");
  const whole = point < 0 ? mantissa : mantissa.slice(0, point);
  let digits = point < 0 ? mantissa : `${whole}${mantissa.slice(point + 1)}`;
  let power = whole.length - 1 + exponent;
  while (digits.length > 1 && digits.startsWith("0")) {
    digits = digits.slice(1);
    power -= 1;
  }
  return { digits, power };
}

function scientific(digits: string, power: number): string {
  const fraction = digits.length > 1 ? `.${digits.slice(1)}` : "";
  const size = power < 0 ? -power : power;
  return `${digits.slice(0, 1)}${fraction}e${power < 0 ? "-" : "+"}${size < 10 ? "0" : ""}${size}`;
}

function positional(digits: string, power: number): string {
  if (power < 0) return `0.${"0".repeat(-power - 1)}${digits}`;
  if (digits.length <= power + 1) return `${digits}${"0".repeat(power + 1 - digits.length)}`;
  return `${digits.slice(0, power + 1)}.${digits.slice(power + 1)}`;
}

/**
 * As LuaJIT's `tostring` writes it: 14 significant digits (`%.14g`), so that a number compares equal after KOReader wrote it.
 * In Lua the text of a number has at most 14 digits already; in Node the shortest text is rounded, which differs from the exact
 * value only where that lies within the 17th digit of a tie.
 */
export function numberText(value: number): string {
  if (value !== value) return "nan";
  if (value === 1 / 0) return "inf";
  if (value === -1 / 0) return "-inf";
  if (value === 0) return 1 / value < 0 ? "-0" : "0";
  if (Math.floor(value) === value && value < 1e14 && value > -1e14) return `${value}`;
  if (value < 0) return `-${numberText(-value)}`;
  const { digits, power } = decimal(`${value}`);
  const short = rounded(digits);
  const kept = withoutZeros(short.digits);
  const first = short.carried ? power + 1 : power;
  return first < -4 || first >= DIGITS ? scientific(kept, first) : positional(kept, first);
}
