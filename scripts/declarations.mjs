// @ts-check
// What our declarations in types/ say of KOReader, member by member.
import path from "node:path";
import ts from "typescript";
import * as tstl from "typescript-to-lua";

/**
 * @typedef {"method" | "function" | "field"} CallForm `x:f()`, `x.f()`, or not called at all
 * @typedef {{ form: CallForm, parameters: number, rest: boolean }} Call
 * @typedef {{ name: string, since?: string, where: string, calls: Call[] }} DeclaredMember without calls: a field
 * @typedef {{ name: string, members: DeclaredMember[] }} Declared
 * @typedef {Declared & { attributes: DeclaredMember[] }} DeclaredModule with the fields that its `new` takes
 */

/** @param {string} folder */
function createProgram(folder) {
  const { options } = tstl.parseConfigFileWithSystem(path.resolve("tsconfig.lua.json"));
  const files = ts.sys.readDirectory(path.resolve(folder), [".d.ts"]);
  return { program: ts.createProgram(files, options), files: new Set(files) };
}

/** @param {ts.Declaration | undefined} declaration */
function whereIs(declaration) {
  if (declaration === undefined) return "nowhere";
  const file = declaration.getSourceFile();
  return `${path.relative(".", file.fileName)}:${file.getLineAndCharacterOfPosition(declaration.getStart()).line + 1}`;
}

/**
 * As TypeScriptToLua decides: a method has a self unless it says `this: void`; with noImplicitSelf nothing else has.
 * @param {ts.Signature} signature
 * @returns {CallForm}
 */
function formOf(signature) {
  const declaration = signature.getDeclaration();
  const self = declaration.parameters.find(parameter => parameter.name.getText() === "this");
  if (self !== undefined) return self.type?.kind === ts.SyntaxKind.VoidKeyword ? "function" : "method";
  return ts.isMethodSignature(declaration) ? "method" : "function";
}

/**
 * @param {ts.Signature} signature
 * @returns {Call}
 */
function callOf(signature) {
  const { parameters } = signature.getDeclaration();
  const rest = parameters.some(parameter => parameter.dotDotDotToken !== undefined);
  return { form: formOf(signature), parameters: signature.getParameters().length - (rest ? 1 : 0), rest };
}

/** @param {ts.Symbol} symbol */
function sinceOf(symbol) {
  const tag = symbol.getJsDocTags().find(each => each.name === "since");
  return tag?.text
    ?.map(part => part.text)
    .join("")
    .match(/v[\d.]*\d/)?.[0];
}

/**
 * @param {ts.TypeChecker} checker
 * @param {ts.Symbol} symbol
 * @param {string | undefined} inherited the `@since` of what holds it
 * @returns {DeclaredMember}
 */
function memberFrom(checker, symbol, inherited) {
  const type = checker.getNonNullableType(checker.getTypeOfSymbol(symbol));
  const since = sinceOf(symbol) ?? inherited;
  const calls = type.getCallSignatures().map(callOf);
  const where = whereIs(symbol.declarations?.[0]);
  return { name: symbol.name, where, calls, ...(since === undefined ? {} : { since }) };
}

/**
 * Members of a type that our declarations declare, not those of TypeScript's own library.
 * @param {ts.TypeChecker} checker
 * @param {ts.Type} type
 * @param {Set<string>} files
 */
function membersOf(checker, type, files) {
  const symbol = type.getSymbol();
  const inherited = symbol === undefined ? undefined : sinceOf(symbol);
  const ours = type
    .getProperties()
    .filter(each => (each.declarations ?? []).some(declaration => files.has(declaration.getSourceFile().fileName)));
  return ours.map(each => memberFrom(checker, each, inherited));
}

/**
 * @param {ts.TypeChecker} checker
 * @param {ts.Symbol} symbol
 * @param {Set<string>} files
 * @returns {DeclaredModule[]} nothing for what is no module of ours
 */
function moduleFrom(checker, symbol, files) {
  const exported = symbol.exports?.get(ts.InternalSymbolName.ExportEquals);
  if (exported === undefined || !files.has(symbol.declarations?.[0]?.getSourceFile().fileName ?? "")) return [];
  const isAlias = (exported.flags & ts.SymbolFlags.Alias) !== 0;
  const target = isAlias ? checker.getAliasedSymbol(exported) : exported;
  const type = checker.getTypeOfSymbol(target);
  const maker = type.getProperty("new");
  const taken = maker && checker.getTypeOfSymbol(maker).getCallSignatures()[0]?.getParameters()[0];
  const attributes = taken === undefined ? [] : membersOf(checker, checker.getTypeOfSymbol(taken), files);
  return [{ name: symbol.name.replaceAll('"', ""), members: membersOf(checker, type, files), attributes }];
}

/**
 * @param {string} folder
 * @returns {{ modules: DeclaredModule[], interfaces: Declared[] }} interfaces by their full name, "KOReader.Document"
 */
export function readDeclarations(folder) {
  const { program, files } = createProgram(folder);
  const checker = program.getTypeChecker();
  const modules = checker.getAmbientModules().flatMap(symbol => moduleFrom(checker, symbol, files));
  return { modules, interfaces: readInterfaces(program, checker, files) };
}

/**
 * @param {ts.Program} program
 * @param {ts.TypeChecker} checker
 * @param {Set<string>} files
 */
function readInterfaces(program, checker, files) {
  /** @type {Map<string, Declared>} */
  const found = new Map();
  /** @param {ts.Node} node */
  const visit = node => {
    if (ts.isInterfaceDeclaration(node)) {
      const type = checker.getTypeAtLocation(node);
      const name = checker.getFullyQualifiedName(type.symbol);
      found.set(name, { name, members: membersOf(checker, type, files) });
    }
    ts.forEachChild(node, visit);
  };
  for (const file of program.getSourceFiles()) if (files.has(file.fileName)) visit(file);
  return [...found.values()];
}
