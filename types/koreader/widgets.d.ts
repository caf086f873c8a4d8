/** What can be shown. Fields are those that we set; callbacks take no self. */
declare namespace KOReader {
  interface Widget {
    handleEvent(event: Event): boolean | undefined;
  }

  interface WidgetClass<Attributes, Instance extends Widget = Widget> {
    "new"(attributes: Attributes): Instance;
  }

  type Callback = (this: void) => void;

  /** Modal: the next tap only closes it. */
  interface InfoMessageFields {
    text: string;
    /** Seconds. */
    timeout?: number;
    icon?: string;
    show_icon?: boolean;
    dismissable?: boolean;
    dismiss_callback?: Callback;
    show_delay?: number;
  }

  /** A toast of one line, below those that are shown: takes no input. */
  interface NotificationFields {
    text: string;
    /** Seconds; 2 unless given. */
    timeout?: number;
  }

  interface NotificationClass extends WidgetClass<NotificationFields> {
    readonly face: unknown;
    /** Around the frame, in pixels. */
    readonly margin: number;
    /** Within the frame, in pixels. */
    readonly padding: number;
    readonly SOURCE_ALWAYS_SHOW: number;
    readonly SOURCE_DISPATCHER: number;
    readonly SOURCE_OTHER: number;
    /** The reader's filters hide most sources. */
    notify(text: string, source?: number, refreshAfter?: boolean): boolean | undefined;
  }

  interface ConfirmBoxFields {
    text: string;
    ok_text?: string;
    cancel_text?: string;
    ok_callback?: Callback;
    /** Also after a tap outside. */
    cancel_callback?: Callback;
    other_buttons?: Button[][];
    dismissable?: boolean;
    keep_dialog_open?: boolean;
    no_ok_button?: boolean;
    icon?: string;
  }

  interface MultiConfirmBoxFields {
    text: string;
    choice1_text: string;
    choice1_callback: Callback;
    choice2_text: string;
    choice2_callback: Callback;
    cancel_text?: string;
    cancel_callback?: Callback;
  }

  interface TextViewerFields {
    title: string;
    text: string;
    justified?: boolean;
    buttons_table?: Button[][];
    close_callback?: Callback;
  }

  interface KeyValuePageFields {
    title: string;
    kv_pairs: KeyValue[];
    close_callback?: Callback;
  }

  /** A key, a value and what a tap does: `["Waiting", "3"]`, or `"---"` for a line. */
  type KeyValue = KeyValueRow | "---";

  interface KeyValueRow {
    /** The key. */
    [0]: string;
    /** The value. */
    [1]: string;
    callback?: Callback;
    hold_callback?: Callback;
    separator?: boolean;
  }

  interface InputDialogFields {
    title: string;
    input?: string;
    input_hint?: string;
    description?: string;
    input_type?: "number";
    text_type?: "password";
    allow_newline?: boolean;
    /** After each letter; and while the dialog is made, when there is none yet. */
    edited_callback?: Callback;
    buttons: Button[][];
  }

  interface InputDialog extends Widget {
    /** Between the text and the buttons; stays there when the dialog is laid out anew. */
    addWidget(widget: Widget): void;
    /** In pixels. */
    getAddedWidgetAvailableWidth(): number;
    getInputText(): string;
    getInputValue(): string | number | undefined;
    setInputText(text: string): void;
    onShowKeyboard(): void;
  }

  interface MultiInputDialogFields {
    title: string;
    fields: InputField[];
    buttons: Button[][];
  }

  interface InputField {
    text?: string;
    hint?: string;
    description?: string;
    input_type?: "number";
    text_type?: "password";
  }

  interface MultiInputDialog extends Widget {
    getFields(): string[];
    onShowKeyboard(): void;
  }

  interface Button {
    text?: string;
    text_func?: (this: void) => string;
    /** "close" is the button that Back presses. */
    id?: string;
    is_enter_default?: boolean;
    enabled?: boolean;
    enabled_func?: (this: void) => boolean;
    checked_func?: (this: void) => boolean;
    callback?: Callback;
    hold_callback?: Callback;
    align?: "left" | "center" | "right";
    font_bold?: boolean;
  }

