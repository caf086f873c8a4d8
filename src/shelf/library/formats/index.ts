import { comic } from "./comic";
import { djvu } from "./djvu";
import { epub } from "./epub";
import { fb2 } from "./fb2";
import type { Kind } from "./kinds";
import { mobi } from "./mobi";
import { pdf } from "./pdf";
import type { Format } from "./said";

/** How each kind of file is read. */
export const FORMATS: Readonly<Record<Kind, Format>> = { epub, pdf, comic, mobi, fb2, djvu };
