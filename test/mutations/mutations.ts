// Mistakes that must not pass: each is one replacement in one file, and the specs that have to notice it.
import fs from "node:fs";

export interface Mutation {
  readonly name: string;
  /** What no longer holds. */
  readonly broken: string;
  readonly file: string;
  /** Stands in the file once. */
  readonly from: string;
  readonly to: string;
  readonly proof: readonly string[];
  /** Only these tests, by a part of their names. */
  readonly grep?: string;
  /** Why nobody can notice. */
  readonly equivalent?: string;
}

/** The file's text with the mistake in it. */
export function mutate({ name, file, from, to }: Mutation, text: string): string {
  const parts = text.split(from);
  if (parts.length !== 2) throw new Error(`${name}: ${file} has it ${parts.length - 1} times: ${from}`);
  return parts.join(to);
}

/** For a check that the table has not fallen behind the code. */
export const misfits = (): string[] =>
  MUTATIONS.flatMap(each => {
    try {
      mutate(each, fs.readFileSync(each.file, "utf8"));
      return [];
    } catch (problem) {
      return [String(problem)];
    }
  });

const killed = "test/sdr-faults/killed.test.ts";
const noRoom = "test/sdr-faults/no-room.test.ts";
const hostile = "test/sdr-faults/hostile.test.ts";
const clocks = "test/sdr-faults/clocks.test.ts";
const power = "test/power/highlights.test.ts";
const stamps = "test/core/sdr/stamps.spec.ts";
const segments = "test/core/sdr/segments.spec.ts";
const merge = "test/core/sdr/merge.spec.ts";
const luaData = "test/core/sdr/lua-data.spec.ts";
const meanwhile = "test/sdr-faults/meanwhile.test.ts";
const sidecars = "test/sidecars/specs.test.ts";

