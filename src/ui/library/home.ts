import ffiUtil = require("ffi/util");
import ButtonDialog = require("ui/widget/buttondialog");
import UIManager = require("ui/uimanager");
import type { ListKey } from "../../core/catalogue";
import type { EpochSeconds } from "../../core/units";
import { guarded } from "../../guard";
import { part } from "../../parts";
import type { SeenList } from "../../ports/browse";
import type { Cancel } from "../../ports/scheduler";
import { _ } from "../gettext";
import { shortFailure } from "../reasons";
import { agoOf } from "../words";
import { SECTIONS } from "./list-words";
import { openList } from "./lists";
import type { RowSource } from "./paged-list";
import type { Library } from "./library";
import type { Level, Screen } from "./screen";
import { askForWords } from "./search";

const T = ffiUtil.template;

/** The lists of the home screen, in their order. */
const ORDER = ["up-next", "recent", "series", "authors", "shelves"] as const;

/** Where a library is entered: what there is to look through. It asks the server for nothing. */
export class Home implements Level {
  readonly title: string;

  constructor(private readonly library: Library) {
    this.title = library.connection.name;
  }

  /** "Seen 2 hours ago · no connection" */
  subtitle(): string {
    let newest: EpochSeconds | undefined;
    for (const list of this.lists()) {
      const at = this.seen(list)?.fetchedAt;
      if (at !== undefined && at > (newest ?? 0)) newest = at;
    }
    const when =
      newest === undefined
        ? _("Choose where to look")
        : T(_("Seen %1"), agoOf(newest, this.library.ports.overview.now()));
    const trouble = this.trouble();
    return trouble === undefined ? when : T(_("%1 · %2"), when, trouble);
  }

  private trouble(): string | undefined {
    const { ports, connection } = this.library;
    if (!ports.isConnected()) return _("no connection");
    const state = ports.overview.connections().find(each => each.connection.id === connection.id);
    return state?.failure === undefined ? undefined : shortFailure(state.failure, connection.name);
  }

  private lists(): ListKey[] {
    const known = this.library.ports.browse.sections(this.library.connection.id);
    return ORDER.filter(kind => known.includes(kind)).map(kind => ({ kind }));
  }

  private seen(list: ListKey): SeenList | undefined {
    return this.library.ports.browse.seen(this.library.connection.id, list);
  }

  source(): RowSource {
    const rows = this.lists().map(list => this.listRow(list));
    rows.push(
      this.row(_("Search…"), "", () => {
        this.search();
      }),
    );
    const count = this.library.ports.downloads.count();
    if (count > 0) rows.push(this.downloadsRow(count));
    return { count: rows.length, rows: (first, most) => rows.slice(first, first + most) };
  }

  private row(text: string, mandatory: string, act: () => void): KOReader.ListItem {
    return { text, mandatory, callback: guarded(act) };
  }

  private downloadsRow(count: number): KOReader.ListItem {
    return this.row(_("Downloads"), tostring(count), () => {
      part("ui/downloads").showDownloads(this.library.ports);
    });
  }

  private listRow(list: ListKey): KOReader.ListItem {
    const count = this.seen(list)?.count;
    return this.row(SECTIONS[list.kind]?.() ?? "", count === undefined ? "" : tostring(count), () => {
      if (this.screen !== undefined) openList(this.library, this.screen, list);
    });
  }

  private screen: Screen | undefined;

  shown(screen: Screen): Cancel {
    this.screen = screen;
    return () => {};
  }

  private search(): void {
    askForWords(this.library, list => {
      if (this.screen !== undefined) openList(this.library, this.screen, list);
    });
  }

  menu(): void {
    const { ports } = this.library;
    const row = (text: string, act: () => void): KOReader.Button[] => [
      {
        text,
        callback: guarded(() => {
          UIManager.close(dialog);
          act();
        }),
      },
    ];
    const { covers } = ports.overview.preferences();
    const dialog = ButtonDialog.new({
      buttons: [
        row(_("Downloads…"), () => {
          part("ui/downloads").showDownloads(ports);
        }),
        row(_("Inbox…"), () => {
          part("ui/downloads").showInbox(ports);
        }),
        row(covers ? _("Show books without covers") : _("Show books with covers"), () => {
          ports.actions.savePreferences({ covers: !covers });
        }),
      ],
    });
    UIManager.show(dialog);
  }
}
