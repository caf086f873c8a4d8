/** What a spec of `core` may use: the same in busted (LuaJIT) and in vitest (Node). */
export interface Spec {
  describe(this: void, subject: string, body: (this: void) => void): void;
  it(this: void, sentence: string, body: (this: void) => void): void;
  /** `actual === expected`. */
  equal<T>(this: void, actual: T, expected: T): void;
  /** The same content, at any depth; a key that is undefined counts as absent, as it does in Lua. */
  same<T>(this: void, actual: T, expected: T): void;
  ok(this: void, condition: boolean, why?: string): void;
}
