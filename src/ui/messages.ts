/** What Ribbon says by itself: loaded with the first message. */
export { Toasts } from "./notices";
export { dialogs } from "./prompts";
