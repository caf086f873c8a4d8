/** Percent-encodes one part of a URL, byte by byte. */
export type UrlEncode = (text: string) => string;
