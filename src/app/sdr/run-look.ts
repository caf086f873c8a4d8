import { Looking, withOpenBook } from "./looking";
import type { RunCourse } from "./run-course";
import { Sweeping } from "./sweeping";
import { forgetTold } from "./to-tell";

/** The first phase of a run: what changed on this device becomes known. */
export function lookAround(course: RunCourse, next: () => void): void {
  const { tools, order, steps } = course;
  course.tell("looking", 0, 0);
  if (order.files !== "all") return lookAt(course, order.files, next);
  const sweeping = new Sweeping(tools);
  steps.then(
    breathe => {
      forgetTold(tools.notebook, breathe);
    },
    () => {
      steps.afar(
        () => sweeping,
        () => {
          lookAt(course, sweeping.files, next);
        },
      );
    },
  );
}

function lookAt({ tools, steps, tell }: RunCourse, found: readonly string[], next: () => void): void {
  const files = withOpenBook(tools, found);
  const told = (done: number): void => {
    tell("looking", done, files.length);
  };
  steps.afar(one => new Looking(tools, one, files, told), next);
}