export const MUTATIONS: readonly Mutation[] = [
  // What the engine decides.
  {
    name: "hash",
    broken: "a file is taken for whole whatever its hash",
    file: "src/core/sdr/segment.ts",
    from: 'if (sha256(bytes).slice(0, 16) !== name.hash) return failure("damaged");',
    to: 'if (sha256(bytes).length < 16) return failure("damaged");',
    proof: [segments],
  },
  {
    name: "order",
    broken: "of two writes the earlier counts",
    file: "src/core/sdr/stamp.ts",
    from: "return a > b;",
    to: "return a < b;",
    proof: [stamps],
  },
  {
    name: "absence",
    broken: "what is missing is taken for deleted",
    file: "src/core/sdr/deletions.ts",
    from: "  return watched && isLittle ?",
    to: "  return unexplained.length >= 0 && isLittle ?",
    proof: [merge],
  },
  {
    name: "replaced-too-soon",
    broken: "a file goes though one of those that replace it is not listed",
    file: "src/core/sdr/compaction.ts",
    from: "each.by.every(name => listing.includes(name))",
    to: "each.by.some(name => listing.includes(name))",
    proof: [segments],
  },
  {
    name: "snapshot-forgets",
    broken: "a snapshot does not keep what was deleted",
    file: "src/core/sdr/compaction.ts",
    from: "return annotation.dead === undefined ? undefined : { dead: annotation.dead };",
    to: "return annotation.dead === undefined || GROUPS.length > 0 ? undefined : { dead: annotation.dead };",
    proof: [segments],
  },
  {
    name: "clock-bound",
    broken: "a stamp after 2100 is believed",
    file: "src/core/sdr/stamp.ts",
    from: "return isClockText(text) && text < LAST_REAL;",
    to: "return isClockText(text);",
    proof: [stamps],
  },
  {
    name: "clock-after-2100",
    broken: "a device's own clock is believed after 2100",
    file: "src/core/sdr/stamp.ts",
    from: "nowMs > YEAR_2100 ? YEAR_2100 : nowMs",
    to: "nowMs > 4 * YEAR_2100 ? YEAR_2100 : nowMs",
    proof: [stamps],
  },
  {
    name: "clock-before-2024",
    broken: "times before 2024 are taken as they are",
    file: "src/core/sdr/stamp.ts",
    from: "nowMs < YEAR_2024 || nowMs !== nowMs ? YEAR_2024",
    to: "nowMs !== nowMs ? YEAR_2024",
    proof: [clocks],
    grep: "1970",
  },
  {
    name: "clock-at-its-end",
    broken: "a clock goes on from the last reading that is believed",
    file: "src/core/sdr/stamp.ts",
    from: "heard > ours && heard < LAST_HEARD ?",
    to: "heard > ours && LAST_HEARD.length > 0 ?",
    proof: [hostile],
    grep: "its end",
  },
  {
    name: "clock-heard",
    broken: "a clock does not go on from what was read",
    file: "src/app/sdr/join.ts",
    from: "    device.heard(header.hlc);\n",
    to: "",
    proof: [clocks],
    grep: "1970",
  },
  // What somebody else writes.
  {
    name: "run-line",
    broken: "a line is run as code",
    file: "src/app/sdr/join.ts",
    from: "  const entry = readEntry(line);\n",
    to: "  pcall(() => load(line)[0]?.());\n  const entry = readEntry(line);\n",
    proof: [hostile],
    grep: "prove",
  },
  {
    name: "run-sidecar",
    broken: "a sidecar is run as code",
    file: "src/koreader/sidecars/read.ts",
    from: "  const read = readLuaData(text);\n",
    to: "  pcall(() => load(text)[0]?.());\n  const read = readLuaData(text);\n",
    proof: [hostile],
    grep: "prove",
  },
  {
    name: "names",
    broken: "a name may climb",
    file: "src/core/cloud-name.ts",
    from: "export function isCloudName(name: string): boolean {\n",
    to: "export function isCloudName(name: string): boolean {\n  if (name.length > 0) return true;\n",
    proof: ["test/cloud/specs.test.ts"],
  },
  {
    name: "listed-size",
    broken: "a listed size is not compared",
    file: "src/app/sdr/exchange-job.ts",
    from: "read !== undefined && (size === undefined || size === read.length)",
    to: "read !== undefined && (size === undefined || size > 0)",
    proof: [hostile],
    grep: "listing lies",
  },
  {
    name: "body-bound",
    broken: "an answer may be of any length",
    file: "src/koreader/http/client.ts",
    from: "bodyBytes: request.maxBytes ?? USUAL_MAX_BYTES",
    to: "bodyBytes: Math.max(request.maxBytes ?? USUAL_MAX_BYTES, 1e12)",
    proof: [hostile],
    grep: "listing lies",
  },
  {
    name: "depth",
    broken: "JSON may be of any depth",
    file: "src/core/sdr/scanner.ts",
    from: "depth > this.limits.depth",
    to: "depth > this.limits.depth * 1e9",
    proof: [hostile, luaData],
    grep: "prove",
  },
  // What is made true, and when.
  {
    name: "sheet-in-parts",
    broken: "a worker's sheet is written in many transactions",
    file: "src/app/sdr/afar/commit.ts",
    from: "    store.together(() => {\n      for (const change of sheet.changes) make(store, change);\n    });",
    to: "    for (const change of sheet.changes) make(store, change);",
    proof: [killed],
  },
  {
    name: "notebook-in-parts",
    broken: "a notebook is written in many transactions",
    file: "src/app/sdr/notebook.ts",
    from: "else store.together(work);",
    to: "else work();",
    proof: [sidecars],
  },
  {
    name: "no-pending",
    broken: "no shadow is kept as pending before a sidecar is written",
    file: "src/app/sdr/deliver-book.ts",
    from: '  notebook.set("pending", file, shadow);\n',
    to: "",
    proof: [killed],
  },
  {
    name: "shadow-first",
    broken: "the shadow is kept before the sidecar is written",
    file: "src/app/sdr/deliver-book.ts",
    from: "  const placed = tools.files.place(prepared, breathe);\n",
    to: '  notebook.setSidecar({ file, book, stamp: "", shadow });\n  notebook.set("pending", file, undefined);\n  notebook.flush();\n  const placed = tools.files.place(prepared, breathe);\n',
    proof: [killed],
  },
  {
    name: "unsent-first",
    broken: "what waits to be sent is taken away before it is in a file",
    file: "src/app/sdr/publish.ts",
    from: "  const write = (): void => {\n",
    to: '  const write = (): void => {\n    for (const book of taken) notebook.set("unsent", book, undefined);\n    handIn({ done: 0 });\n',
    proof: [killed],
  },
  {
    name: "seen-first",
    broken: "a file is marked as seen before its lines are joined",
    file: "src/app/sdr/joining.ts",
    from: "    this.begun.set(name, segment);\n",
    to: "    this.begun.set(name, segment);\n    this.tools.notebook.store.spool.markSeen(this.target, name);\n",
    proof: [power],
  },
  {
    name: "seen-without-lines",
    broken: "a file is seen when the first of its lines is joined",
    file: "src/app/sdr/joining.ts",
    from: "    if (segment.left === 0) this.finish(segment, true);",
    to: "    if (segment.left >= 0) this.finish(segment, true);",
    proof: [power],
  },
  {
    name: "not-compared",
    broken: "a worker's sheet becomes true though the reader changed something meanwhile",
    file: "src/app/sdr/afar/commit.ts",
    from: "  if (isOutdated(notebook, sheet)) {",
    to: "  if (isOutdated(notebook, sheet) && sheet.task < 0) {",
    proof: [meanwhile],
  },
  {
    name: "removal-forgotten",
    broken: "a removal that KOReader reports while a worker looks at the book is forgotten",
    file: "src/app/sdr/open-session.ts",
    from: "    notebook.touch(rowOf.deletions(this.file));\n",
    to: '    notebook.touch(rowOf.deletions(""));\n',
    proof: [meanwhile],
  },
  {
    name: "litter",
    broken: "a file of ours that was refused stays in the spool",
    file: "src/app/sdr/exchange-job.ts",
    from: "    this.removeUnknown();\n",
    to: "    if (names.length < 0) this.removeUnknown();\n",
    proof: [meanwhile],
  },
  {
    name: "touch-forgotten",
    broken: "a later sheet does not hear that an earlier one was refused",
    file: "src/app/sdr/afar/commit.ts",
    from: "      if (row !== undefined && row !== rowOf.value(CLOCK)) notebook.touch(row);",
    to: "      if (row === rowOf.value(CLOCK)) notebook.touch(row);",
    proof: [sidecars],
  },
  {
    name: "clock-back",
    broken: "a worker's sheet sets the clock back",
    file: "src/app/sdr/afar/commit.ts",
    from: 'key !== CLOCK || text > (values.get(CLOCK) ?? "")',
    to: 'key !== CLOCK || text !== (values.get(CLOCK) ?? "")',
    proof: [sidecars],
  },
  {
    name: "lacks",
    broken: "what a worker made of rows that it was not given becomes true",
    file: "src/app/sdr/afar/work.ts",
    from: '      if (rows.lacks.length > 0) error("not all was given", 0);\n',
    to: "",
    proof: [sidecars],
  },
  {
    name: "neighbour",
    broken: "a neighbour by a name in common is forgotten",
    file: "src/app/sdr/one-book.ts",
    from: '    found = found.concat(booksNamed(notebook.get("like", name)));',
    to: '    if (name === "") found = found.concat(booksNamed(notebook.get("like", name)));',
    proof: [sidecars],
  },
  {
    name: "neighbour-by-id",
    broken: "who names a book by its digest is forgotten",
    file: "src/app/sdr/one-book.ts",
    from: 'let found = booksNamed(notebook.get("like", book)).slice();',
    to: 'let found = booksNamed(notebook.get("like", `x${book}`)).slice();',
    proof: [sidecars],
  },
  {
    name: "namesake-not-told",
    broken: "who gets a namesake is not delivered to again",
    file: "src/app/sdr/book-names.ts",
    from: 'if (isNew) notebook.set("deliver", other, "1");',
    to: 'if (isNew && isAlone) notebook.set("deliver", other, "1");',
    proof: [sidecars],
  },
  {
    name: "same-book",
    broken: "another book that took the name of a sidecar's own is taken for it",
    file: "src/core/same-book.ts",
    from: "  if (hasAuthors && before.authors !== now.authors) return false;\n",
    to: "",
    proof: ["test/core/same-book.spec.ts"],
  },
  {
    name: "told-twice",
    broken: "what was told is told again",
    file: "src/app/sdr/to-tell.ts",
    from: "round <= roundTold(notebook)",
    to: "round < 0",
    proof: ["test/highlights/many-books.test.ts"],
  },
  {
    name: "not-carried",
    broken: "what was changed while a run was on its way is never told",
    file: "src/app/sdr/to-tell.ts",
    from: 'notebook.setRaw(ROUND_TOLD, string.format("%d", roundNow(notebook) - 1));',
    to: 'notebook.setRaw(ROUND_TOLD, string.format("%d", roundNow(notebook)));',
    proof: [sidecars],
  },
  {
    name: "told-too-soon",
    broken: "what was changed while a run was on its way is told by it, and by the next",
    file: "src/app/sdr/to-tell.ts",
    from: "waiting.round < roundNow(notebook)",
    to: "waiting.round <= roundNow(notebook)",
    proof: [sidecars],
  },
  {
    name: "unseen-watched",
    broken: "whatever a book is opened with counts as what a watched session began with",
    file: "src/app/sdr/opening.ts",
    from: "!isReset && (isKnown || wasWatched(tools, file))",
    to: "!isReset && (isKnown || wasWatched(tools, file) || session !== file)",
    proof: ["test/highlights/unseen.test.ts"],
  },
  {
    name: "unheard",
    broken: "what KOReader reported as removed does not count when the book was opened unseen",
    file: "src/core/sdr/deletions.ts",
    from: 'const isOfAnother = evidence.kind === "live" && !watched;',
    to: "const isOfAnother = !watched;",
    proof: ["test/highlights/unseen.test.ts"],
  },
  {
    name: "delivered-meanwhile",
    broken: "what came for a book while it was delivered to is forgotten",
    file: "src/app/sdr/delivering.ts",
    from: "const isNew = notebook.wasTouched(rowOf.value(`deliver:${book}`));",
    to: "const isNew = notebook.wasTouched(rowOf.value(`x:${book}`));",
    proof: [sidecars],
  },
  {
    name: "sheet-unread",
    broken: "a sheet that cannot be read is passed over",
    file: "src/app/sdr/afar/afar.ts",
    from: 'if (sheet === undefined) error("no room for what a worker made", 0);',
    to: "if (sheet === undefined) return;",
    proof: [noRoom],
    grep: "one thing",
  },
  {
    name: "renaming-left",
    broken: "a device that died while it took another name goes on without",
    file: "src/app/sdr/run-visits.ts",
    from: "    finishRenaming(this.course, () => {\n      if (isPreview || isFirst) this.visit([]);\n      else this.write();\n    });",
    to: "    if (isPreview || isFirst) this.visit([]);\n    else this.write();",
    proof: ["test/sdr-faults/killed-rewriting.test.ts"],
    grep: "another name",
  },
];
