import type { SidecarSighting } from "../../ports/sidecars";
import type { Note } from "./look";
import type { SdrTools } from "./tools";

/** What is known of a book at the moment it is opened. */
export interface Opening {
  /** Its sidecar as it was then, while nobody has looked at it since it was last read. */
  readonly unseen: SidecarSighting | undefined;
}

/**
 * A session with a book begins, before anything of KOReader reads its sidecar. As an event handler it finds out as much as takes as
 * long for a thousand highlights as for one, and reads none: they are looked at by a worker, as the file has them.
 * @param isReset without what KOReader keeps in every sidecar: what it lacks was not taken out
 */
export function beginSession(tools: SdrTools, file: string, session: string, isReset: boolean): Opening {
  const { notebook, finder, stampOf } = tools;
  const sighting = finder.find(file);
  const known = notebook.sidecar(file);
  const stamp = sighting === undefined ? "" : stampOf(sighting);
  const isKnown = known !== undefined && stamp !== "" && known.stamp === stamp;
  if (isKnown && notebook.get("pending", file) !== undefined) {
    // What was to be written then was not.
    notebook.set("pending", file, undefined);
    notebook.set("deliver", known.book, "1");
  }
  const isWatched = !isReset && (isKnown || wasWatched(tools, file));
  notebook.set("session", file, isWatched ? session : undefined);
  notebook.flush();
  return { unseen: isKnown ? undefined : sighting };
}

/** Whether all that happened since the last look was a session that came to its end: this one goes on from there. */
function wasWatched({ notebook, json }: SdrTools, file: string): boolean {
  const session = notebook.get("session", file);
  if (session === undefined) return false;
  const ended: Note = { session };
  return notebook.store.values.deletions(file).includes(json.encode(ended));
}

/** Whether nobody wrote the sidecar between the two sightings, as far as files tell. */
export function isSameFile(a: SidecarSighting, b: SidecarSighting | undefined): boolean {
  const [one, other] = [a.files[0], b?.files[0]];
  return one?.path === other?.path && one?.size === other?.size && one?.modified === other?.modified;
}
