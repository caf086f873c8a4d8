import { type Finding, isWell, type Section } from "./finding";

const MARKS = { good: "✓", note: "–", bad: "✗" } as const;

/** What the doctor says, for people. */
export function report(sections: readonly Section[], toGet: readonly string[]): string {
  const parts = sections.map(({ title, findings }) => [title, ...findings.flatMap(linesOf)].join("\n"));
  if (toGet.length > 0) parts.push(["To get what is missing:", ...toGet.map(line => `  ${line}`)].join("\n"));
  return [...parts, conclusion(sections)].join("\n\n");
}

function linesOf({ about, state, says, remedy }: Finding): string[] {
  const line = about === "" ? `      ${says}` : `  ${MARKS[state]} ${about}: ${says}`;
  return remedy === undefined ? [line] : [line, `      → ${remedy}`];
}

function conclusion(sections: readonly Section[]): string {
  const wrong = sections.flatMap(({ findings }) => findings).filter(({ state }) => state === "bad").length;
  if (isWell(sections)) return "All that is needed is there.";
  return wrong === 1 ? "One thing is missing or wrong." : `${wrong} things are missing or wrong.`;
}
