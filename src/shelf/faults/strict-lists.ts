import { refuse } from "../tome/answer";
import { intercept, type Fault } from "./fault";

/** Lists that some servers do not take as Lua's empty table, `{}`. */
const LISTS = ["upserts", "deletes", "hashes", "items"];

/** A server that answers 422 to `{}` where a list belongs, and to null too. */
export function strictLists(): Fault {
  return intercept(
    ({ method }) => method !== "GET",
    ({ body }, proceed) => {
      const issues = LISTS.flatMap(name => issuesOf(name, read(body)));
      return issues.length === 0 ? proceed() : refuse(422, issues);
    },
  );
}

function issuesOf(name: string, body: unknown): object[] {
  if (typeof body !== "object" || body === null || !Object.hasOwn(body, name)) return [];
  const input = body[name as keyof typeof body] as unknown;
  if (Array.isArray(input)) return [];
  return [{ type: "list_type", loc: ["body", name], msg: "Input should be a valid list", input }];
}

function read(body: Uint8Array | undefined): unknown {
  try {
    return JSON.parse(Buffer.from(body ?? []).toString()) as unknown;
  } catch {
    return undefined;
  }
}
