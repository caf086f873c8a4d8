import ffiUtil = require("ffi/util");
import type { BookGroup, ListKey } from "../../core/catalogue";
import type { Failure } from "../../core/failure";
import type { Result } from "../../core/result";
import type { SeenList } from "../../ports/browse";
import { asking } from "../asking";
import { _ } from "../gettext";
import { confirm, say } from "../say";
import { ListLevel } from "./list-level";
import { emptyWords, failureWords, titleOf } from "./list-words";
import type { Library } from "./library";
import type { Level, Screen } from "./screen";

const T = ffiUtil.template;

/**
 * Goes into a list: as it was last seen, at once, or else as the server tells it, while a word says so. What cannot be shown says
 * why, and the screen stays where it is.
 */
export function openList(library: Library, screen: Screen, list: ListKey, group?: BookGroup): void {
  fetchList(library, list, seen => {
    screen.open(levelOf(library, list, seen, group));
  });
}

function levelOf(library: Library, list: ListKey, seen: SeenList, group?: BookGroup): Level {
  return new ListLevel(library, list, titleOf(list, group), seen, (screen, next, from) => {
    openList(library, screen, next, from);
  });
}

/** Gives the list when it has something to show; otherwise says what is the matter. */
function fetchList(library: Library, list: ListKey, then: (seen: SeenList) => void): void {
  const { ports, connection } = library;
  const known = ports.browse.seen(connection.id, list);
  if (known !== undefined && known.count > 0) return then(known);
  asking<Result<SeenList, Failure>>(
    askingWords(list, connection.name),
    done => ports.browse.refresh(connection.id, list, true, done),
    fetched => {
      if (!fetched.ok) offerAgain(library, list, fetched.failure, then);
      else if (fetched.value.count > 0) then(fetched.value);
      else say(emptyWords(list, connection.name));
    },
  );
}

function askingWords(list: ListKey, name: string): string {
  return list.kind === "search" ? T(_("Searching %1 for “%2”…"), name, list.words) : T(_("Asking %1…"), name);
}

function offerAgain(library: Library, list: ListKey, failure: Failure, then: (seen: SeenList) => void): void {
  const text = failureWords(failure, library.connection.name);
  if (failure.reason === "unsupported" || failure.reason === "auth") return say(text);
  confirm(text, _("Try again"), _("Cancel"), () => {
    fetchList(library, list, then);
  });
}
