// @ts-check
// Where the data about KOReader's releases cannot be asked directly. Each entry says why.

/** Modules that the data does not hold, and why. */
export const UNCHECKED = new Map([
  ["ffi", "built into LuaJIT"],
  ["string.buffer", "built into LuaJIT"],
  ["ffi/sha2", "the extraction could not parse it"],
  ["libs/libkoreader-lfs", "a C module"],
  ["ltn12", "LuaSocket, not KOReader's source"],
  ["lua-ljsqlite3/init", "a rock, not KOReader's source"],
  ["mime", "a C module"],
  ["rapidjson", "a C module"],
  ["socket", "LuaSocket, not KOReader's source"],
  ["socket.http", "LuaSocket, not KOReader's source"],
  ["socket.url", "LuaSocket, not KOReader's source"],
  ["ssl", "LuaSec, not KOReader's source"],
  ["ssl.https", "LuaSec, not KOReader's source"],
  ["ui/network/manager", "returns an initialized object that the extraction could not follow"],
]);

/** Modules that hand out what another one makes. */
export const SAME_AS = new Map([["device", "device/generic/device"]]);

/** Members that the extraction does not see, since nothing in their own file sets them by name. */
export const KNOWN_MEMBERS = new Set([
  // Set by loops or metatables.
  ...["dbg", "info", "warn", "err"].map(level => `logger.${level}`),
  ...["ngettext", "pgettext"].map(name => `gettext.${name}`),
  // An empty table for plugins: AutoSuspend reads it, KeepAlive and AutoTurn write it.
  "pluginshare.pause_auto_suspend",
  // Given by whoever makes the widget.
  "ui/widget/buttontable.show_parent",
  ...["dimen", "covers_fullscreen", "key_events", "onClose", "onCloseWidget"].map(
    name => `ui/widget/focusmanager.${name}`,
  ),
  "ui/widget/inputdialog.text_type",
  "ui/widget/keyvaluepage.close_callback",
  "ui/widget/menu.covers_fullscreen",
  "ui/widget/menu.onReturn",
  "ui/widget/pathchooser.onConfirm",
  "ui/widget/textviewer.close_callback",
  "KOReader.List.onReturn",
  // Set by methods, which are not searched for fields.
  ...["paths", "perpage", "page_num", "key_events"].map(name => `KOReader.List.${name}`),
]);

/** Interfaces for what is no module, and the modules whose objects they describe. */
export const CLASSES = new Map([
  ["KOReader.AnnotationStore", ["apps/reader/modules/readerannotation"]],
  ["KOReader.ButtonDialog", ["ui/widget/buttondialog"]],
  ["KOReader.DocSettings", ["docsettings"]],
  ["KOReader.Document", ["document/document", "document/credocument"]],
  ["KOReader.FileChooser", ["ui/widget/filechooser"]],
  ["KOReader.InputDialog", ["ui/widget/inputdialog"]],
  ["KOReader.Link", ["apps/reader/modules/readerlink"]],
  ["KOReader.List", ["ui/widget/menu"]],
  ["KOReader.LuaSettings", ["luasettings"]],
  ["KOReader.MainMenu", ["apps/reader/modules/readermenu", "apps/filemanager/filemanagermenu"]],
  ["KOReader.MultiInputDialog", ["ui/widget/multiinputdialog"]],
  ["KOReader.Paging", ["apps/reader/modules/readerpaging"]],
  ["KOReader.PowerDevice", ["device/generic/powerd"]],
  ["KOReader.Rolling", ["apps/reader/modules/readerrolling"]],
  ["KOReader.Screen", ["ffi/framebuffer"]],
  ["KOReader.TextWidget", ["ui/widget/textwidget"]],
  ["KOReader.TouchMenu", ["ui/widget/touchmenu"]],
  ["KOReader.Ui", ["apps/reader/readerui", "apps/filemanager/filemanager"]],
  ["KOReader.Widget", ["ui/widget/widget", "ui/widget/eventlistener"]],
]);
