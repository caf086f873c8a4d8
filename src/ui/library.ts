import ButtonDialog = require("ui/widget/buttondialog");
import UIManager = require("ui/uimanager");
import type { Connection } from "../core/connection";
import { guarded } from "../guard";
import { _ } from "./gettext";
import { Home } from "./library/home";
import { openList } from "./library/lists";
import type { LibraryPorts } from "../ports/library";
import { Screen } from "./library/screen";
import { askForWords } from "./library/search";
import { say } from "./say";

export { restOfThisSeries } from "./library/series";

/** The way into a library: at once where there is one, otherwise the reader says which. */
export function browseLibrary(ports: LibraryPorts): void {
  chooseLibrary(ports, connection => {
    new Screen(new Home({ ports, connection }));
  });
}

/** The words first; what was found lies over the library's home screen. */
export function searchLibrary(ports: LibraryPorts): void {
  chooseLibrary(ports, connection => {
    const library = { ports, connection };
    askForWords(library, list => {
      openList(library, new Screen(new Home(library)), list);
    });
  });
}

function chooseLibrary(ports: LibraryPorts, chosen: (connection: Connection) => void): void {
  const libraries = ports.browse.libraries();
  const [only] = libraries;
  if (only === undefined) {
    return say(_("There is no library to browse yet.\n\nEnter a server under Tools › Ribbon › Servers."));
  }
  if (libraries.length === 1) return chosen(only);
  const dialog = ButtonDialog.new({
    title: _("Which library?"),
    title_align: "center",
    buttons: libraries.map(connection => [
      {
        text: connection.name,
        callback: guarded(() => {
          UIManager.close(dialog);
          chosen(connection);
        }),
      },
    ]),
  });
  UIManager.show(dialog);
}
