import type { AnnotationState, BookState, Group } from "./book-state";
import type { Change } from "./change";
import type { LuaValue } from "./lua-value";
import { written, type Register } from "./register";
import type { ShadowAnnotation } from "./shadow";
import { stampHlc, stampOf, stampDevice, type Hlc, type Stamp } from "./stamp";
import { type VersionVector } from "./version-vector";

/** Collects the writes of one look at a sidecar, and what they mean to the reader. */
export class DeltaMaker {
  readonly changes: Change[] = [];
  private readonly fields: Record<string, Register> = {};
  private readonly annotations: Record<string, AnnotationState> = {};

  constructor(readonly stamp: Stamp) {}

  tell(change: Change): void {
    this.changes.push(change);
  }

  /** A write to one group of an annotation by somebody who had seen `over`; `at` stamps it with another time than now. */
  write(uid: string, group: Group, value: LuaValue | undefined, over: VersionVector, at?: Hlc): void {
    const register = written(this.stamped(at), value, over);
    this.annotations[uid] = { ...this.annotations[uid], [group]: register };
  }

  writeField(name: string, value: LuaValue | undefined, over: VersionVector, at?: Hlc): Register {
    const register = written(this.stamped(at), value, over);
    this.fields[name] = register;
    return register;
  }

  /** Deletes what was seen of the annotations behind an item, and nothing that was not. */
  bury(uid: string, shadow: ShadowAnnotation | undefined): void {
    if (shadow === undefined) return;
    for (const each in shadow.seen)
      this.annotations[each] = { ...this.annotations[each], dead: shadow.seen[each] ?? {} };
    this.tell({ kind: "deleted", uid, text: "" });
  }

  delta(): BookState {
    return { fields: this.fields, annotations: this.annotations };
  }

  private stamped(at: Hlc | undefined): Stamp {
    return at === undefined ? this.stamp : stampOf(at, stampDevice(this.stamp));
  }

  now(): Hlc {
    return stampHlc(this.stamp);
  }
}
