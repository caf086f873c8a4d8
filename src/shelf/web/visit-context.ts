import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Visit } from "./visit";

/** The visit for which a page is rendered: forms take their token from it. */
export const VisitContext = createContext<Visit | undefined>(undefined);

/** Throws outside of a page. */
export function useVisit(): Visit {
  const visit = useContext(VisitContext);
  if (!visit) throw new Error("A page is rendered without a visit.");
  return visit;
}
