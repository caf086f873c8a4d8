import { readBuilt } from "../../plugin/built";
import type { WebContext } from "../context";
import { Button, Field, Form } from "../form";
import { reader, show, type Page, type Reply } from "../page";
import { isLoopback, reachableOrigins } from "../reachable";
import type { User } from "../../store/users";
import type { Visit } from "../visit";
import { confirmCode, pairingForms } from "./connect-code";
import { packageForm } from "./connect-package";
import { LONGEST_LABEL } from "./devices";

/** The two ways to connect a device: the plugin with everything in it, or a code that it shows. */
export function connectPages(context: WebContext): Page[] {
  return [
    reader.page("/connect", visit => {
      const typed = visit.query.text("code", 20);
      return typed === "" ? connectPage(visit, context) : confirmCode(visit, typed, context, connectPage);
    }),
    packageForm(context),
    ...pairingForms(context, connectPage),
  ];
}

function connectPage(visit: Visit<User>, context: WebContext, error?: string, status = 200): Reply {
  const body = (
    <>
      {isLoopback(visit.origin) && <OnlyHere origin={visit.origin} isOpen={context.isOpen} />}
      <div class="columns">
        <PackageCard context={context} origin={visit.origin} />
        <CodeCard origin={visit.origin} typed={visit.query.text("code", 20)} error={error} />
      </div>
    </>
  );
  return show("Connect a device", body, { status });
}

/** Shown when the page was opened under an address that no device can reach. */
function OnlyHere({ origin, isOpen }: { readonly origin: string; readonly isOpen: boolean }) {
  const [first] = reachableOrigins(origin);
  return (
    <p class="note">
      You opened Shelf as <strong>{origin}</strong>, which works on this computer only.{" "}
      {isOpen && first !== undefined ? (
        <>
          For a device in your network, open it as <a href={`${first}/connect`}>{first}</a> first.
        </>
      ) : (
        <>
          For a device in your network, start it with <code>--host 0.0.0.0</code> and open it under this computer’s
          address.
        </>
      )}
    </p>
  );
}

function PackageCard({ context, origin }: { readonly context: WebContext; readonly origin: string }) {
  const built = readBuilt(context.pluginDir);
  return (
    <section class="card" aria-labelledby="package">
      <h2 id="package">With the plugin, ready to use</h2>
      {built.ok ? (
        <Form action="/connect/plugin">
          <p>
            Ribbon {built.value.release.version}, for a device that does not have it yet. The address{" "}
            <strong>{origin}</strong> and a new key are already in it: nothing needs to be typed there.
          </p>
          <Field name="label" label="Name of the device" value="E-reader" maxLength={LONGEST_LABEL} required />
          <Button>Download the plugin</Button>
          <ol class="after">
            <li>Connect the device to a computer.</li>
            <li>
              Unpack the ZIP into KOReader’s folder <code>plugins</code>, so that there is{" "}
              <code>plugins/ribbon.koplugin</code>.
            </li>
            <li>Start KOReader anew. Tools › Ribbon says that it is connected.</li>
          </ol>
          <p class="quiet">Give every device a file of its own, and keep it to yourself: who has it can read along.</p>
        </Form>
      ) : (
        <p>
          The plugin is not built yet. In Ribbon’s folder run <code>npm run build</code>, then load this page again.
        </p>
      )}
    </section>
  );
}

interface CodeCardProps {
  readonly origin: string;
  readonly typed: string;
  readonly error: string | undefined;
}

function CodeCard({ origin, typed, error }: CodeCardProps) {
  return (
    <section class="card" aria-labelledby="code-title">
      <h2 id="code-title">With a code</h2>
      <p>
        For a device that has Ribbon: tap Tools › Ribbon › Connect with a code, and enter <strong>{origin}</strong>{" "}
        there. It shows six letters and digits.
      </p>
      <form method="get" action="/connect">
        {error !== undefined && (
          <p class="error" role="alert">
            {error}
          </p>
        )}
        <Field
          name="code"
          label="Code on the device"
          value={typed}
          maxLength={10}
          autocapitalize="characters"
          required
        />
        <Button>Continue</Button>
      </form>
    </section>
  );
}
