import ffiUtil = require("ffi/util");
import type { Connection } from "../core/connection";
import { DEFAULT_VALIDITY, type Validity } from "../core/validity";
import { chooserItem, switchItem } from "./choices";
import { _ } from "./gettext";
import type { Ports } from "./ports";
import { spinItem } from "./spin-item";

const T = ffiUtil.template;
const MOST_SECONDS = 3600;
const MOST_PAGES = 100;

/** The rule of one server, as it is at the moment. */
interface Rule {
  get(this: void): Validity;
  set(this: void, changes: Partial<Validity>): void;
}

/** What a server takes for a session: with several servers each has a rule of its own. */
export function validityItem(ports: Ports): KOReader.MenuItem {
  return {
    text: _("What counts as a session"),
    help_text: _(
      "How long, or how many pages, you must read before a server is told of a session. Your place is sent all the same. Holds from the next session on.",
    ),
    sub_item_table_func: () => {
      const servers = ports.overview.connections().map(({ connection }) => connection);
      const [only] = servers;
      if (only !== undefined && servers.length === 1) return ruleItems(ruleOf(ports, only));
      return servers.map(server => ({ text: server.name, sub_item_table: ruleItems(ruleOf(ports, server)) }));
    },
  };
}

function ruleOf({ overview, actions }: Ports, { id }: Connection): Rule {
  const get = () =>
    overview.connections().find(({ connection }) => connection.id === id)?.connection.validity ?? DEFAULT_VALIDITY;
  return {
    get,
    set: changes => {
      actions.saveValidity(id, { ...get(), ...changes });
    },
  };
}

function ruleItems(rule: Rule): KOReader.MenuItem[] {
  return [secondsItem(rule), pagesItem(rule), demandItem(rule), progressItem(rule)];
}

function secondsItem(rule: Rule): KOReader.MenuItem {
  return spinItem({
    title: _("Shortest session"),
    info: _("In seconds. 0: any time counts."),
    help: _("What you read for less is not told as a session: you only looked into the book."),
    most: MOST_SECONDS,
    step: 5,
    usual: DEFAULT_VALIDITY.minSeconds,
    text: count =>
      count === 0
        ? _("Shortest session: any time")
        : T(_.ngettext("Shortest session: 1 second", "Shortest session: %1 seconds", count), count),
    get: () => rule.get().minSeconds,
    set: minSeconds => {
      rule.set({ minSeconds });
    },
  });
}

function pagesItem(rule: Rule): KOReader.MenuItem {
  return spinItem({
    title: _("Fewest pages"),
    info: _("Page turns. 0: a session needs none."),
    help: _("What turns fewer pages is not told as a session. Skimming and jumps turn no pages."),
    most: MOST_PAGES,
    step: 1,
    usual: DEFAULT_VALIDITY.minPages,
    text: count =>
      count === 0
        ? _("Fewest pages: none needed")
        : T(_.ngettext("Fewest pages: 1 page", "Fewest pages: %1 pages", count), count),
    get: () => rule.get().minPages,
    set: minPages => {
      rule.set({ minPages });
    },
  });
}

function demandItem(rule: Rule): KOReader.MenuItem {
  return chooserItem<Validity["demand"]>({
    label: _("A session needs %1"),
    help: _(
      "Where both a shortest time and fewest pages are set: whether a session must reach both, or one of them is enough.",
    ),
    choices: [
      { value: "both", text: _("time and pages") },
      { value: "either", text: _("time or pages") },
    ],
    get: () => rule.get().demand,
    set: demand => {
      rule.set({ demand });
    },
  });
}

function progressItem(rule: Rule): KOReader.MenuItem {
  return switchItem(
    _("Count sessions that end where they began"),
    _("Reading the same page again, or leafing to and fro, ends where it began. Off: that is not told as a session."),
    () => rule.get().allowsNoProgress,
    allowsNoProgress => {
      rule.set({ allowsNoProgress });
    },
  );
}
