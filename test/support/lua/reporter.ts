// A busted output handler: one line of JSON per test, in the file that RIBBON_REPORT names.
import busted = require("busted");
import createBase = require("busted.outputHandlers.base");
import cjson = require("cjson");

/** The tests around an element, the outermost first, and the file that holds them. */
function pathOf(element: busted.Element): { file?: string; names: string[] } {
  const names: string[] = [];
  let current: busted.Element | undefined = element;
  while (current !== undefined && current.descriptor !== "file") {
    names.unshift(current.name ?? current.descriptor);
    current = busted.parent(current);
  }
  return current?.name === undefined ? { names } : { file: current.name, names };
}

function write(line: object): void {
  const name = os.getenv("RIBBON_REPORT") ?? error("RIBBON_REPORT names no file");
  const [file] = io.open(name, "a");
  if (file === undefined) error(`cannot write ${name}`);
  file.write(cjson.encode(line), "\n");
  file.close();
}

function report(element: busted.Element, outcome: { status: string; message?: string; traceback?: string }): void {
  const { short_src, currentline } = element.trace ?? {};
  const definedAt = short_src === undefined ? undefined : `${short_src}:${currentline}`;
  write({ ...pathOf(element), ...outcome, definedAt });
}

/** What went wrong in the test that is running; busted says it before it says that the test ended. */
let trouble: { message: string; traceback?: string } | undefined;

function hear(this: void, element: busted.Element, _parent?: busted.Element, message?: unknown, trace?: busted.Trace) {
  const traceback = trace?.traceback;
  const found = { message: tostring(message), ...(traceback === undefined ? {} : { traceback }) };
  if (element.descriptor === "it") trouble = found;
  else report(element, { status: "error", ...found });
  return $multi(undefined, true as const);
}

export = (): object => {
  busted.subscribe(["failure"], hear);
  busted.subscribe(["error"], hear);
  busted.subscribe(["test", "end"], (element, _parent, status) => {
    report(element, { status, ...trouble });
    trouble = undefined;
    return $multi(undefined, true as const);
  });
  busted.subscribe(["suite", "end"], () => {
    write({ status: "end", names: [] });
    return $multi(undefined, true as const);
  });
  return createBase();
};
