import random = require("random");
import type { Random } from "../ports/random";

export const chance: Random = {
  uuid: () => random.uuid(true),
  fraction: () => math.random(),
};
