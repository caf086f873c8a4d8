// The bench gives the figures that it promises. What they are is a matter of the machine.
import { expect, it } from "vitest";
import { isInstalled } from "../../scripts/debian.mjs";
import { ACTIONS } from "./day";
import { NETWORKS } from "./networks";
import { type Figure, SMOKE } from "./section";
import { SECTIONS } from "./sections";
import { nested, table } from "./table";

const actions = Object.keys(ACTIONS);
const perHold = actions.flatMap(action => Object.keys(NETWORKS).map(network => `${action}.${network}`));

/** What each section must give, whatever else it gives. */
const PROMISED: Readonly<Record<string, readonly string[]>> = {
  load: ["load_ms"],
  memory: ["heap_kib"],
  "many-books": ["heap_kib_after_3_books"],
  "last-call": [...Object.keys(NETWORKS), "silent_since_opening", "nothing_waits"].map(name => `last_call_ms.${name}`),
  drain: ["drain.sessions", "drain.seconds", "drain.peak_mib"],
  download: ["ratio_to_curl", "worker_peak_mib", "hold_ms"].map(name => `download.${name}`),
  browse: [
    ...["fetch", "open", "page", "search"].map(what => `browse.hold_ms.${what}`),
    ...["fetched", "shown", "searched", "details"].map(what => `browse.requests.${what}`),
  ],
  sizes: ["startup_kib", "total_kib", "file_kib.main", "file_kib.ribbon"],
  "page-turn": ["page_turn_us.mean", "page_turn_us.median", "page_turn_us.p99", "page_turn_us.worst"],
  requests: ["requests.open_close", "requests.open_read_close"],
  fsyncs: actions.map(action => `fsyncs.${action}`),
  shelf: [
    "scan_seconds",
    "rss_mib",
    ...["rps", "p50_ms", "p99_ms"].flatMap(name => ["resolve", "read", "write"].map(route => `${name}.${route}`)),
  ].map(name => `shelf.${name}`),
  sdr: ["first_upload", "first_download", "noop", "changed5", "compaction", "retire"].flatMap(name =>
    ["requests", "bytes", "seconds", "hold_ms", "hold_cpu_ms", "worker_peak_mib"].flatMap(what =>
      SMOKE.sdrBooks.map(books => `sdr.${books}.${name}.${what}`),
    ),
  ),
  "sdr-parser": ["mb_per_second", "koreader_mb_per_second", "ratio_to_koreader"].map(name => `sdr.parser.${name}`),
  holds: perHold.flatMap(place => [`hold_ms.${place}`, `handler_ms.${place}`]),
};

it.each(SECTIONS)("$name gives what it promises", { timeout: 120_000 }, async section => {
  const figures = await section.measure(SMOKE);
  const names = figures.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining([...(PROMISED[section.name] ?? ["a promise"])]));
  expect(new Set(names).size).toBe(names.length);
  for (const { name, value } of figures) {
    if (typeof value === "number") expect(value, name).toBeGreaterThanOrEqual(0);
    else expect(value, name).toMatch(/^not measured: /);
  }
  // Where a program of Debian's is missing, there is nothing to measure with: `sdr` needs Apache, `fsyncs` strace.
  const needsNoHelp = section.name !== "sdr" && (section.name !== "fsyncs" || isInstalled("strace"));
  if (needsNoHelp) expect(figures.some(({ value }) => typeof value === "number")).toBe(true);
});

it("nests figures at the dots of their names", () => {
  const figures = [
    { name: "load_ms", value: 1.5 },
    { name: "hold_ms.open.healthy", value: 2 },
    { name: "hold_ms.open.nodns", value: "not measured: needs root" },
  ];
  expect(nested(figures)).toEqual({
    load_ms: 1.5,
    hold_ms: { open: { healthy: 2, nodns: "not measured: needs root" } },
  });
});

it("shows figures with their goals, and those of many networks side by side", () => {
  const figures: Figure[] = [
    { name: "load_ms", value: 1.5, goal: "≤ 2.0" },
    { name: "hold_ms.open.healthy", value: 2, goal: "≤ 10" },
    { name: "hold_ms.open.nodns", value: "not measured: needs root", goal: "≤ 10" },
  ];
  expect(table(figures).split("\n")).toEqual([
    "            measured    goal",
    "  load_ms       1.50   ≤ 2.0",
    "",
    "  hold_ms ≤ 10   healthy   nodns",
    "  open                 2       –",
    "  nodns: not measured: needs root",
  ]);
  const sdr: Figure[] = [
    { name: "sdr.200.noop.requests", value: 1 },
    { name: "sdr.200.noop.seconds", value: 0.5 },
  ];
  expect(table(sdr).split("\n")).toEqual(["  sdr.200   requests   seconds", "  noop             1      0.50"]);
});
