/** What a browser sent under names: a form, a query, or the parts of a path. Everything in it is bounded text. */
export class Fields {
  constructor(private readonly values: object) {}

  /** A line of text without control characters and blanks around it, cut to a length; "" when there is none. */
  text(name: string, longest = 200): string {
    return this.raw(name, longest)
      .replace(/[\u0000-\u001f\u007f]+/g, " ")
      .trim();
  }

  /** As it was typed: for passwords. */
  raw(name: string, longest: number): string {
    const value: unknown = Object.getOwnPropertyDescriptor(this.values, name)?.value;
    return typeof value === "string" ? value.slice(0, longest) : "";
  }

  /** A whole number from 0; undefined for anything else. */
  whole(name: string): number | undefined {
    const digits = this.raw(name, 17);
    const value = Number(digits);
    return /^\d+$/.test(digits) && Number.isSafeInteger(value) ? value : undefined;
  }
}
