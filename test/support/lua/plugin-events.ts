// Run by LuaJIT: loads a built plugin on modules that answer anything, and says which events it handles and which
// actions it registers.
import cjson = require("cjson");

type Anything = LuaTable<AnyNotNil, unknown>;

/** Can be read, called and made; every answer is another one. */
function anything(): Anything {
  const self = new LuaTable<AnyNotNil, unknown>();
  return setmetatable(self, { __index: () => anything(), __call: () => anything(), __concat: () => "" }) as Anything;
}

const actions: string[] = [];

const stubs: Record<string, unknown> = {
  "ui/widget/container/widgetcontainer": { extend: (_class: unknown, members: object) => members },
  dispatcher: {
    registerAction: (_dispatcher: unknown, _id: string, action: { event: string }) => {
      actions.push(action.event);
    },
  },
  gettext: setmetatable({ current_lang: "C" }, { __call: (text: string) => text }),
};

/** In front of the real searchers: what is installed here besides must not answer for KOReader. */
function searchStub(name: string): unknown {
  return () => stubs[name] ?? anything();
}

function main(this: void, file?: string): void {
  if (file === undefined) error("which main.lua?");
  (_G as unknown as { package: { loaders: unknown[] } }).package.loaders.unshift(searchStub);
  const plugin = dofile(file) as Record<string, unknown> & { onDispatcherRegisterActions?(): void };
  plugin.onDispatcherRegisterActions?.();
  const handlers = Object.keys(plugin).filter(key => string.match(key, "^on%u")[0] !== undefined);
  io.write(cjson.encode({ handlers, actions, keys: Object.keys(plugin) }), "\n");
}

main(...$vararg);
