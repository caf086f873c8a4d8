// @ts-check
// The rule by which a language counts, from the header `Plural-Forms` of its .po file: an expression of C over `n`, read by
// the grammar that gettext documents and by nothing more. It becomes an expression of Lua; no text of a file is ever run.

/**
 * @typedef {{ op: "n" } | { op: "number", value: number } | { op: "!", args: [Node] }
 *   | { op: "?", args: [Node, Node, Node] } | { op: BinaryOperator, args: [Node, Node] }} Node
 * @typedef {"||" | "&&" | "==" | "!=" | "<" | ">" | "<=" | ">=" | "+" | "-" | "*" | "/" | "%"} BinaryOperator
 * @typedef {{ count: number, lua: string, formOf: (n: number) => number }} PluralForms
 */

/** From the weakest to the strongest, all of them left-associative. @type {BinaryOperator[][]} */
const LEVELS = [["||"], ["&&"], ["==", "!="], ["<=", ">=", "<", ">"], ["+", "-"], ["*", "/", "%"]];

/** So far a rule is tried out: every language repeats itself by 100 or 1000, but for 0 and the millions. */
const TRIED = [...Array(1001).keys(), 10_000, 100_000, 1_000_000, 1_000_001, 2_000_000];

class Reader {
  /** @param {string} text */
  constructor(text) {
    this.tokens = text.match(/\d+|n\b|[|]{2}|&&|[=!<>]=|\S/g) ?? [];
    this.at = 0;
  }

  /** @param {readonly string[]} wanted */
  take(...wanted) {
    const token = this.tokens[this.at];
    if (token === undefined || !wanted.includes(token)) return undefined;
    this.at += 1;
    return token;
  }

  /** @param {string} wanted */
  expect(wanted) {
    if (this.take(wanted) === undefined) throw new Error(`"${wanted}" is missing before "${this.rest()}"`);
  }

  rest() {
    return this.tokens.slice(this.at).join(" ");
  }

  /** @returns {Node} */
  whole() {
    const node = this.ternary();
    if (this.at < this.tokens.length) throw new Error(`"${this.rest()}" is no part of a rule`);
    return node;
  }

  /** @returns {Node} */
  ternary() {
    const condition = this.binary(0);
    if (this.take("?") === undefined) return condition;
    const yes = this.ternary();
    this.expect(":");
    return { op: "?", args: [condition, yes, this.ternary()] };
  }

  /** @param {number} level @returns {Node} */
  binary(level) {
    const operators = LEVELS[level];
    if (operators === undefined) return this.unary();
    let left = this.binary(level + 1);
    for (let op = this.take(...operators); op !== undefined; op = this.take(...operators))
      left = { op: /** @type {BinaryOperator} */ (op), args: [left, this.binary(level + 1)] };
    return left;
  }

  /** @returns {Node} */
  unary() {
    if (this.take("!") !== undefined) return { op: "!", args: [this.unary()] };
    if (this.take("n") !== undefined) return { op: "n" };
    const token = this.tokens[this.at] ?? "";
    if (/^\d+$/.test(token)) {
      this.at += 1;
      return { op: "number", value: Number(token) };
    }
    this.expect("(");
    const inner = this.ternary();
    this.expect(")");
    return inner;
  }
}

/** What C computes; a comparison is 1 or 0. @param {Node} node @param {number} n @returns {number} */
function valueOf(node, n) {
  if (node.op === "n") return n;
  if (node.op === "number") return node.value;
  const [first, second, third] = node.args.map(arg => () => valueOf(arg, n));
  const a = /** @type {() => number} */ (first)();
  if (node.op === "!") return Number(a === 0);
  if (node.op === "?") return a === 0 ? /** @type {() => number} */ (third)() : /** @type {() => number} */ (second)();
  if (node.op === "&&") return Number(a !== 0 && second?.() !== 0);
  if (node.op === "||") return Number(a !== 0 || second?.() !== 0);
  return calculate(node.op, a, /** @type {() => number} */ (second)());
}

/** @param {Exclude<BinaryOperator, "&&" | "||">} op @param {number} a @param {number} b */
function calculate(op, a, b) {
  if ((op === "/" || op === "%") && b === 0) throw new Error("a rule divides by 0");
  switch (op) {
    case "==":
      return Number(a === b);
    case "!=":
      return Number(a !== b);
    case "<":
      return Number(a < b);
    case ">":
      return Number(a > b);
    case "<=":
      return Number(a <= b);
    case ">=":
      return Number(a >= b);
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return Math.floor(a / b);
    case "%":
      return a % b;
  }
}

/** Lua's words for what means the same; 0 is true in Lua, so a condition is told from a number. */
const LUA = new Map([
  ["||", "or"],
  ["&&", "and"],
  ["!=", "~="],
]);
const TRUTHS = new Set(["||", "&&", "==", "!=", "<", ">", "<=", ">=", "!"]);

/** @param {Node} node @returns {string} an expression that is true or false */
function condition(node) {
  if (!TRUTHS.has(node.op)) return `(${number(node)} ~= 0)`;
  if (!("args" in node)) throw new Error("no condition");
  const [first, second] = node.args;
  if (node.op === "!") return `(not ${condition(first)})`;
  const side = node.op === "&&" || node.op === "||" ? condition : number;
  return `(${side(first)} ${LUA.get(node.op) ?? node.op} ${side(/** @type {Node} */ (second))})`;
}

/** @param {Node} node @returns {string} an expression that is a number */
function number(node) {
  if (node.op === "n") return "n";
  if (node.op === "number") return String(node.value);
  if (TRUTHS.has(node.op)) return `(${condition(node)} and 1 or 0)`;
  const [first, second, third] = /** @type {[Node, Node, Node]} */ (node.args);
  if (node.op === "?") return `(${condition(first)} and ${number(second)} or ${number(third)})`;
  const [a, b] = [number(first), number(second)];
  // Whole numbers, without `math`, which a catalogue does not see.
  return node.op === "/" ? `((${a} - ${a} % ${b}) / ${b})` : `(${a} ${node.op} ${b})`;
}

/**
 * @param {string} header "nplurals=2; plural=(n != 1);"
 * @returns {PluralForms} `lua` is an expression over `n`, a form counted from 0
 * @throws {Error} when it is no rule, or one that gives a form that there is not
 */
export function pluralForms(header) {
  const [, forms, rule] = /^\s*nplurals\s*=\s*(\d+)\s*;\s*plural\s*=\s*([^;]+?)\s*;?\s*$/.exec(header) ?? [];
  if (forms === undefined || rule === undefined) throw new Error(`no rule for plurals: "${header}"`);
  const node = new Reader(rule).whole();
  const count = Number(forms);
  /** @param {number} n */
  const formOf = n => valueOf(node, n);
  const wrong = TRIED.find(n => !(Number.isInteger(formOf(n)) && formOf(n) >= 0 && formOf(n) < count));
  if (wrong !== undefined) throw new Error(`${wrong} would take form ${formOf(wrong)} of ${count}`);
  return { count, lua: number(node), formOf };
}

/** Whether a form stands for one single number, so that a text may say "a book" for it. @param {PluralForms} forms @param {number} form */
export const isOfOneNumber = ({ formOf }, form) => TRIED.filter(n => formOf(n) === form).length <= 1;
