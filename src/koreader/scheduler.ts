import UIManager = require("ui/uimanager");
import type { Scheduler } from "../ports/scheduler";
import { guarded } from "../guard";

export const scheduler: Scheduler = {
  after: (delay, task) => {
    const action = guarded(task);
    UIManager.scheduleIn(delay, action);
    return () => {
      UIManager.unschedule(action);
    };
  },
  afterRepaint: task => {
    const wrapper = UIManager.tickAfterNext(guarded(task));
    return () => {
      UIManager.unschedule(wrapper);
    };
  },
};
