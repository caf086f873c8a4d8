import type { Result } from "../core/result";

/** JSON null is read as an absent value; an array stays an array, also when it is empty. */
export interface Json {
  encode(value: object): string;
  decode(text: string): Result<unknown, string>;
}
