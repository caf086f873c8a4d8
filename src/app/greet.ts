import { seconds } from "../core/units";
import { part } from "../parts";
import type { Ribbon } from "./start";

/** All plugins are loaded by then, and the reader sees where they are. */
const A_MOMENT = seconds(3);

/** Says once that another plugin does what we do; in the file browser, where nobody is torn out of a text. */
export function greetNeighbours({ runtime, screens }: Ribbon): void {
  const { settings } = runtime;
  if (settings.wasTold("tomesync") && settings.wasTold("kosync")) return;
  runtime.scheduler.after(A_MOMENT, () => {
    if (runtime.reading !== undefined) return;
    const { neighbours } = part("koreader/neighbours");
    if (!settings.wasTold("tomesync") && neighbours.hasTomeSync()) {
      settings.noteTold("tomesync", true);
      part("ui/menu").offerTakeOver(screens());
    } else if (!settings.wasTold("kosync") && neighbours.movesPages()) {
      settings.noteTold("kosync", true);
      part("ui/menu").warnOfProgressSync();
    }
  });
}
