import ffiUtil = require("ffi/util");
import type { ListEntry } from "../../core/catalogue";
import type { SeenList } from "../../ports/browse";
import type { Cancel } from "../../ports/scheduler";
import { _ } from "../gettext";
import { inSteps, ROWS_AT_ONCE } from "./find-row";
import type { Library } from "./library";

const T = ffiUtil.template;

/** What a list of books is narrowed to. */
export type Mesh = "all" | "unread" | "not-here";

type Lines = Pick<SeenList, "count" | "lines">;

/** Narrows a list without holding it in memory: only where the lines stand that pass is kept. */
export class Sieve {
  mesh: Mesh = "all";
  isOn = false;
  private passing: number[] = [];
  private stopLooking: Cancel = () => {};

  constructor(private readonly library: Library) {}

  /** Looks through the list, the loop free in between, and tells when it is through. */
  set(mesh: Mesh, list: SeenList, done: () => void): void {
    this.forget();
    this.mesh = mesh;
    if (mesh === "all") return done();
    const passing: number[] = [];
    let first = 0;
    this.stopLooking = inSteps(() => {
      const lines = list.lines(first, ROWS_AT_ONCE);
      this.passingOf(lines).forEach(index => passing.push(first + index));
      first += lines.length;
      if (lines.length > 0 && first < list.count) return true;
      this.passing = passing;
      this.isOn = true;
      done();
      return false;
    });
  }

  private passingOf(lines: readonly ListEntry[]): number[] {
    const { ports, connection } = this.library;
    const ids = lines.flatMap(line => (line.kind === "book" ? [line.book.remoteId] : []));
    const here = this.mesh === "not-here" ? ports.browse.onDevice(connection.id, ids) : undefined;
    return lines.flatMap((line, index) => {
      if (line.kind === "group") return [index];
      const { state, remoteId } = line.book;
      const passes = here === undefined ? state !== "read" : !here.has(remoteId);
      return passes ? [index] : [];
    });
  }

  over(list: SeenList): Lines {
    const { passing } = this;
    if (!this.isOn) return list;
    return {
      count: passing.length,
      lines: (first, most) => passing.slice(first, first + most).flatMap(index => list.lines(index, 1)),
    };
  }

  /** The list has other lines now: all of them are shown. */
  forget(): void {
    this.stop();
    this.mesh = "all";
    this.isOn = false;
    this.passing = [];
  }

  stop(): void {
    this.stopLooking();
  }

  /** "Not read yet: 5 of 12" */
  words(count: number): string {
    const text = this.mesh === "unread" ? _("Not read yet: %1 of %2") : _("Not on this device: %1 of %2");
    return T(text, this.passing.length, count);
  }
}
