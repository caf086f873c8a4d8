import type { Breathe } from "../../koreader/sidecars/slices";
import { Compacting } from "./compacting";
import { Publishing } from "./publishing";
import { Adopting } from "./retiring";
import type { RunCourse } from "./run-course";
import { beginRound } from "./to-tell";
import type { SdrTools } from "./tools";

/** The phase that puts nothing yet: what waits becomes files of ours, which the next exchange puts. */
export function writeFiles(course: RunCourse, next: () => void): void {
  const { tools, steps } = course;
  const adopting = new Adopting(tools);
  const adopted = (): void => {
    steps.then(
      () => {
        adopting.settle();
        beginRound(tools.notebook);
      },
      () => {
        publishFiles(course, next);
      },
    );
  };
  steps.afar(() => adopting, adopted);
}

function publishFiles({ tools, target, steps }: RunCourse, next: () => void): void {
  const exported = (): void => {
    steps.then(breathe => {
      exportFiles(tools, tools.notebook.store.segments.unsent(target), breathe);
    }, next);
  };
  const published = (): void => {
    steps.afar(() => new Compacting(tools, target), exported);
  };
  steps.afar(() => new Publishing(tools), published);
}

/** A worker must not open the store: what it is to put lies in files. */
export function exportFiles({ spool, notebook }: SdrTools, names: readonly string[], breathe: Breathe): void {
  for (const name of names) {
    const bytes = spool.has("out", name) ? undefined : notebook.store.segments.content(name);
    if (bytes !== undefined) spool.write("out", name, bytes);
    breathe();
  }
}
