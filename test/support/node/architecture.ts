// Which part of the house may import which other one.
import path from "node:path";
import ts from "typescript";
import { findCycle } from "./cycles";

export interface Import {
  readonly from: string;
  /** A file of ours without ".ts", or a package's or KOReader module's name as it stands. */
  readonly to: string;
  /** Types vanish: they make no cycle, and ports and core may speak of each other with them. */
  readonly isType: boolean;
}

interface Rule {
  readonly uses: readonly string[];
  /** What it may name in types only. */
  readonly speaksOf?: readonly string[];
  /** Names without a leading dot that it may import. */
  readonly outside?: "KOReader" | "Node";
}

const BELOW_APP = ["ui", "koreader", "protocol", "core", "ports", "base"];

/** main → app → {ui, koreader, protocol, core} → ports; `base` is what stands at the top beside main. */
const RULES: Readonly<Record<string, Rule>> = {
  boot: { uses: [], outside: "KOReader" },
  main: { uses: ["app", ...BELOW_APP], outside: "KOReader" },
  base: { uses: ["base"], speaksOf: ["app", "ui", "koreader"], outside: "KOReader" },
  app: { uses: ["app", ...BELOW_APP] },
  ui: { uses: ["ui", "core", "ports", "base"], outside: "KOReader" },
  koreader: { uses: ["koreader", "core", "ports", "base"], outside: "KOReader" },
  protocol: { uses: ["protocol", "core", "ports"] },
  core: { uses: ["core"], speaksOf: ["ports"] },
  ports: { uses: ["ports"], speaksOf: ["core"] },
  shelf: { uses: ["shelf", "core", "protocol", "ports"], outside: "Node" },
  cli: { uses: ["cli", "shelf", "core", "protocol", "ports"], outside: "Node" },
};

/** src/core/position → core, src/guard → base */
export function layerOf(file: string): string {
  const [, layer = "", ...rest] = file.split("/");
  if (rest.length > 0) return layer;
  return layer === "boot" || layer === "main" ? layer : "base";
}

function isTypeOnly(node: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(node)) return node.isTypeOnly;
  const { importClause } = node;
  if (importClause === undefined) return false;
  if (importClause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const { name, namedBindings } = importClause;
  if (name !== undefined || namedBindings === undefined || !ts.isNamedImports(namedBindings)) return false;
  return namedBindings.elements.every(element => element.isTypeOnly);
}

/** The module that a node imports, in whichever of TypeScript's five ways. */
function imported(node: ts.Node): { to: ts.Node | undefined; isType: boolean } | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node))
    return { to: node.moduleSpecifier, isType: isTypeOnly(node) };
  if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference))
    return { to: node.moduleReference.expression, isType: node.isTypeOnly };
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
    return { to: node.argument.literal, isType: true };
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
    return { to: node.arguments[0], isType: false };
  return undefined;
}

function resolve(file: string, name: string): string {
  if (!name.startsWith(".")) return name;
  return path.posix.join(path.posix.dirname(file), name).replace(/\.[jt]s$/, "");
}

/** @param file from the top folder: src/core/position.ts */
export function importsOf(file: string, text: string): Import[] {
  const found: Import[] = [];
  const visit = (node: ts.Node): void => {
    const { to, isType = false } = imported(node) ?? {};
    if (to !== undefined && ts.isStringLiteral(to))
      found.push({ from: file.replace(/\.tsx?$/, ""), to: resolve(file, to.text), isType });
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true));
  return found;
}

/** What is wrong with one import, if anything. */
function importProblem({ from, to, isType }: Import): string | undefined {
  const layer = layerOf(from);
  const rule = RULES[layer];
  if (rule === undefined) return `${from} is in no known folder`;
  if (!to.startsWith("src/")) return rule.outside === undefined ? `${from} imports ${to}` : undefined;
  const target = layerOf(to);
  if (rule.uses.includes(target)) return undefined;
  if (isType && rule.speaksOf?.includes(target) === true) return undefined;
  return `${from} imports ${to}: ${layer} may not use ${target}`;
}

/** @param sources texts by file name */
export function architectureProblems(sources: ReadonlyMap<string, string>): string[] {
  const imports = [...sources].flatMap(([file, text]) => importsOf(file, text));
  const uses = new Map<string, string[]>();
  for (const { from, to, isType } of imports) if (!isType) uses.set(from, [...(uses.get(from) ?? []), to]);
  const cycle = findCycle(uses);
  const problems = imports.flatMap(each => importProblem(each) ?? []);
  return cycle === undefined ? problems : [...problems, `a cycle: ${cycle.join(" → ")}`];
}
