// What a piece of compiled Lua reads, writes and requires.
import fs from "node:fs";
import path from "node:path";
import luaparse from "luaparse";

export interface LuaSource {
  /** Globals that it reads, and those that it assigns. */
  readonly reads: ReadonlySet<string>;
  readonly writes: ReadonlySet<string>;
  /** Names given to `require` as they stand, and how often a name is computed. */
  readonly requires: ReadonlySet<string>;
  readonly computedRequires: number;
}

interface Scoped extends luaparse.Identifier {
  readonly isLocal?: boolean;
}

function isNode(value: unknown): value is luaparse.Node {
  return typeof value === "object" && value !== null && "type" in value;
}

/** luaparse marks each name with where it is bound; a member's name is bound nowhere. */
function globalName(node: unknown): string | undefined {
  if (!isNode(node) || node.type !== "Identifier") return undefined;
  return (node as Scoped).isLocal === false ? node.name : undefined;
}

/** `_G.name = …` assigns a global too. */
function assignedGlobal(target: luaparse.Node): string | undefined {
  if (target.type === "MemberExpression" && globalName(target.base) === "_G") return target.identifier.name;
  return globalName(target);
}

function assigned(node: luaparse.Node): (string | undefined)[] {
  if (node.type === "AssignmentStatement") return node.variables.map(assignedGlobal);
  if (node.type === "FunctionDeclaration" && node.identifier !== null) return [assignedGlobal(node.identifier)];
  return [];
}

/** The name given to a call of `require`; undefined for other calls, "" for a computed name. */
function required(node: luaparse.Node): string | undefined {
  if (node.type !== "CallExpression" && node.type !== "StringCallExpression") return undefined;
  if (node.base.type !== "Identifier" || node.base.name !== "require") return undefined;
  const argument = node.type === "CallExpression" ? node.arguments[0] : node.argument;
  return argument?.type === "StringLiteral" ? argument.raw.slice(1, -1) : "";
}

export function readLua(text: string): LuaSource {
  const reads = new Set<string>();
  const writes = new Set<string>();
  const requires: string[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const each of value) visit(each);
    if (!isNode(value)) return;
    const name = globalName(value);
    if (name !== undefined) reads.add(name);
    for (const written of assigned(value)) if (written !== undefined) writes.add(written);
    const module = required(value);
    if (module !== undefined) requires.push(module);
    // The name after a dot is no variable, though it looks like one.
    for (const [key, child] of Object.entries(value)) if (!isMemberName(value, key)) visit(child);
  };
  visit(luaparse.parse(text, { luaVersion: "LuaJIT", scope: true, comments: false }).body);
  const names = new Set(requires.filter(module => module !== ""));
  return { reads, writes, requires: names, computedRequires: requires.filter(module => module === "").length };
}

function isMemberName(node: luaparse.Node, key: string): boolean {
  return (
    (node.type === "MemberExpression" && key === "identifier") || (node.type === "TableKeyString" && key === "key")
  );
}

/** Every Lua file below a folder, by its name from there. */
export function luaFiles(folder: string): Map<string, string> {
  if (!fs.existsSync(folder)) return new Map();
  const files = fs.readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(file => file.endsWith(".lua"));
  return new Map(files.sort().map(file => [file, fs.readFileSync(path.join(folder, file), "utf8")]));
}
