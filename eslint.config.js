// @ts-check
import tseslint from "typescript-eslint";

/** @typedef {import("typescript-eslint").ConfigArray[number]["rules"] & {}} Rules */

/** @type {Rules} */
const typed = {
  "@typescript-eslint/strict-boolean-expressions": [
    "error",
    {
      allowString: false,
      allowNumber: false,
      allowNullableObject: true,
      allowNullableBoolean: false,
      allowNullableString: false,
      allowNullableNumber: false,
      allowAny: false,
    },
  ],
  "@typescript-eslint/no-explicit-any": "error",
  "@typescript-eslint/no-floating-promises": "error",
  "@typescript-eslint/no-unnecessary-condition": "error",
  "@typescript-eslint/switch-exhaustiveness-check": "error",
  "max-lines-per-function": ["error", { max: 50, skipComments: true, skipBlankLines: true }],
  "max-lines": ["error", { max: 300, skipComments: true, skipBlankLines: true }],
};

/**
 * Constructs that compile to Lua with another meaning: each was met in practice (docs/decisions/0001).
 * @type {Rules}
 */
const luaTraps = {
  "no-bitwise": "error",
  "no-restricted-globals": [
    "error",
    ...["JSON", "Date", "RegExp", "Proxy", "Reflect", "Intl", "Boolean", "BigInt"],
    ...["encodeURIComponent", "decodeURIComponent"],
  ],
  "@typescript-eslint/no-restricted-types": [
    "error",
    { types: { null: "Lua has one nil: use undefined, and decode JSON null at the border." } },
  ],
  "no-restricted-syntax": [
    "error",
    { selector: "ForStatement", message: "TSTL shares the loop variable between closures: use for...of or $range." },
    { selector: "Literal[regex]", message: "No regular expressions in Lua: use string.match patterns." },
    { selector: "PrivateIdentifier", message: "TSTL crashes on #private members: use `private`." },
    { selector: "ThrowStatement", message: "KOReader cannot log Error tables: return a Result, or error() for bugs." },
    {
      selector: "ArrayExpression > SpreadElement",
      message: "unpack() fails beyond 7999 items: use slice() or concat().",
    },
    { selector: "BinaryExpression[operator='%']", message: "Lua's % floors: use a named helper." },
    {
      selector: "CallExpression > MemberExpression[property.name=/^(trim|trimStart|trimEnd)$/]",
      message: "TSTL's trim cuts UTF-8.",
    },
    {
      selector: "CallExpression > MemberExpression[property.name=/^(sort|toSorted)$/]",
      message: "table.sort is unstable: compare to a total order in core/order.",
    },
    {
      selector: "CallExpression[callee.object.name='Array'][callee.property.name='isArray']",
      message: "True for every Lua table.",
    },
  ],
};

/** What runs on the e-reader, and its specs and look-alikes. */
const luaFiles = [
  "src/boot.ts",
  "src/main.ts",
  "src/parts.ts",
  "src/guard.ts",
  "src/version.ts",
  "src/{app,ui,koreader,core,protocol,ports}/**/*.ts",
  "test/reader/**/*.ts",
  "test/support/*.ts",
  "test/differential/drivers/**/*.ts",
  "test/support/lua/**/*.ts",
  "test/**/*.spec.ts",
];

/** What runs in Node. */
const nodeFiles = [
  "src/{shelf,cli}/**/*.{ts,tsx}",
  "test/**/*.test.ts",
  "test/support/node/**/*.ts",
  "test/{bench,differential,koreader,mutations,scenarios}/*.ts",
  "scripts/**/*.mjs",
  "vitest.config.ts",
];

/** @param {string} project */
const parser = project => ({
  parser: tseslint.parser,
  parserOptions: { project, tsconfigRootDir: import.meta.dirname },
});

export default tseslint.config(
  { ignores: ["build", "node_modules", "koplugin", "types", "test/fixtures"] },
  { plugins: { "@typescript-eslint": tseslint.plugin } },
  {
    files: luaFiles,
    ignores: ["test/**/*.test.ts"],
    languageOptions: parser("./tsconfig.lua.json"),
    rules: { ...typed, ...luaTraps },
  },
  { files: nodeFiles, languageOptions: parser("./tsconfig.json"), rules: typed },
  {
    files: ["test/**/*.ts"],
    rules: {
      "max-lines-per-function": "off",
      "max-lines": "off",
      "@typescript-eslint/no-unnecessary-condition": "off",
    },
  },
  {
    files: ["test/**/*.ts"],
    ignores: ["test/support/node/fast-check.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        { name: "fast-check", message: "Its seeds are random: import test/support/node/fast-check." },
      ],
    },
  },
);
