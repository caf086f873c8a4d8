/** `error`: a mistake of ours; `warn`: something did not work; `detail`: only where the reader wants everything. */
export type LogKind = "error" | "warn" | "info" | "detail";

/** Goes to files that people post in public: no key, no title, no path. What looks like one is taken out all the same. */
export interface Log {
  info(text: string): void;
  warn(text: string): void;
}
