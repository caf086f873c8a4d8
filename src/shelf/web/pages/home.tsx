import type { WebContext } from "../context";
import { reader, show, type Page } from "../page";

export function homePages({ store }: WebContext): Page[] {
  return [
    reader.page("/", ({ who }) => {
      const devices = store.credentials.keysOf(who.id).length;
      return show(
        "Your library",
        <p>
          Good to see you, {who.username}. {devices === 0 ? "No device is connected yet." : `${devices} connected.`}
        </p>,
      );
    }),
  ];
}
