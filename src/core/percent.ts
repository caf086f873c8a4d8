const HEX = "0123456789abcdef";

function byteAt(text: string, at: number): number | undefined {
  const high = HEX.indexOf(text.charAt(at).toLowerCase());
  const low = HEX.indexOf(text.charAt(at + 1).toLowerCase());
  return at + 1 < text.length && high >= 0 && low >= 0 ? high * 16 + low : undefined;
}

/** `%41` as `A`; a percent sign that begins no byte stays as it is. In LuaJIT the bytes of UTF-8 become its characters. */
export function percentDecode(text: string): string {
  if (!text.includes("%")) return text;
  const [first = "", ...others] = text.split("%");
  const pieces = [first];
  for (const other of others) {
    const byte = byteAt(other, 0);
    pieces.push(byte === undefined ? `%${other}` : `${String.fromCharCode(byte)}${other.slice(2)}`);
  }
  return pieces.join("");
}
