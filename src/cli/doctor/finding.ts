/** What was found of one thing. */
export interface Finding {
  /** "Node", "luajit", "Ribbon on the device". */
  readonly about: string;
  /** `bad` is what makes the doctor's exit code 1; a `note` is worth knowing, and all that is needed works without. */
  readonly state: "good" | "note" | "bad";
  readonly says: string;
  /** What to do about it. */
  readonly remedy?: string;
}

export interface Section {
  readonly title: string;
  readonly findings: readonly Finding[];
}

export function good(about: string, says: string): Finding {
  return { about, state: "good", says };
}

export function note(about: string, says: string, remedy?: string): Finding {
  return { about, state: "note", says, ...(remedy === undefined ? {} : { remedy }) };
}

export function bad(about: string, says: string, remedy?: string): Finding {
  return { about, state: "bad", says, ...(remedy === undefined ? {} : { remedy }) };
}

export function isWell(sections: readonly Section[]): boolean {
  return sections.every(({ findings }) => findings.every(({ state }) => state !== "bad"));
}
