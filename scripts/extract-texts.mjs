// @ts-check
// Every text of the interface, as the compiler reads the sources: what stands in a call of `_` or `_.ngettext` from ui/gettext.
import fs from "node:fs";
import path from "node:path";
import ts from "typescript";

/**
 * @typedef {{ text: string, plural?: string, files: string[], notes: string[] }} Text `notes` are for translators
 * @typedef {{ text: string, plural?: string, file: string, line: number, note?: string }} Found
 */

/** KOReader's own module may be asked here only. */
const OURS = ["src/ui/gettext.ts", "src/ui/catalogue.ts"];

/** @param {string} folder @returns {string[]} in an order that does not depend on the disk */
function sources(folder) {
  const entries = fs.readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap(entry => {
    const file = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return sources(file);
    return /\.tsx?$/.test(entry.name) ? [file] : [];
  });
}

/** What is certain before the program runs. @param {ts.Expression} node @returns {string | undefined} */
function literal(node) {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isParenthesizedExpression(node)) return literal(node.expression);
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.PlusToken) return undefined;
  const [left, right] = [literal(node.left), literal(node.right)];
  return left === undefined || right === undefined ? undefined : left + right;
}

/** @param {ts.SourceFile} source whether `_` is ours in this file; KOReader's own is an error */
function usesOurs(source) {
  let ours = false;
  for (const node of source.statements) {
    if (
      ts.isImportEqualsDeclaration(node) &&
      /require\("gettext"\)/.test(node.getText(source)) &&
      !OURS.includes(source.fileName)
    )
      throw new Error(`${source.fileName}: texts come from ui/gettext, not from KOReader's "gettext"`);
    if (!ts.isImportDeclaration(node) || !ts.isStringLiteral(node.moduleSpecifier)) continue;
    if (!/(^|\/)gettext$/.test(node.moduleSpecifier.text)) continue;
    if (!/^import \{ _ \} from/.test(node.getText(source)))
      throw new Error(`${source.fileName}: import { _ } and nothing else`);
    ours = true;
  }
  return ours;
}

/** Comments "Translators: …", by the line that follows them. @param {ts.SourceFile} source */
function notesIn(source) {
  /** @type {Map<number, string>} */
  const notes = new Map();
  const lines = source.text.split("\n");
  lines.forEach((line, index) => {
    const [, note] = /^\s*\/\/ Translators: (.*)$/.exec(line) ?? [];
    if (note !== undefined) notes.set(index + 1, note);
  });
  return notes;
}

/** Which call of a text this is. @param {ts.CallExpression} call @returns {1 | 2 | undefined} how many texts it takes */
function textsOf({ expression }) {
  if (ts.isIdentifier(expression)) return expression.text === "_" ? 1 : undefined;
  if (!ts.isPropertyAccessExpression(expression) || !ts.isIdentifier(expression.expression)) return undefined;
  return expression.expression.text === "_" && expression.name.text === "ngettext" ? 2 : undefined;
}

/**
 * @param {string} file for messages
 * @param {string} content of a source
 * @returns {Found[]} in the order in which they stand there
 * @throws {Error} with file and line where a text is not certain before the program runs
 */
export function textsIn(file, content) {
  const source = ts.createSourceFile(file, content, ts.ScriptTarget.Latest, true);
  if (!usesOurs(source)) return [];
  const notes = notesIn(source);
  /** @type {Found[]} */
  const found = [];
  /** @param {ts.Node} node */
  const visit = node => {
    const count = ts.isCallExpression(node) ? textsOf(node) : undefined;
    if (ts.isCallExpression(node) && count !== undefined) {
      const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line;
      const [text, plural] = node.arguments.slice(0, count).map(literal);
      if (text === undefined || text === "" || (count === 2 && plural === undefined))
        throw new Error(`${file}:${line + 1}: a text has to be written out where it is asked for`);
      const note = notes.get(line);
      const more = { ...(plural === undefined ? {} : { plural }), ...(note === undefined ? {} : { note }) };
      found.push({ text, file, line: line + 1, ...more });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/**
 * One entry for each text, wherever it stands; the references name files without lines, so that they hardly ever change.
 * @param {readonly Found[]} found
 * @returns {Text[]}
 */
export function catalogueOf(found) {
  /** @type {Map<string, Text>} */
  const texts = new Map();
  for (const { text, plural, file, line, note } of found) {
    const known = texts.get(text) ?? { text, files: [], notes: [] };
    if (known.plural !== undefined && plural !== undefined && known.plural !== plural)
      throw new Error(`${file}:${line}: "${text}" has another plural in ${known.files[0]}`);
    if (plural !== undefined) known.plural = plural;
    if (!known.files.includes(file)) known.files.push(file);
    if (note !== undefined && !known.notes.includes(note)) known.notes.push(note);
    texts.set(text, known);
  }
  return [...texts.values()];
}

/** Every text of the plugin. @param {string} [folder] */
export function allTexts(folder = "src") {
  const files = sources(folder).filter(file => !file.startsWith("src/shelf/") && !file.startsWith("src/cli/"));
  return catalogueOf(files.flatMap(file => textsIn(file, fs.readFileSync(path.normalize(file), "utf8"))));
}
