import ffiUtil = require("ffi/util");
import type { ListEntry, ListKey } from "../../core/catalogue";
import type { Failure } from "../../core/failure";
import type { SeenList } from "../../ports/browse";
import type { Cancel } from "../../ports/scheduler";
import { _ } from "../gettext";
import { agoOf } from "../words";
import { shortTrouble } from "./list-words";
import type { Library } from "./library";
import type { Level, Screen } from "./screen";

const T = ffiUtil.template;

/** A list that is older is looked at again in the background. */
const FRESH_SECONDS = 300;

type State = { readonly kind: "quiet" | "asking" | "changed" } | { readonly kind: "failed"; readonly failure: Failure };

/** A list as it was seen last, and what its server says to that meanwhile. */
export class ListNews {
  private state: State = { kind: "quiet" };
  /** What the server told meanwhile, where it would move rows under the thumb. */
  private fresher: SeenList | undefined;
  private stop: Cancel = () => {};

  /** @param adopted the list is another one from now on */
  constructor(
    private readonly library: Library,
    private readonly list: ListKey,
    private shown: SeenList,
    private readonly adopted: () => void,
  ) {}

  /** What is shown. */
  seen(): SeenList {
    return this.shown;
  }

  /** What the server says, or why it says nothing; nothing when all is quiet. */
  words(): string | undefined {
    const { name } = this.library.connection;
    switch (this.state.kind) {
      case "asking":
        return T(_("%1: looking for what is new…"), name);
      case "changed":
        return T(_("%1 has something new: turn the page to see it"), name);
      case "failed": {
        const when = agoOf(this.shown.fetchedAt, this.library.ports.overview.now());
        return T(_("Seen %1 · %2"), when, shortTrouble(this.state.failure, name));
      }
      case "quiet":
        return undefined;
    }
  }

  /** It is old, or nobody answered the last time. */
  isDue(): boolean {
    const isOld = this.library.ports.overview.now() - this.shown.fetchedAt > FRESH_SECONDS;
    return isOld || this.state.kind === "failed";
  }

  /** Asks the server again; `byTap` may ask for a network, and shows at once what came. */
  refresh(screen: Screen, level: Level, byTap: boolean): void {
    const { ports, connection } = this.library;
    this.stop();
    this.state = { kind: "asking" };
    screen.update(level);
    this.stop = ports.browse.refresh(connection.id, this.list, byTap, fetched => {
      if (fetched.ok) this.learn(screen, fetched.value, byTap);
      else this.state = { kind: "failed", failure: fetched.failure };
      screen.update(level);
    });
  }

  /** The page is turned: rows may move. Says whether they do. */
  turned(): boolean {
    if (this.fresher === undefined) return false;
    this.adopt(this.fresher);
    this.state = { kind: "quiet" };
    return true;
  }

  /** Nobody looks any more. */
  end(): void {
    this.stop();
    if (this.state.kind === "asking") this.state = { kind: "quiet" };
  }

  /** Rows that would move wait until the page is turned: a thumb may be on its way. */
  private learn(screen: Screen, fetched: SeenList, byTap: boolean): void {
    const { first, most } = screen.visible();
    const isSame = namesOf(this.shown.lines(first, most)) === namesOf(fetched.lines(first, most));
    this.state = { kind: isSame || byTap ? "quiet" : "changed" };
    if (this.state.kind === "quiet") this.adopt(fetched);
    else this.fresher = fetched;
  }

  private adopt(fetched: SeenList): void {
    this.shown = fetched;
    this.fresher = undefined;
    this.adopted();
  }
}

/** What tells the lines apart, in their order. */
const namesOf = (entries: readonly ListEntry[]): string =>
  entries
    .map(entry => (entry.kind === "book" ? entry.book.remoteId : `${entry.group.id} ${entry.group.name ?? ""}`))
    .join("\n");
