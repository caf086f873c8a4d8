import type { Breathe } from "../../koreader/sidecars/slices";
import { compact } from "./compacting";
import { Publishing } from "./publishing";
import { adoptRetired } from "./retiring";
import type { RunCourse } from "./run-course";
import type { SdrTools } from "./tools";

/** The phase that puts nothing yet: what waits becomes files of ours, which the next exchange puts. */
export function writeFiles(course: RunCourse, next: () => void): void {
  const { tools, steps } = course;
  steps.then(
    breathe => {
      adoptRetired(tools, breathe);
    },
    () => {
      steps.afar(
        () => new Publishing(tools),
        () => {
          compactFiles(course, next);
        },
      );
    },
  );
}

function compactFiles({ tools, target, steps }: RunCourse, next: () => void): void {
  const { notebook, device, newHash, label, now } = tools;
  steps.then(breathe => {
    compact({ notebook, device, newHash, label: label(), now, breathe }, target);
    exportFiles(tools, notebook.store.segments.unsent(target), breathe);
  }, next);
}

/** A worker must not open the store: what it is to put lies in files. */
export function exportFiles({ spool, notebook }: SdrTools, names: readonly string[], breathe: Breathe): void {
  for (const name of names) {
    const bytes = spool.has("out", name) ? undefined : notebook.store.segments.content(name);
    if (bytes !== undefined) spool.write("out", name, bytes);
    breathe();
  }
}
