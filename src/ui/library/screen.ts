import UIManager = require("ui/uimanager");
import { guarded } from "../../guard";
import type { Cancel } from "../../ports/scheduler";
import { PagedList, type RowSource } from "./paged-list";

/** One list that can be gone into and back from. */
export interface Level {
  readonly title: string;
  /** The line below the title. */
  subtitle(): string;
  source(): RowSource;
  /** It is on screen, also when one came back to it. Gives what ends its work in the background when it is left. */
  shown?(screen: Screen): Cancel;
  /** Another page is drawn: something newer may be shown from now on. Tells whether there is. */
  turned?(): boolean;
  /** The button at the top left. */
  menu(screen: Screen): void;
  /** The arrow, where it does not lead back but ends something; tells whether it did. */
  back?(screen: Screen): boolean;
}

interface Visit {
  readonly level: Level;
  /** The first row that was visible when something was opened from it. */
  at: number;
}

/** The one list widget of a library, and the way that the reader took through it. */
export class Screen {
  private visits: Visit[] = [];
  private readonly list: PagedList;
  private leave: Cancel = () => {};

  constructor(first: Level) {
    this.list = new PagedList(first.title, {
      back: () => {
        this.back();
      },
      leftButton: () => {
        this.top()?.level.menu(this);
      },
      closed: () => {
        this.leave();
        this.visits = [];
      },
      turned: () => {
        this.turned();
      },
    });
    this.open(first);
  }

  private top(): Visit | undefined {
    return this.visits[this.visits.length - 1];
  }

  open(level: Level): void {
    const top = this.top();
    if (top !== undefined) top.at = this.list.first();
    this.visits.push({ level, at: 0 });
    this.enter();
  }

  back(): void {
    const top = this.top();
    if (top?.level.back?.(this) === true) return;
    if (this.visits.length <= 1) return this.close();
    this.visits.pop();
    this.enter();
  }

  close(): void {
    this.list.close();
  }

  /** Draws what is shown again, if it is this level; the page stays. */
  update(level: Level): void {
    if (this.top()?.level === level) this.list.update(level.source(), level.subtitle());
  }

  /** In the same tick, before anything is painted. */
  private turned(): void {
    const level = this.top()?.level;
    if (level?.turned?.() !== true) return;
    UIManager.nextTick(
      guarded(() => {
        this.update(level);
      }),
    );
  }

  /** The same from its first row on: it is another list now. */
  restart(level: Level): void {
    if (this.top()?.level === level)
      this.list.show(level.source(), level.title, level.subtitle(), 0, this.visits.length > 1);
  }

  setLeftIcon(icon: "appbar.menu" | "check"): void {
    this.list.setLeftIcon(icon);
  }

  /** The first visible row (0: the first of all), and how many there may be. */
  visible(): { readonly first: number; readonly most: number } {
    return { first: this.list.first(), most: this.list.perPage() };
  }

  private enter(): void {
    this.leave();
    this.leave = () => {};
    const top = this.top();
    if (top === undefined) return;
    const { level, at } = top;
    this.list.setLeftIcon("appbar.menu");
    this.list.show(level.source(), level.title, level.subtitle(), at, this.visits.length > 1);
    this.leave = guardedCancel(level.shown?.(this));
  }
}

function guardedCancel(cancel: Cancel | undefined): Cancel {
  return guarded(() => cancel?.());
}
