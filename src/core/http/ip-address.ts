import { cut, parseDigits } from "./text";

function parseIpv4(text: string): number[] | undefined {
  const parts = text.split(".");
  if (parts.length !== 4) return undefined;
  const bytes: number[] = [];
  for (const part of parts) {
    const byte = part.length > 3 ? undefined : parseDigits(part);
    // A leading zero means octal to some and decimal to others.
    if (byte === undefined || byte > 255 || (part.length > 1 && part.startsWith("0"))) return undefined;
    bytes.push(byte);
  }
  return bytes;
}

const highByte = (value: number): number => Math.floor(value / 256);

/** The bytes of `1:2:3`, or of `1:2:127.0.0.1` where the address ends; none for an empty text. */
function parseGroups(text: string, isEnd: boolean): number[] | undefined {
  const bytes: number[] = [];
  if (text === "") return bytes;
  const groups = text.split(":");
  for (const [index, group] of groups.entries()) {
    const ipv4 = isEnd && index === groups.length - 1 ? parseIpv4(group) : undefined;
    const value = group.length > 4 ? undefined : parseDigits(group, 16);
    if (ipv4 !== undefined) bytes.push(...ipv4);
    else if (value === undefined) return undefined;
    else bytes.push(highByte(value), value - highByte(value) * 256);
  }
  return bytes;
}

function parseIpv6(text: string): number[] | undefined {
  const [left, right] = cut(text, "::");
  const head = parseGroups(left, right === undefined);
  const tail = parseGroups(right ?? "", true);
  if (head === undefined || tail === undefined) return undefined;
  const missing = 16 - head.length - tail.length;
  if (right === undefined ? missing !== 0 : missing < 2) return undefined;
  while (head.length + tail.length < 16) head.push(0);
  return head.concat(tail);
}

/** The 4 or 16 bytes of an address as people write it, without brackets; nothing for a name or an address with a zone. */
export function parseIp(text: string): number[] | undefined {
  return text.includes(":") ? parseIpv6(text) : parseIpv4(text);
}

/** Whether two texts are the same address, however each is written. */
export function isSameIp(one: string, other: string): boolean {
  const bytes = parseIp(one);
  return bytes !== undefined && bytes.join(".") === parseIp(other)?.join(".");
}