  interface ButtonDialog extends Widget {
    /** Lays the dialog out anew and draws it, without a flash. */
    setTitle(title: string): void;
    /** Below the title. @since v2025.10 */
    addWidget?(widget: Widget): void;
  }

  /** A square image; without a size one pixel for each of the code's. */
  interface QrWidgetFields {
    text: string;
    width?: number;
    height?: number;
  }

  /** Any tap or key closes it. */
  interface QrMessageFields extends QrWidgetFields {
    timeout?: number;
    dismiss_callback?: Callback;
  }

  interface ButtonDialogFields {
    title?: string;
    title_align?: "left" | "center";
    /** An empty row is a line. */
    buttons: Button[][];
    dismissable?: boolean;
    tap_close_callback?: Callback;
    width_factor?: number;
  }

  /** Methods may be given too: they stand in for the class's own. */
  interface ListFields {
    title: string;
    subtitle?: string;
    item_table: ListItem[];
    is_borderless?: boolean;
    is_popout?: boolean;
    covers_fullscreen?: boolean;
    title_bar_fm_style?: boolean;
    title_bar_left_icon?: string;
    close_callback?: Callback;
    /** Called for an item without a submenu; the default runs the item's callback. */
    onMenuSelect?(item: ListItem): void;
    onMenuHold?(item: ListItem): void;
    /** The arrow at the bottom left: it can be tapped while there is something in `paths`. */
    onReturn?(): void;
    onLeftButtonTap?(): void;
    onCloseWidget?(): void;
    /** Makes the widgets of the visible page anew; everything that changes what is visible ends here. */
    updateItems?(this: List, select_number?: number, no_recalculate_dimen?: boolean): void;
    /** Goes to the next item with these words, or that begins with them. @since v2025.04 */
    goToMenuItemMatching?(this: List, search_string: string, goto_letter?: boolean): void;
  }

  interface ListItem {
    text: string;
    /** On the right. */
    mandatory?: string;
    bold?: boolean;
    dim?: boolean;
    callback?: Callback;
    hold_callback?: Callback;
  }

  interface List extends Widget {
    item_table: ListItem[];
    /** Where one came from; `new` empties it. */
    paths: unknown[];
    /** From 1. */
    page: number;
    /** How many items a page has; 14 unless the reader chose another number. */
    perpage: number;
    page_num: number;
    /** Which keys send which event, on devices with keys. */
    key_events: LuaTable<string, unknown>;
    /** `itemnumber`: the item whose page is shown; negative: the page stays; absent: the first page. */
    switchItemTable(
      new_title: string | undefined,
      new_item_table: ListItem[] | undefined,
      itemnumber?: number,
      itemmatch?: undefined,
      new_subtitle?: string,
    ): void;
    updateItems(select_number?: number, no_recalculate_dimen?: boolean): void;
    onGotoPage(page: number): void;
    getPageNumber(item_number: number): number;
    setTitleBarLeftIcon(icon: string): void;
    onReturn(): void;
    onClose(): void;
    onCloseWidget(): void;
  }

  interface ListClass extends WidgetClass<ListFields, List> {
    updateItems(select_number?: number, no_recalculate_dimen?: boolean): void;
    onCloseWidget(): void;
  }

  interface PathChooserFields {
    title?: string;
    path?: string;
    select_directory?: boolean;
    select_file?: boolean;
    show_files?: boolean;
    onConfirm: (this: void, path: string) => void;
  }

  /** One line. */
  interface TextWidgetFields {
    text: string;
    face: unknown;
    /** In pixels; of a longer text so much is shown that an ellipsis fits behind it. */
    max_width: number;
  }

  interface TextWidget extends Piece {
    /** What is shown of the text, without the ellipsis; whether there is one. */
    getFittedText(): LuaMultiReturn<[string, boolean | undefined]>;
    free(): void;
  }

  interface TextBoxWidgetFields {
    text: string;
    face: unknown;
    /** In pixels; what does not fit in the height is cut. */
    width: number;
    height?: number;
    height_overflow_show_ellipsis?: boolean;
  }

  interface TextBoxWidget extends Piece {
    setText(text: string): void;
    getLineHeight(): number;
  }

