import type { WebContext } from "../context";
import type { Page } from "../page";
import { accountPages } from "./account";
import { bookPages } from "./book";
import { bookReadingPages } from "./book-reading";
import { booksPages } from "./books";
import { connectPages } from "./connect";
import { devicePages } from "./devices";
import { folderPages } from "./folder";
import { homePages } from "./home";
import { readingPages } from "./reading";
import { seriesPages } from "./series";
import { setUpPages } from "./set-up";
import { signInPages } from "./sign-in";
import { usersPages } from "./users";

/** All pages; one file per part of them. */
export function allPages(context: WebContext): Page[] {
  return [
    setUpPages(context),
    signInPages(context),
    homePages(context),
    booksPages(context),
    seriesPages(context),
    bookPages(context),
    folderPages(context),
    readingPages(context),
    bookReadingPages(context),
    devicePages(context),
    connectPages(context),
    usersPages(context),
    accountPages(context),
  ].flat();
}
