import { cut } from "../../core/http/text";
import { stripSpace } from "./xml-space";

/** Which namespace a prefix means; that of no prefix stands under "". */
export type Bindings = Readonly<Record<string, string>>;

const DAV = "DAV:";

/** What prefixes mean inside of an element, by the `xmlns` attributes of its tag. */
export function bindingsOf(tag: string, outer: Bindings): Bindings {
  const inner: Record<string, string> = { ...outer };
  const [, ...declarations] = tag.split("xmlns");
  for (const declaration of declarations) {
    const [name, after] = cut(declaration, "=");
    const quoted = stripSpace(after ?? "");
    const quote = quoted.charAt(0);
    const value = cut(quoted.slice(1), quote)[0];
    const prefix = stripSpace(name);
    if (quote !== '"' && quote !== "'") continue;
    if (prefix === "") inner[""] = value;
    else if (prefix.startsWith(":")) inner[prefix.slice(1)] = value;
  }
  return inner;
}

/** The name of an element within `DAV:`; empty for any other. */
export function localNameIn(qualified: string, bindings: Bindings): string {
  const [prefix, local] = cut(qualified, ":");
  if (local === undefined) return bindings[""] === DAV ? qualified : "";
  return bindings[prefix] === DAV ? local : "";
}
