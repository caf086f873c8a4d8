import type { WebContext } from "../context";
import type { Page } from "../page";
import { accountPages } from "./account";
import { bookReadingPages } from "./book-reading";
import { homePages } from "./home";
import { readingPages } from "./reading";
import { setUpPages } from "./set-up";
import { signInPages } from "./sign-in";

/** All pages; one file per part of them. */
export function allPages(context: WebContext): Page[] {
  return [
    setUpPages(context),
    signInPages(context),
    homePages(context),
    accountPages(context),
    readingPages(context),
    bookReadingPages(context),
  ].flat();
}
