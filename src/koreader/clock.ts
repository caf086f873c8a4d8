import time = require("ui/time");
import { epochSeconds, seconds } from "../core/units";
import type { Clock } from "../ports/clock";

export const clock: Clock = {
  epoch: () => epochSeconds(os.time()),
  monotonic: () => seconds(time.to_s(time.now())),
  dayStart: daysAhead => {
    const { year, month, day } = os.date("*t");
    return epochSeconds(os.time({ year, month, day: day + daysAhead, hour: 0 }));
  },
};
