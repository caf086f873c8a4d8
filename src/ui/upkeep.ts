/** What a reader does with Ribbon itself, now and then: a part of its own. */
export { askToDelete } from "./delete-data";
export { showDiagnostics } from "./diagnostics";
