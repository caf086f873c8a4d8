// A process that dies at one of its file operations, for specs: the operation is not done, or a text is written by half.

interface FileClass {
  __index: { write: (this: void, file: LuaFile, text: string) => unknown };
}

const DEATH = "killed";
const fileClass = getmetatable(io.stdout) as unknown as FileClass;

interface Operations {
  rename: typeof os.rename;
  remove: typeof os.remove;
  write: FileClass["__index"]["write"];
  open: typeof io.open;
}

const real: Operations = { rename: os.rename, remove: os.remove, write: fileClass.__index.write, open: io.open };

function install({ rename, remove, write, open }: Operations): void {
  os.rename = rename;
  os.remove = remove;
  fileClass.__index.write = write;
  io.open = open;
}

/**
 * Does something in a process that dies at its n-th operation that changes files: at renaming and removing before it is done,
 * at opening a file for writing with that file empty, at writing with half of the text on the disk.
 * True when it came to its end before.
 */
export function survives(n: number, work: (this: void) => void): boolean {
  let left = n;
  const count = (): void => {
    left -= 1;
    if (left === 0) error(DEATH, 0);
  };
  const counted: Operations = {
    rename: (from, to) => {
      count();
      return real.rename(from, to);
    },
    remove: path => {
      count();
      return real.remove(path);
    },
    write: (file, text) => {
      if (left > 1) left -= 1;
      else {
        real.write(file, string.sub(text, 1, Math.floor(string.len(text) / 2)));
        file.close();
        error(DEATH, 0);
      }
      return real.write(file, text);
    },
    open: ((path: string, mode: string) => {
      const [file, problem] = real.open(path, mode as "rb");
      if (mode === "wb") {
        left -= 1;
        if (left === 0) {
          file?.close();
          error(DEATH, 0);
        }
      }
      return $multi(file, problem);
    }) as unknown as typeof io.open,
  };
  install(counted);
  const [worked, problem] = pcall(work);
  install(real);
  if (!worked && problem !== DEATH) error(problem, 0);
  return worked;
}

/** Does something on a disk that is full from its n-th writing on, or only at that one: half of a text arrives, and nobody dies. */
export function onFullDisk(n: number, isForGood: boolean, work: (this: void) => void): void {
  let left = n;
  const write: Operations["write"] = (file, text) => {
    left -= 1;
    if (left > 0 || (left < 0 && !isForGood)) return real.write(file, text);
    real.write(file, string.sub(text, 1, Math.floor(string.len(text) / 2)));
    return undefined;
  };
  install({ ...real, write });
  const [worked, problem] = pcall(work);
  install(real);
  if (!worked) error(problem, 0);
}
