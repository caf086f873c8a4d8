import FileManager = require("apps/filemanager/filemanager");

/** New files lie in a folder: the file browser shows them, if that is what it shows. */
export function showNewFiles(): void {
  FileManager.instance?.file_chooser?.refreshPath();
}
