/** Goes to crash.log, which people post in public: no key, no title, no path. */
export interface Log {
  info(text: string): void;
  warn(text: string): void;
}
