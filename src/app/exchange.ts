/** What is asked of servers, and what becomes of their answers: loaded when the first server is asked. */
export { askServer } from "./question";
export { Round } from "./round";
