import Menu = require("ui/widget/menu");
import UIManager = require("ui/uimanager");
import { guarded } from "../../guard";
import type { Cancel } from "../../ports/scheduler";
import { findRow } from "./find-row";

/** What a list shows; only the visible page is ever asked for. */
export interface RowSource {
  readonly count: number;
  /** At most `most` rows from `first` (0: the first) on. */
  rows(first: number, most: number): KOReader.ListItem[];
}

/** What a reader does with the list as a whole. */
export interface ListEvents {
  /** The arrow at the bottom, or the Back key. */
  back(): void;
  leftButton(): void;
  /** However it was closed. */
  closed(): void;
  /** Another page is drawn: whatever may take rows from under the thumb may do so now. */
  turned(): void;
}

/** Stands for every row that is not visible. */
const BLANK: KOReader.ListItem = { text: "…" };

function blanks(count: number): KOReader.ListItem[] {
  const items: KOReader.ListItem[] = [];
  for (const index of $range(0, count - 1)) items[index] = BLANK;
  return items;
}

/**
 * A full-screen list of any length that opens at once: KOReader's Menu draws one page at a time, so the rows of the page are put
 * in just before.
 */
export class PagedList {
  private readonly widget: KOReader.List;
  private source: RowSource = { count: 0, rows: () => [] };
  private filledFirst = 0;
  private filledMost = 0;
  private stopFinding: Cancel = () => {};

  constructor(
    title: string,
    private readonly events: ListEvents,
  ) {
    this.widget = Menu.new(this.fields(title));
    // The Back key goes one screen back, the cross closes them all.
    const keys = this.widget.key_events;
    keys.set("Return", keys.get("Close"));
    keys.delete("Close");
    UIManager.show(this.widget);
  }

  private fields(title: string): KOReader.ListFields {
    const draw = (list: KOReader.List, select?: number, isSameSize?: boolean) => {
      this.draw(list, select, isSameSize);
    };
    const find = (words: string, isLetter?: boolean) => {
      this.find(words, isLetter === true);
    };
    const back = guarded(() => {
      this.events.back();
    });
    const leftButton = guarded(() => {
      this.events.leftButton();
    });
    const closed = guarded(() => {
      this.stopFinding();
      this.events.closed();
    });
    return {
      title,
      subtitle: "",
      item_table: [],
      is_popout: false,
      is_borderless: true,
      covers_fullscreen: true,
      title_bar_fm_style: true,
      title_bar_left_icon: "appbar.menu",
      onMenuSelect: item => item.callback?.(),
      onMenuHold: item => item.hold_callback?.(),
      onReturn: () => {
        back();
      },
      onLeftButtonTap: () => {
        leftButton();
      },
      updateItems(select, isSameSize) {
        draw(this, select, isSameSize);
      },
      goToMenuItemMatching(words, isLetter) {
        find(words, isLetter);
      },
      onCloseWidget() {
        closed();
        Menu.onCloseWidget.call(this);
      },
    };
  }

  /** Shows another list; `at` is the row (0: the first) whose page comes first, `isNested` lights the arrow that leads back. */
  show(source: RowSource, title: string, subtitle: string, at: number, isNested: boolean): void {
    this.stopFinding();
    this.source = source;
    this.widget.paths = isNested ? [title] : [];
    this.widget.switchItemTable(title, blanks(source.count), at + 1, undefined, subtitle);
  }

  /** The same list, perhaps longer or shorter; the page stays. */
  update(source: RowSource, subtitle: string): void {
    this.source = source;
    this.widget.switchItemTable(undefined, blanks(source.count), -1, undefined, subtitle);
  }

  setLeftIcon(icon: "appbar.menu" | "check"): void {
    this.widget.setTitleBarLeftIcon(icon);
  }

  /** Of the first visible row (0: the first of all). */
  first(): number {
    return firstOf(this.widget);
  }

  perPage(): number {
    return this.widget.perpage;
  }

  close(): void {
    UIManager.close(this.widget);
  }

  private draw(list: KOReader.List, select: number | undefined, isSameSize: boolean | undefined): void {
    const before = this.filledFirst;
    this.fill(list);
    Menu.updateItems.call(list, select, isSameSize);
    // Only now it is known how many rows there are and which page that makes: the reader may have changed it, or the list grew shorter.
    if (this.filledFirst !== firstOf(list) || this.filledMost !== list.perpage) {
      this.fill(list);
      Menu.updateItems.call(list, select, true);
    }
    if (this.filledFirst !== before) this.events.turned();
  }

  private fill(list: KOReader.List): void {
    this.empty(list);
    const first = firstOf(list);
    this.filledFirst = first;
    this.filledMost = list.perpage;
    this.source.rows(first, list.perpage).forEach((row, index) => {
      list.item_table[first + index] = row;
    });
  }

  /** What was visible before needs no memory any more. */
  private empty(list: KOReader.List): void {
    const last = Math.min(this.filledFirst + this.filledMost, list.item_table.length) - 1;
    for (const index of $range(this.filledFirst, last)) list.item_table[index] = BLANK;
  }

  /** What KOReader's dialog below the page number asks for. */
  private find(words: string, isLetter: boolean): void {
    this.stopFinding();
    const from = isLetter ? 0 : this.first() + this.perPage();
    this.stopFinding = findRow(this.source, words, isLetter, from, at => {
      this.widget.onGotoPage(this.widget.getPageNumber(at + 1));
    });
  }
}

const firstOf = ({ page, perpage }: KOReader.List): number => (page - 1) * perpage;
