/** What pages are put together of: they show their texts, the names of their pictures, and what is inside them. */
import { uiManager } from "../loop/ui-manager";
import type { Window } from "../loop/windows";
import { buttonTexts, holdButton, tapButton } from "./buttons";
import { runCallback, widgetClass } from "./widget-class";

/** Any of them, as a Lua table: its children are numbered from 1. */
interface AnyPiece extends Window {
  [child: number]: AnyPiece | undefined;
  title?: string;
  text?: string;
  file?: string;
  buttons?: KOReader.Button[][];
  close_callback?: KOReader.Callback;
}

function childrenOf(piece: AnyPiece): AnyPiece[] {
  const children: AnyPiece[] = [];
  let index = 1;
  let child = piece[index];
  while (child !== undefined) {
    children.push(child);
    index += 1;
    child = piece[index];
  }
  return children;
}

const pictureName = (file: string): string => `picture ${string.match(file, "[^/]+$")[0] ?? file}`;

const ownTexts = ({ title, text, file, buttons = [] }: AnyPiece): string[] =>
  [title ?? "", text ?? "", file === undefined ? "" : pictureName(file)]
    .filter(each => each !== "")
    .concat(buttonTexts(buttons));

const METHODS = {
  texts(this: AnyPiece): string[] {
    return ownTexts(this).concat(childrenOf(this).flatMap(child => child.texts?.() ?? []));
  },
  tap(this: AnyPiece, text: string): boolean {
    if (text === "close" && this.close_callback !== undefined) {
      runCallback("cross", this.close_callback);
      return true;
    }
    return tapButton(this.buttons ?? [], text) || childrenOf(this).some(child => child.tap?.(text) === true);
  },
  hold(this: AnyPiece, text: string): boolean {
    return holdButton(this.buttons ?? [], text) || childrenOf(this).some(child => child.hold?.(text) === true);
  },
  getSize(): KOReader.Size {
    return { w: 100, h: 100 };
  },
  getHeight(): number {
    return 100;
  },
  free() {},
};

/** TitleBar, TextBoxWidget, ButtonTable, groups and frames: all that has no life of its own. */
export const piece = widgetClass<object, object>(METHODS) as unknown as KOReader.WidgetClass<object, KOReader.Piece>;

interface Keys {
  key_events?: Record<string, unknown>;
  onClose?(): boolean | void;
}

/** A window made of pieces. */
export const focusManager = widgetClass<Keys, object>({
  ...METHODS,
  back() {
    if (this.key_events?.["Close"] !== undefined) runCallback("Back key", () => this.onClose?.());
    else uiManager.close(this as unknown as Window);
  },
});
