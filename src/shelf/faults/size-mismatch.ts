import { intercept, type Fault } from "./fault";

const SIZE = "file_size";

/** Lists that announce so many bytes more (or fewer) than are delivered, as a Tome's do once it wrote metadata. */
export function sizeMismatch(bytes: number): Fault {
  return intercept(
    () => true,
    async (_incoming, proceed) => {
      const answer = await proceed();
      return answer.body === undefined ? answer : { ...answer, body: changed(answer.body, bytes) };
    },
  );
}

function changed(value: unknown, bytes: number): unknown {
  if (Array.isArray(value)) return value.map(item => changed(item, bytes));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [
    key,
    key === SIZE ? Number(inner) + bytes : changed(inner, bytes),
  ]);
  return Object.fromEntries(entries);
}
