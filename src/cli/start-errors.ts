interface Start {
  readonly books: string;
  readonly data: string;
  readonly port: number;
  readonly host: string;
}

type Problem = NodeJS.ErrnoException & { readonly path?: string };

/** Why the server did not start, and what to do about it. What we did not foresee stays as it is. */
export function explainStart(error: unknown, start: Start): unknown {
  if (!(error instanceof Error)) return error;
  const text = explain(error, start);
  return text === undefined ? error : new Error(text, { cause: error });
}

function explain({ code, path = "" }: Problem, { books, data, port, host }: Start): string | undefined {
  const isData = path.startsWith(data);
  switch (code) {
    case "EADDRINUSE":
      return `port ${port} is taken, perhaps by a server that runs already; choose another one with --port`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `${host} is no address of this computer; 0.0.0.0 stands for all of them`;
    case "EACCES":
      if (path === "") return `port ${port} is only for root; choose one from 1024 up with --port`;
      return isData
        ? `the data folder ${data} cannot be written: change its owner, or choose another one with --data`
        : `the folder of books ${books} cannot be read: ${path}`;
    case "EROFS":
      return `the data folder ${data} cannot be written: its disk is read-only; choose another one with --data`;
    case "ENOENT":
      return isData ? `the data folder ${data} cannot be made` : `there is no folder ${books}`;
    case "EEXIST":
    case "ENOTDIR":
      return isData
        ? `${data} is no folder; choose another one with --data`
        : `${books} is a file, not a folder of books`;
    case "SQLITE_CANTOPEN":
    case "SQLITE_READONLY":
      return `the database in ${data} cannot be written: change its owner, or choose another folder with --data`;
    case "SQLITE_NOTADB":
    case "SQLITE_CORRUPT":
      return `the database in ${data} is damaged: restore a backup (ribbon restore FILE --data ${data})`;
    case "SQLITE_FULL":
    case "ENOSPC":
      return `the disk with ${data} is full`;
    case "SQLITE_BUSY":
      return `another program holds the database in ${data}`;
    case undefined:
    default:
      return undefined;
  }
}