  interface Font {
    getFace(name: string, size?: number): unknown;
  }

  interface SortWidgetFields {
    title: string;
    /** Put in its new order in place. */
    item_table: { readonly text: string }[];
    /** When the reader confirms the order. */
    callback: Callback;
  }

  interface SpinWidgetFields {
    title_text: string;
    info_text?: string;
    value: number;
    value_min: number;
    value_max: number;
    value_step?: number;
    default_value?: number;
    unit?: string;
    ok_text?: string;
    callback: (this: void, spin: { readonly value: number }) => void;
  }

  /** The menus at the top of the screen, by the item's id. */
  type MenuItems = Record<string, MenuItem>;

  interface MenuItem {
    /** A top-level item needs it: the sorter counts by it. */
    text?: string;
    text_func?: (this: void) => string;
    sorting_hint?: "tools" | "more_tools" | "search" | "main" | "setting" | "network";
    /** With it the menu stays open and refreshes itself. */
    checked_func?: (this: void) => boolean;
    radio?: boolean;
    enabled_func?: (this: void) => boolean;
    enabled?: boolean;
    callback?: (this: void, menu: TouchMenu) => void;
    hold_callback?: (this: void, menu: TouchMenu) => void;
    keep_menu_open?: boolean;
    sub_item_table?: MenuItem[];
    sub_item_table_func?: (this: void) => MenuItem[];
    help_text?: string;
    separator?: boolean;
  }

  interface TouchMenu {
    updateItems(): void;
    closeMenu(): void;
  }
}

declare module "ui/widget/infomessage" {
  const module: KOReader.WidgetClass<KOReader.InfoMessageFields>;
  export = module;
}

declare module "ui/widget/notification" {
  const module: KOReader.NotificationClass;
  export = module;
}

declare module "ui/widget/confirmbox" {
  const module: KOReader.WidgetClass<KOReader.ConfirmBoxFields>;
  export = module;
}

declare module "ui/widget/multiconfirmbox" {
  const module: KOReader.WidgetClass<KOReader.MultiConfirmBoxFields>;
  export = module;
}

declare module "ui/widget/textviewer" {
  const module: KOReader.WidgetClass<KOReader.TextViewerFields>;
  export = module;
}

declare module "ui/widget/keyvaluepage" {
  const module: KOReader.WidgetClass<KOReader.KeyValuePageFields>;
  export = module;
}

declare module "ui/widget/inputdialog" {
  const module: KOReader.WidgetClass<KOReader.InputDialogFields, KOReader.InputDialog>;
  export = module;
}

declare module "ui/widget/multiinputdialog" {
  const module: KOReader.WidgetClass<KOReader.MultiInputDialogFields, KOReader.MultiInputDialog>;
  export = module;
}

declare module "ui/widget/buttondialog" {
  const module: KOReader.WidgetClass<KOReader.ButtonDialogFields, KOReader.ButtonDialog>;
  export = module;
}

declare module "ui/widget/qrwidget" {
  const module: KOReader.WidgetClass<KOReader.QrWidgetFields>;
  export = module;
}

declare module "ui/widget/qrmessage" {
  const module: KOReader.WidgetClass<KOReader.QrMessageFields>;
  export = module;
}

declare module "ui/widget/menu" {
  const module: KOReader.ListClass;
  export = module;
}

declare module "ui/widget/textwidget" {
  const module: KOReader.WidgetClass<KOReader.TextWidgetFields, KOReader.TextWidget>;
  export = module;
}

declare module "ui/widget/textboxwidget" {
  const module: KOReader.WidgetClass<KOReader.TextBoxWidgetFields, KOReader.TextBoxWidget>;
  export = module;
}

declare module "ui/font" {
  const module: KOReader.Font;
  export = module;
}

declare module "ui/widget/sortwidget" {
  const module: KOReader.WidgetClass<KOReader.SortWidgetFields>;
  export = module;
}

declare module "ui/widget/pathchooser" {
  const module: KOReader.WidgetClass<KOReader.PathChooserFields>;
  export = module;
}

declare module "ui/widget/spinwidget" {
  const module: KOReader.WidgetClass<KOReader.SpinWidgetFields>;
  export = module;
}
