import type { ComponentChildren } from "preact";
import { ICON, STYLE } from "./assets";
import { NAVIGATION } from "./navigation";
import type { Visit } from "./visit";
import { VisitContext } from "./visit-context";

interface LayoutProps {
  readonly visit: Visit;
  readonly title: string;
  readonly flash?: string | undefined;
  readonly refreshSeconds?: number | undefined;
  readonly children: ComponentChildren;
}

/** What every page has around it. */
export function Layout({ visit, title, flash, refreshSeconds, children }: LayoutProps) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        {refreshSeconds !== undefined && <meta http-equiv="refresh" content={String(refreshSeconds)} />}
        <title>{`${title} · Shelf`}</title>
        <link rel="icon" href={ICON.path} type="image/svg+xml" />
        <link rel="stylesheet" href={STYLE.path} />
      </head>
      <body>
        <a class="skip" href="#content">
          Skip to the content
        </a>
        <header>
          <a class="brand" href="/">
            <img src={ICON.path} alt="" width="28" height="28" />
            Shelf
          </a>
          {visit.who && <Navigation visit={visit} />}
        </header>
        <main id="content" tabIndex={-1}>
          <VisitContext.Provider value={visit}>
            {flash !== undefined && (
              <p class="flash" role="status">
                {flash}
              </p>
            )}
            <h1>{title}</h1>
            {children}
          </VisitContext.Provider>
        </main>
      </body>
    </html>
  );
}

function Navigation({ visit }: { readonly visit: Visit }) {
  const path = visit.url.split("?")[0] ?? "/";
  const entries = NAVIGATION.filter(({ ownerOnly }) => ownerOnly !== true || visit.who?.role === "admin");
  return (
    <nav aria-label="Pages">
      <ul>
        {entries.map(({ href, text }) => (
          <li key={href}>
            <a href={href} aria-current={isBelow(path, href) ? "page" : undefined}>
              {text}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function isBelow(path: string, href: string): boolean {
  return path === href || (href !== "/" && path.startsWith(`${href}/`));
}
