/** What the screens show and what their taps do: loaded with the first of them. */
export { actionsOf } from "./actions";
export { adoptBaked } from "./baked";
export { overviewOf } from "./overview";
