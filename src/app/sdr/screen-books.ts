import {
  type Conflict,
  deleteHeld,
  getText,
  putBack,
  readShadow,
  restore,
  settled,
  type Shadow,
  shadowText,
  trashOf,
} from "../../core/sdr/index";
import { captionOf } from "../../core/sdr/diff";
import { jsonText } from "../../core/sdr/json-text";
import { isTable, type LuaValue } from "../../core/sdr/lua-value";
import { hlcMs, stampDevice, stampHlc } from "../../core/sdr/stamp";
import { epochSeconds } from "../../core/units";
import type { SdrConflict, SdrDevice, SdrHeld, SdrSync, SdrTrashItem } from "../../ports/sdr-sync";
import type { SdrDesk } from "./desk";
import { titleIn } from "./titles";
import { noteNames, realConflicts } from "./book-names";

const MOST_TEXTS = 20;

/** A value in words that a reader knows. */
function wordsOf(value: LuaValue | undefined): string | undefined {
  if (!isTable(value)) return value === undefined ? undefined : tostring(value);
  return getText(value, "note") ?? getText(value, "text") ?? getText(value, "color") ?? jsonText(value);
}

/** What a reader decides about books: conflicts, the trash, deletions that wait; and about devices. */
export class SdrBookScreens {
  constructor(private readonly desk: SdrDesk) {}

  ports(): Pick<
    SdrSync,
    | "conflicts"
    | "settle"
    | "trashBooks"
    | "trash"
    | "restore"
    | "devices"
    | "retire"
    | "held"
    | "deleteHeld"
    | "putHeldBack"
  > {
    const { desk } = this;
    return {
      conflicts: limit => this.conflicts(limit),
      settle: (conflict, index) => {
        this.settle(conflict, index);
      },
      trashBooks: () =>
        this.books("trash").map(book => {
          const count = tonumber(desk.tools.notebook.get("trash", book) ?? "0") ?? 0;
          return { book, ...this.titleOf(book), count };
        }),
      trash: book => this.trash(book),
      restore: items => {
        this.restore(items);
      },
      devices: () => this.devices(),
      retire: id => {
        desk.tools.notebook.set("retired", id, "wanted");
        desk.tools.notebook.flush();
      },
      held: () => this.held(),
      deleteHeld: book => {
        this.decide(book, true);
      },
      putHeldBack: book => {
        this.decide(book, false);
      },
    };
  }

  private trash(book: string): SdrTrashItem[] {
    const { title } = this.titleOf(book);
    const state = this.desk.tools.notebook.state(book);
    return trashOf(state).map(({ uid, text, note }) => ({ book, title, uid, text, note }));
  }

  private titleOf(book: string): { title: string; authors: string } {
    return titleIn(this.desk.tools.notebook, book);
  }

  private books(kind: "trash" | "conflict"): string[] {
    return this.desk.tools.notebook.all(kind).filter(book => book !== "links");
  }

  private conflicts(limit: number): SdrConflict[] {
    const conflicts: SdrConflict[] = [];
    for (const book of this.books("conflict")) {
      for (const conflict of realConflicts(this.desk.tools.notebook.state(book))) {
        if (conflicts.length < limit) conflicts.push(this.told(book, conflict));
      }
    }
    return conflicts;
  }

  private told(book: string, conflict: Conflict): SdrConflict {
    const { uid, group, name, writes } = conflict;
    const { notebook } = this.desk.tools;
    const pos = uid === undefined ? undefined : notebook.state(book).annotations[uid]?.pos?.writes[0]?.value;
    const text = isTable(pos) ? captionOf({ pos, note: undefined }) : "";
    return {
      book,
      title: this.titleOf(book).title,
      id: name,
      what: uid === undefined || group === undefined ? { kind: "field", name } : { kind: "annotation", group, text },
      values: writes.map(({ stamp, value }) => {
        const words = wordsOf(value);
        return {
          device: this.label(stampDevice(stamp)),
          at: epochSeconds(Math.floor(hlcMs(stampHlc(stamp)) / 1000)),
          ...(words !== undefined && { text: words }),
        };
      }),
    };
  }

  private label(id: string): string {
    const { device, label } = this.desk.tools;
    return id === device.id() ? label() : (device.known(id)?.label ?? id);
  }

  private settle({ book, id }: SdrConflict, index: number): void {
    const { notebook, device } = this.desk.tools;
    const state = notebook.state(book);
    const conflict = realConflicts(state).find(({ name }) => name === id);
    const chosen = conflict?.writes[index];
    if (conflict === undefined || chosen === undefined) return;
    notebook.take(book, settled(state, conflict, chosen.value, device.stamp()));
    this.changed(book);
  }

  private restore(items: readonly SdrTrashItem[]): void {
    const { notebook, device } = this.desk.tools;
    for (const { book, uid } of items) {
      const restored = restore(notebook.state(book), uid, device.stamp());
      if (restored === undefined) continue;
      notebook.take(book, restored);
      this.changed(book);
    }
  }

  /** To be put into the books here, and to be sent. */
  private changed(book: string): void {
    const { notebook } = this.desk.tools;
    noteNames(notebook, book, notebook.state(book));
    notebook.set("deliver", book, "1");
    notebook.flush();
    this.desk.watch.tell();
  }

  private devices(): SdrDevice[] {
    const { device, notebook, label } = this.desk.tools;
    const devices: SdrDevice[] = [{ id: device.id(), label: label(), isThis: true, isRetired: false }];
    notebook.flush();
    for (const id of notebook.all("device")) {
      const known = device.known(id);
      if (known !== undefined && id !== device.id()) {
        devices.push({
          id,
          label: known.label,
          isThis: false,
          lastSeen: known.at,
          isRetired: notebook.get("retired", id) !== undefined,
        });
      }
    }
    return devices;
  }

  private shadows(book: string): { readonly file: string; readonly shadow: Shadow }[] {
    const found: { readonly file: string; readonly shadow: Shadow }[] = [];
    for (const { file, shadow } of this.desk.tools.notebook.store.sidecars.of(book)) {
      const read = readShadow(shadow);
      if (read.ok) found.push({ file, shadow: read.value });
    }
    return found;
  }

  private held(): SdrHeld[] {
    const { notebook } = this.desk.tools;
    return notebook.store.questions.held().map(({ book, payload }) => {
      const [count, of] = payload.split("|");
      const texts: string[] = [];
      for (const { shadow } of this.shadows(book)) {
        for (const uid in shadow.held) {
          const pos = notebook.state(book).annotations[uid]?.pos?.writes[0]?.value;
          if (texts.length < MOST_TEXTS && isTable(pos)) texts.push(captionOf({ pos, note: undefined }));
        }
      }
      return {
        book,
        title: this.titleOf(book).title,
        count: tonumber(count ?? "") ?? 0,
        of: tonumber(of ?? "") ?? 0,
        texts,
      };
    });
  }

  private decide(book: string, isDeletion: boolean): void {
    const { notebook } = this.desk.tools;
    for (const { file, shadow } of this.shadows(book)) {
      const known = notebook.sidecar(file);
      if (known === undefined) continue;
      const uids: string[] = [];
      for (const uid in shadow.held) uids.push(uid);
      const decided = isDeletion ? deleteHeld(shadow, uids) : undefined;
      if (decided !== undefined) notebook.take(book, decided.delta);
      notebook.setSidecar({ ...known, stamp: "", shadow: shadowText(decided?.shadow ?? putBack(shadow, uids)) });
    }
    notebook.also(() => {
      notebook.store.questions.release(book);
    });
    this.changed(book);
  }
}
