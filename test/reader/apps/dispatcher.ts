/** Actions that the reader may bind to gestures; the hand can perform them. */
import { newEvent } from "../loop/events";
import { uiManager } from "../loop/ui-manager";

const actions = new Map<string, KOReader.Action>();

export const dispatcher: KOReader.Dispatcher = {
  registerAction(id, action) {
    if (!actions.has(id)) actions.set(id, action);
    return true;
  },
  removeAction(id) {
    actions.delete(id);
  },
};

/** Sends the action's event, as a gesture does; false when there is none with this id. */
export function perform(id: string): boolean {
  const action = actions.get(id);
  if (action !== undefined) uiManager.sendEvent(newEvent(action.event, action.arg));
  return action !== undefined;
}
