import ffiUtil = require("ffi/util");
import PathChooser = require("ui/widget/pathchooser");
import UIManager = require("ui/uimanager");
import { type DownloadLayout, type DownloadPreferences, downloadPreferencesOf } from "../core/download-preferences";
import { guarded } from "../guard";
import { formatItems } from "./format-order";
import { _ } from "./gettext";
import { inboxOfferItem } from "./inbox-setting";
import type { Ports } from "./ports";
import { askForTemplate } from "./template-dialog";

const T = ffiUtil.template;

const LAYOUTS: Readonly<Record<DownloadLayout, () => string>> = {
  series: () => _("in folders by series"),
  flat: () => _("all in one folder"),
  custom: () => _("by your template"),
};

/** Settings › Downloads. */
export function downloadItems(ports: Ports): KOReader.MenuItem[] {
  return [folderItem(ports), layoutItem(ports), formatItem(ports), inboxOfferItem(ports)];
}

function chosen({ overview }: Ports): DownloadPreferences {
  return downloadPreferencesOf(overview.downloadFields());
}

function folderItem(ports: Ports): KOReader.MenuItem {
  const help = _(
    "Downloads go below this folder. Books that are on the device already stay where they are, and stay known when you move them.",
  );
  return {
    text_func: () => T(_("Folder: %1"), ports.overview.downloadFolder(chosen(ports).folder) ?? _("not there")),
    help_text: help,
    sub_item_table: [
      {
        text_func: () => T(_("KOReader's home folder (%1)"), ports.overview.downloadFolder("") ?? _("none chosen")),
        help_text: help,
        radio: true,
        checked_func: () => chosen(ports).folder === "",
        callback: () => {
          ports.actions.saveDownloads({ folder: "" });
        },
      },
      {
        text: _("Another folder…"),
        help_text: help,
        radio: true,
        checked_func: () => chosen(ports).folder !== "",
        callback: menu => {
          askForFolder(ports, () => {
            menu.updateItems();
          });
        },
      },
    ],
  };
}

function askForFolder(ports: Ports, changed: () => void): void {
  const present = ports.overview.downloadFolder(chosen(ports).folder) ?? ports.overview.downloadFolder("");
  UIManager.show(
    PathChooser.new({
      title: _("Hold a folder to choose it"),
      select_file: false,
      show_files: false,
      ...(present === undefined ? {} : { path: present }),
      onConfirm: guarded((folder: string) => {
        ports.actions.saveDownloads({ folder });
        changed();
      }),
    }),
  );
}

function layoutItem(ports: Ports): KOReader.MenuItem {
  return {
    text_func: () => T(_("Files: %1"), LAYOUTS[chosen(ports).layout]()),
    help_text: _("The folders and names that new downloads get."),
    sub_item_table: [
      layoutChoice(ports, "series", _("In folders: book/Series/Vol. 2 — Title")),
      layoutChoice(ports, "flat", _("All in one folder: Series - 02 - Title")),
      templateItem(ports),
    ],
  };
}

function layoutChoice(ports: Ports, layout: DownloadLayout, text: string): KOReader.MenuItem {
  return {
    text,
    help_text:
      layout === "series"
        ? _("A folder for each kind of book, in it one for each series. A book without a series goes to its author.")
        : _("No folders below the one of the downloads."),
    radio: true,
    checked_func: () => chosen(ports).layout === layout,
    callback: () => {
      ports.actions.saveDownloads({ layout });
    },
  };
}

function templateItem(ports: Ports): KOReader.MenuItem {
  return {
    text: _("By your own template…"),
    help_text: _(
      "You say how folders and files are called, with words that stand for title, author, series and volume.",
    ),
    radio: true,
    checked_func: () => chosen(ports).layout === "custom",
    callback: menu => {
      askForTemplate(chosen(ports).template, template => {
        ports.actions.saveDownloads({ layout: "custom", template });
        menu.updateItems();
      });
    },
  };
}

function formatItem(ports: Ports): KOReader.MenuItem {
  return {
    text: _("Formats"),
    help_text: _("Where the library has a book in several formats: which one is fetched."),
    sub_item_table_func: () =>
      formatItems(chosen(ports).formats, formats => {
        ports.actions.saveDownloads({ formats });
      }),
  };
}
