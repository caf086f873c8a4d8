/** How events travel: to the children in their order until one takes it, then to the widget itself. */

export type Handler = (this: void, self: object, ...args: unknown[]) => unknown;

/** A widget's handlers, by name; since v2025.10 a plugin's may be callable tables. */
export type Handlers = Record<string, Handler | undefined>;

const eventPrototype = {};

export const eventClass: KOReader.EventClass = {
  new(name, ...args) {
    const packed = table.pack(...args);
    return setmetatable({ handler: `on${name}`, args: packed }, { __index: eventPrototype });
  },
};

export const newEvent = (name: string, ...args: unknown[]): KOReader.Event => eventClass.new(name, ...args);

/** The event's own name. */
export const eventName = (event: KOReader.Event): string => string.sub(event.handler, 3);

const truthy = (value: unknown): boolean => value !== undefined && value !== false;

/** Calls a widget's own handler; anything but nothing and false stops the event, 0 and "" too. */
export function handleOwn(widget: object, event: KOReader.Event): boolean | undefined {
  const handler = (widget as Handlers)[event.handler];
  if (!truthy(handler)) return undefined;
  const args = event.args as unknown as unknown[];
  return truthy((handler as Handler)(widget, ...table.unpack(args, 1, event.args.n)));
}

/** A container's way: children first. */
export function handleWithChildren(
  container: object,
  children: readonly KOReader.Widget[],
  event: KOReader.Event,
): boolean | undefined {
  // As KOReader's ipairs: a child that appears during the walk hears the event too.
  let index = 0;
  let child = children[index];
  while (child !== undefined) {
    if (truthy(child.handleEvent(event))) return true;
    index += 1;
    child = children[index];
  }
  return handleOwn(container, event);
}

/** `Class:extend{}` and `Class:new{}`, for what a plugin makes of them. */
export const pluginBase = {
  extend(this: object, members: object = {}): object {
    (this as { __index?: object }).__index = this;
    return setmetatable(members, this as LuaMetatable<object>);
  },
  new(this: { extend(members?: object): object }, attributes: object = {}): object {
    const instance = this.extend(attributes) as { init?(): void };
    if (instance.init !== undefined) instance.init();
    return instance;
  },
  handleEvent(this: object, event: KOReader.Event): boolean | undefined {
    return handleOwn(this, event);
  },
};

export const widgetContainer = pluginBase as unknown as KOReader.PluginClass<object>;
