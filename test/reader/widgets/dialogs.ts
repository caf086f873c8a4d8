/** InputDialog, MultiInputDialog, ButtonDialog and SpinWidget. */
import { uiManager } from "../loop/ui-manager";
import type { Window } from "../loop/windows";
import { backButton, buttonTexts, holdButton, tapButton } from "./buttons";
import { runCallback, widgetClass } from "./widget-class";

const present = (texts: readonly (string | undefined)[]): string[] =>
  texts.flatMap(text => (text === undefined ? [] : [text]));

/** A password is not on the screen. */
const shownInput = (text: string | undefined, kind: string | undefined): string | undefined =>
  kind === "password" && text !== undefined ? string.rep("*", string.len(text)) : text;

interface AddedWidgets {
  added?: Partial<Window>[];
}

const addedTexts = ({ added = [] }: AddedWidgets): string[] => added.flatMap(widget => widget.texts?.() ?? []);

export const inputDialog: KOReader.WidgetClass<KOReader.InputDialogFields, KOReader.InputDialog> = widgetClass<
  KOReader.InputDialogFields & AddedWidgets,
  object
>({
  init() {
    runCallback("first text", this.edited_callback);
  },
  addWidget(widget: Partial<Window>) {
    this.added = (this.added ?? []).concat([widget]);
  },
  getAddedWidgetAvailableWidth() {
    return 500;
  },
  texts() {
    const input = shownInput(this.input, this.text_type);
    const shown = present([this.title, this.description, input ?? this.input_hint]);
    return shown.concat(addedTexts(this), buttonTexts(this.buttons));
  },
  tap(text: string) {
    return tapButton(this.buttons, text);
  },
  hold(text: string) {
    return holdButton(this.buttons, text);
  },
  type(field: string, text: string) {
    if (![this.title, this.description, this.input_hint].includes(field)) return false;
    this.input = text;
    runCallback("typed letter", this.edited_callback);
    return true;
  },
  back() {
    backButton(this.buttons);
  },
  getInputText() {
    return this.input ?? "";
  },
  getInputValue() {
    return this.input_type === "number" ? tonumber(this.input) : (this.input ?? "");
  },
  setInputText(text: string) {
    this.input = text;
    runCallback("put text", this.edited_callback);
  },
  onShowKeyboard() {},
}) as unknown as KOReader.WidgetClass<KOReader.InputDialogFields, KOReader.InputDialog>;

const fieldTexts = (field: KOReader.InputField): string[] =>
  present([field.description, shownInput(field.text, field.text_type) ?? field.hint]);

export const multiInputDialog = widgetClass<KOReader.MultiInputDialogFields, object>({
  texts() {
    const fields = this.fields.flatMap(field => fieldTexts(field));
    return [this.title].concat(fields, buttonTexts(this.buttons));
  },
  tap(text: string) {
    return tapButton(this.buttons, text);
  },
  type(name: string, text: string) {
    const field = this.fields.find(candidate => candidate.description === name || candidate.hint === name);
    if (field !== undefined) field.text = text;
    return field !== undefined;
  },
  back() {
    backButton(this.buttons);
  },
  getFields() {
    return this.fields.map(field => field.text ?? "");
  },
  onShowKeyboard() {},
}) as unknown as KOReader.WidgetClass<KOReader.MultiInputDialogFields, KOReader.MultiInputDialog>;

export const buttonDialog = widgetClass<KOReader.ButtonDialogFields & AddedWidgets, object>({
  setTitle(title: string) {
    this.title = title;
  },
  addWidget(widget: Partial<Window>) {
    this.added = (this.added ?? []).concat([widget]);
  },
  texts() {
    return present([this.title]).concat(addedTexts(this), buttonTexts(this.buttons));
  },
  tap(text: string) {
    return tapButton(this.buttons, text);
  },
  hold(text: string) {
    return holdButton(this.buttons, text);
  },
  back() {
    if (this.dismissable === false) return;
    runCallback("closed dialog", this.tap_close_callback);
    uiManager.close(this);
  },
});

export const spinWidget = widgetClass<KOReader.SpinWidgetFields, object>({
  texts() {
    const value = `${this.value}${this.unit === undefined ? "" : ` ${this.unit}`}`;
    return present([this.title_text, this.info_text, value, "Close", this.ok_text ?? "OK"]);
  },
  tap(text: string) {
    if (text !== (this.ok_text ?? "OK") && text !== "Close") return false;
    if (text !== "Close") runCallback("spin widget", () => this.callback({ value: this.value }));
    uiManager.close(this);
    return true;
  },
  type(field: string, text: string) {
    this.value = Math.min(Math.max(tonumber(text) ?? this.value, this.value_min), this.value_max);
    return field === this.title_text;
  },
  back() {
    uiManager.close(this);
  },
});
