import { renderToString } from "preact-render-to-string";
import { Layout } from "./layout";
import type { Shown } from "./page";
import type { Visit } from "./visit";

/** The HTML of a page. */
export function render(visit: Visit, reply: Shown, flash: string | undefined): string {
  const { title, body, refreshSeconds } = reply;
  const page = (
    <Layout visit={visit} title={title} flash={flash} refreshSeconds={refreshSeconds}>
      {body}
    </Layout>
  );
  return `<!doctype html>${renderToString(page)}`;
}
