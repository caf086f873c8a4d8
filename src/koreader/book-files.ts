import FileManager = require("apps/filemanager/filemanager");
import ReaderUI = require("apps/reader/readerui");
import UIManager = require("ui/uimanager");
import util = require("util");
import { guarded } from "../guard";
import type { BookFiles } from "../ports/book-files";

/** A tick later: whoever asks is inside a window that goes away meanwhile. KOReader itself says when a file is gone. */
export const bookFiles: BookFiles = {
  open: file => {
    UIManager.nextTick(
      guarded(() => {
        const book = ReaderUI.instance;
        if (book?.switchDocument === undefined) ReaderUI.showReader(file);
        else if (book.document?.file !== file) book.switchDocument(file);
      }),
    );
  },
  showInFolder: file => {
    UIManager.nextTick(
      guarded(() => {
        const book = ReaderUI.instance;
        if (book?.showFileManager !== undefined) {
          book.onClose();
          book.showFileManager(file);
        } else focusFile(file);
      }),
    );
  },
};

function focusFile(file: string): void {
  const [folder] = util.splitFilePathName(file);
  FileManager.instance?.file_chooser?.changeToPath(folder, file);
}
