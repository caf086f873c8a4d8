/** What a page of our own is put together of. Children are numbered from 1. */
declare namespace KOReader {
  interface Size {
    readonly w: number;
    readonly h: number;
  }

  interface Box extends Size {
    readonly x: number;
    readonly y: number;
  }

  /** Widgets that are drawn inside others. */
  interface Piece extends Widget {
    getSize(): Size;
    /** Gives back the memory of pictures and rendered text. */
    free?(): void;
  }

  interface Holder {
    [child: number]: Piece;
  }

  /** A window that takes keys and, by its children, taps. */
  interface FocusManagerFields {
    dimen: Box;
    covers_fullscreen?: boolean;
    key_events?: Record<string, unknown>;
    onClose?(): boolean | void;
    onCloseWidget?(): void;
  }

  interface FocusManager extends Widget {
    [child: number]: Piece;
    /** Rows of what keys can choose. */
    layout?: unknown;
  }

  interface TitleBarFields {
    width: number;
    fullscreen?: boolean | string;
    align?: "left" | "center";
    title: string;
    title_multilines?: boolean;
    with_bottom_line?: boolean;
    close_callback?: Callback;
    show_parent: Widget;
  }

  interface TitleBar extends Piece {
    getHeight(): number;
  }

  interface ScrollTextFields {
    text: string;
    face: unknown;
    width: number;
    height: number;
    justified?: boolean;
    /** The window that is drawn anew when it scrolls. */
    dialog: Widget;
  }

  interface ButtonTableFields {
    width: number;
    buttons: Button[][];
    zero_sep?: boolean;
    show_parent: Widget;
  }

  interface ButtonTable extends Piece {
    /** Rows of its buttons, for keys. */
    readonly layout: unknown;
  }

  interface ImageFields {
    file: string;
    /** False: it is not kept in memory for the next time. */
    file_do_cache?: boolean;
    width: number;
    height: number;
    /** 0: as large as fits, undistorted. */
    scale_factor?: number;
  }

  interface GroupFields extends Partial<Holder> {
    align?: "left" | "center" | "right" | "top" | "bottom";
  }

  interface FrameFields extends Partial<Holder> {
    background?: unknown;
    bordersize?: number;
    padding?: number;
    margin?: number;
    width?: number;
    height?: number;
  }

  interface GeometryModule {
    "new"(box: Box): Box;
  }

  interface BlitbufferModule {
    readonly COLOR_WHITE: unknown;
  }
}

declare module "ui/widget/focusmanager" {
  const module: KOReader.WidgetClass<KOReader.FocusManagerFields, KOReader.FocusManager>;
  export = module;
}

declare module "ui/widget/titlebar" {
  const module: KOReader.WidgetClass<KOReader.TitleBarFields, KOReader.TitleBar>;
  export = module;
}

declare module "ui/widget/scrolltextwidget" {
  const module: KOReader.WidgetClass<KOReader.ScrollTextFields, KOReader.Piece>;
  export = module;
}

declare module "ui/widget/buttontable" {
  const module: KOReader.WidgetClass<KOReader.ButtonTableFields, KOReader.ButtonTable>;
  export = module;
}

declare module "ui/widget/imagewidget" {
  const module: KOReader.WidgetClass<KOReader.ImageFields, KOReader.Piece>;
  export = module;
}

declare module "ui/widget/verticalgroup" {
  const module: KOReader.WidgetClass<KOReader.GroupFields, KOReader.Piece>;
  export = module;
}

declare module "ui/widget/horizontalgroup" {
  const module: KOReader.WidgetClass<KOReader.GroupFields, KOReader.Piece>;
  export = module;
}

declare module "ui/widget/horizontalspan" {
  const module: KOReader.WidgetClass<{ width: number }, KOReader.Piece>;
  export = module;
}

declare module "ui/widget/container/framecontainer" {
  const module: KOReader.WidgetClass<KOReader.FrameFields, KOReader.Piece>;
  export = module;
}

declare module "ui/geometry" {
  const module: KOReader.GeometryModule;
  export = module;
}

declare module "ffi/blitbuffer" {
  const module: KOReader.BlitbufferModule;
  export = module;
}
