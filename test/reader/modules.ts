/** Registers the look-alikes under KOReader's own names, so that a plugin's `require` finds them. */
import bits = require("bit");
import lfs = require("lfs");
import { browser } from "./apps/file-manager";
import { readHistory } from "./apps/history";
import { pluginLoader } from "./apps/plugin-loader";
import { reader } from "./apps/reader-ui";
import { sha2 } from "./data/hashes";
import { partialMD5 } from "./data/partial-md5";
import { rapidjson } from "./data/rapidjson";
import { sqlite } from "./data/sqlite";
import { datetime } from "./data/datetime";
import { getText } from "./data/get-text";
import * as texts from "./data/texts";
import { device } from "./device/device";
import { networkMgr } from "./device/network";
import { eventClass, widgetContainer } from "./loop/events";
import { uiManager } from "./loop/ui-manager";
import { dataStorage } from "./settings/data-storage";
import { docSettings } from "./settings/doc-settings";
import { luaSettings } from "./settings/lua-settings";
import { dispatcher } from "./apps/dispatcher";
import { ffiUtil } from "./system/ffi-util";
import { guardedFfi } from "./system/guarded-ffi";
import { random, time, version } from "./system/small-modules";
import { logger } from "./system/logger";
import { isFile, isFolder, makePath, removePath } from "./system/paths";
import { socketutil } from "./system/sockets";
import * as dialogs from "./widgets/dialogs";
import { list } from "./widgets/list";
import * as messages from "./widgets/messages";
import * as pages from "./widgets/pages";
import { focusManager, piece } from "./widgets/pieces";
import * as qr from "./widgets/qr";
import * as toasts from "./widgets/toasts";

const copyDeep = <Value>(value: Value): Value => {
  if (typeof value !== "object") return value;
  const copy: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value as Record<string, unknown>)) copy[key] = copyDeep(item);
  return copy as Value;
};

const util: KOReader.Util = {
  partialMD5,
  makePath,
  removePath,
  removeFile: file => os.remove(file),
  pathExists: path => lfs.attributes(path, "mode") !== undefined,
  fileExists: isFile,
  directoryExists: isFolder,
  getSafeFilename: texts.getSafeFilename,
  splitFilePathName: texts.splitFilePathName,
  splitFileNameSuffix: texts.splitFileNameSuffix,
  getFriendlySize: texts.getFriendlySize,
  urlEncode: texts.urlEncode,
  urlDecode: texts.urlDecode,
  fixUtf8: texts.fixUtf8,
  splitToChars: texts.splitToChars,
  tableDeepCopy: copyDeep,
};

/** Caches of the book lists: nothing in the stand-in shows them. */
const bookList: KOReader.BookList = {
  resetBookInfoCache() {},
  setBookInfoCache() {},
  setBookInfoCacheProperty() {},
};

const geometry: KOReader.GeometryModule = { new: box => box };

const MODULES: Record<string, object> = {
  "ui/uimanager": uiManager,
  "ui/event": eventClass,
  "ui/time": time,
  "ui/widget/container/widgetcontainer": widgetContainer,
  "ui/widget/infomessage": messages.infoMessage,
  "ui/widget/notification": toasts.notification,
  "ui/widget/confirmbox": messages.confirmBox,
  "ui/widget/multiconfirmbox": messages.multiConfirmBox,
  "ui/widget/textviewer": pages.textViewer,
  "ui/widget/keyvaluepage": pages.keyValuePage,
  "ui/widget/inputdialog": dialogs.inputDialog,
  "ui/widget/multiinputdialog": dialogs.multiInputDialog,
  "ui/widget/buttondialog": dialogs.buttonDialog,
  "ui/widget/qrmessage": qr.qrMessage,
  "ui/widget/qrwidget": qr.qrWidget,
  "ui/widget/menu": list,
  "ui/widget/pathchooser": pages.pathChooser,
  "ui/widget/sortwidget": pages.sortWidget,
  "ui/widget/textboxwidget": pages.textBoxWidget,
  "ui/widget/textwidget": toasts.textWidget,
  "ui/font": pages.font,
  "ui/widget/spinwidget": dialogs.spinWidget,
  "ui/widget/booklist": bookList,
  "ui/widget/focusmanager": focusManager,
  "ui/widget/titlebar": piece,
  "ui/widget/scrolltextwidget": piece,
  "ui/widget/buttontable": piece,
  "ui/widget/imagewidget": piece,
  "ui/widget/verticalgroup": piece,
  "ui/widget/horizontalgroup": piece,
  "ui/widget/horizontalspan": piece,
  "ui/widget/container/framecontainer": piece,
  "ui/geometry": geometry,
  "ffi/blitbuffer": { COLOR_WHITE: {} },
  "ui/network/manager": networkMgr,
  "apps/reader/readerui": reader,
  "apps/filemanager/filemanager": browser,
  "ffi/util": ffiUtil,
  "ffi/sha2": sha2,
  "ffi/posix_h": {},
  "lua-ljsqlite3/init": sqlite,
  "libs/libkoreader-lfs": lfs,
  bit: bits,
  datastorage: dataStorage,
  device,
  datetime,
  dispatcher,
  docsettings: docSettings,
  ffi: guardedFfi,
  gettext: getText,
  logger,
  luasettings: luaSettings,
  optmath: texts.optmath,
  pluginloader: pluginLoader,
  pluginshare: {},
  random,
  rapidjson,
  readhistory: readHistory,
  socketutil,
  util,
  version,
};

/** Lua's `package`, a word that TypeScript reserves. */
const { loaded, preload } = _G.package;

export function registerModules(): void {
  for (const [name, module] of Object.entries(MODULES)) {
    loaded[name] = undefined;
    preload[name] = () => module;
  }
}
