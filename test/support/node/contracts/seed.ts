import { randomBytes } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { SignJWT } from "jose";
import { digestOf } from "../../../../src/shelf/accounts/keys";
import { LoginTokens } from "../../../../src/shelf/accounts/login-token";
import { mintKey } from "../../../../src/shelf/accounts/owner";
import { hashPassword } from "../../../../src/shelf/accounts/password";
import type { Status } from "../../../../src/shelf/reading-status";
import { openDatabase, type Db } from "../../../../src/shelf/store/database";
import { openStore, type Store } from "../../../../src/shelf/store/store";
import type { Role } from "../../../../src/shelf/store/users";
import { contractsDir } from "./exchange";

interface Library {
  readonly users: readonly {
    readonly username: string;
    readonly role: Role;
    readonly password: string;
    readonly email: string;
    readonly must_change_password: boolean;
  }[];
  readonly plugin_keys: readonly { readonly placeholder: string; readonly user: string; readonly label: string }[];
  readonly other_credentials: readonly { readonly placeholder: string; readonly user: string }[];
  readonly libraries: readonly { readonly name: string; readonly is_public: boolean; readonly owner: string }[];
  readonly shelves: readonly {
    readonly owner: string;
    readonly name: string;
    readonly params: Readonly<Record<string, unknown>>;
  }[];
  readonly statuses: readonly { readonly user: string; readonly book_id: number; readonly status: Status }[];
  readonly books: readonly LibraryBook[];
}

interface LibraryBook {
  readonly title: string;
  readonly author: string | null;
  readonly series: string | null;
  readonly series_index: number | null;
  readonly book_type: string | null;
  readonly language: string | null;
  readonly description: string | null;
  readonly tags: readonly string[];
  readonly added_by: string;
  readonly private_library: string | null;
  readonly files: readonly {
    readonly format: string;
    readonly file_size: number;
    readonly path_in_library: string;
    readonly partial_md5: string;
    readonly served: { readonly path: string; readonly partial_md5: string };
  }[];
}

/**
 * Fills an empty Shelf with the library of the recordings; returns what to send for each credential. Into a folder of
 * books go the files as Tome 2.3 delivered them, since Shelf delivers what it has.
 */
export async function seedShelf(dataDir: string, booksDir?: string): Promise<Map<string, string>> {
  const library = loadLibrary();
  if (booksDir !== undefined) for (const book of library.books) putServedFiles(book, booksDir);
  const store = openStore(dataDir);
  const db = openDatabase(dataDir);
  const at = new Date().toISOString();
  const users = new Map<string, number>();
  for (const user of library.users) {
    const { username, email, role, must_change_password: mustChangePassword } = user;
    const passwordHash = await hashPassword(user.password);
    users.set(username, store.users.add({ username, email, role, passwordHash, mustChangePassword, createdAt: at }));
  }
  const idOf = (name: string) => users.get(name) ?? 0;
  addLibraries(db, library, idOf);
  for (const book of library.books) addBook(store, db, book, idOf(book.added_by), at);
  for (const { owner, name, params } of library.shelves) store.shelves.add({ ownerId: idOf(owner), name, params });
  for (const { user, book_id, status } of library.statuses) {
    store.statuses.put(idOf(user), book_id, { status, progressPct: null, cfi: null, finishedAt: null }, at);
  }
  const credentials = await addCredentials(store, library, idOf, at);
  db.close();
  store.close();
  return credentials;
}

/** Where a book of the recordings lies in the folder of books. */
export function pathsOf(bookId: number): string[] {
  return (loadLibrary().books[bookId - 1]?.files ?? []).map(file => file.path_in_library);
}

function loadLibrary(): Library {
  return JSON.parse(readFileSync(new URL("library.json", contractsDir), "utf8")) as Library;
}

function putServedFiles(book: LibraryBook, booksDir: string): void {
  for (const { path_in_library, served } of book.files) {
    const path = join(booksDir, path_in_library);
    mkdirSync(dirname(path), { recursive: true });
    copyFileSync(new URL(served.path, contractsDir), path);
  }
}

function addLibraries(db: Db, library: Library, idOf: (name: string) => number): void {
  const add = db.prepare("INSERT INTO libraries (name, is_public, owner_id) VALUES (?, ?, ?)");
  for (const { name, is_public, owner } of library.libraries) add.run(name, is_public ? 1 : 0, idOf(owner));
  for (const type of new Set(library.books.map(book => book.book_type))) if (type !== null) add.run(type, 1, null);
}

function addBook(store: Store, db: Db, book: LibraryBook, addedBy: number, at: string): void {
  const { title, author, series, series_index: seriesIndex, language, description, book_type: bookType } = book;
  const facts = { title, author, series, seriesIndex, language, description, bookType };
  const bookId = store.books.add(facts, at, addedBy);
  for (const file of book.files) {
    const { format, file_size: size, path_in_library: path, partial_md5: md5 } = file;
    store.files.add({ bookId, path, format, size, modifiedMs: 0, md5 });
    store.books.addHash(bookId, md5, "raw", at);
    store.books.addHash(bookId, file.served.partial_md5, "baked", at);
  }
  store.books.setTags(bookId, book.tags);
  const shelf = book.private_library ?? book.book_type;
  db.prepare("INSERT INTO library_books SELECT id, ? FROM libraries WHERE name = ?").run(bookId, shelf);
}

async function addCredentials(
  store: Store,
  library: Library,
  idOf: (name: string) => number,
  at: string,
): Promise<Map<string, string>> {
  const credentials = new Map<string, string>();
  for (const { placeholder, user, label } of library.plugin_keys) {
    credentials.set(placeholder, mintKey(store, idOf(user), label, at).key);
  }
  const tokens = new LoginTokens(store.credentials, () => new Date());
  for (const { placeholder, user } of library.other_credentials) {
    credentials.set(placeholder, await otherCredential(placeholder, store, tokens, idOf(user), at));
  }
  return credentials;
}

async function otherCredential(kind: string, store: Store, tokens: LoginTokens, userId: number, at: string) {
  if (kind === "<jwt: expired>") return tokens.issue(userId, -60);
  if (kind === "<jwt: forged>") {
    const forged = new SignJWT()
      .setProtectedHeader({ alg: "HS256" })
      .setSubject(String(userId))
      .setExpirationTime("1h");
    return forged.sign(randomBytes(32));
  }
  if (!kind.startsWith("<personal token")) return tokens.issue(userId);
  const token = `tome_${randomBytes(24).toString("base64url")}`;
  store.credentials.addToken({ userId, hash: digestOf(token), name: "recorded", scope: "readonly", createdAt: at });
  return token;
}
