import { readBuilt } from "../../plugin/built";
import { isOutdated } from "../../plugin/user-agent";
import type { PluginKey } from "../../store/credentials";
import type { User } from "../../store/users";
import { CardTable, type Column } from "../card-table";
import type { WebContext } from "../context";
import { Button, ButtonForm, Field, Form } from "../form";
import { missing, reader, redirect, show, type Page, type Reply } from "../page";
import { Time } from "../time";
import type { Visit } from "../visit";

export const LONGEST_LABEL = 100;

const GONE = "There is no such device. Perhaps it was disconnected already.";

/** The keys of one's own devices. */
export function devicePages(context: WebContext): Page[] {
  const { store } = context;
  return [
    reader.page("/devices", visit => devicesPage(visit, context)),
    reader.page("/devices/:id", visit => {
      const key = keyOf(visit, context);
      return key ? devicePage(key) : missing(GONE);
    }),
    reader.form("/devices/:id/name", visit => {
      const key = keyOf(visit, context);
      if (!key) return missing(GONE);
      const label = visit.form.text("label", LONGEST_LABEL);
      if (label === "") return devicePage(key, "A device needs a name.", 422);
      store.credentials.renameKey(key.id, visit.who.id, label);
      return redirect("/devices", `The device is called “${label}” now.`);
    }),
    reader.form("/devices/:id/disconnect", visit => {
      const key = keyOf(visit, context);
      if (!key || !store.credentials.revokeKey(key.id, visit.who.id)) return missing(GONE);
      return redirect("/devices", `“${key.label}” is disconnected. What it had sent stays here.`);
    }),
  ];
}

function keyOf({ params, who }: Visit<User>, { store }: WebContext): PluginKey | undefined {
  const id = params.whole("id");
  return store.credentials.keysOf(who.id).find(key => key.id === id);
}

function devicesPage({ who }: Visit<User>, { store, pluginDir }: WebContext): Reply {
  const built = readBuilt(pluginDir);
  const offered = built.ok ? built.value.release.version : undefined;
  const keys = store.credentials.keysOf(who.id);
  const body = (
    <>
      {keys.length === 0 ? (
        <p>No device is connected yet. A Kobo, a Kindle or any other with KOReader can be.</p>
      ) : (
        <>
          <Offer keys={keys} offered={offered} />
          <CardTable columns={columns(offered)} rows={keys} keyOf={({ id }) => id} />
        </>
      )}
      <p>
        <a class="button main" href="/connect">
          Connect a device
        </a>
      </p>
    </>
  );
  return show("Your devices", body);
}

/** @param offered the version of the plugin that this server hands out, if it has one */
const columns = (offered: string | undefined): readonly Column<PluginKey>[] => [
  { head: "Device", cell: ({ label }) => label },
  { head: "Connected", cell: ({ createdAt }) => <Time at={createdAt} withClock={false} /> },
  { head: "Last heard of", cell: ({ lastUsedAt }) => (lastUsedAt === null ? "never" : <Time at={lastUsedAt} />) },
  { head: "Ribbon", cell: ({ ribbonVersion }) => <Version version={ribbonVersion} offered={offered} /> },
  { head: "Key", cell: ({ prefix }) => <code>{prefix}…</code> },
  {
    head: "Change",
    kind: "action",
    cell: ({ id, label }) => (
      <a href={`/devices/${id}`} aria-label={`Rename or disconnect ${label}`}>
        Rename or disconnect
      </a>
    ),
  },
];

interface OfferProps {
  readonly keys: readonly PluginKey[];
  readonly offered: string | undefined;
}

/** Shown when a device is known to have an older Ribbon than the one that it can get here. */
function Offer({ keys, offered }: OfferProps) {
  if (!keys.some(({ ribbonVersion }) => isOutdated(ribbonVersion, offered))) return null;
  return (
    <p class="note">
      Ribbon {offered} is here; a device with an older one offers it under Tools › Ribbon › More › Updates.
    </p>
  );
}

/** What the device last said it has. */
function Version({ version, offered }: { readonly version: string | null; readonly offered: string | undefined }) {
  if (version === null) return "not known";
  return isOutdated(version, offered) ? `${version}, older` : version;
}

function devicePage({ id, label }: PluginKey, error?: string, status = 200): Reply {
  const body = (
    <>
      <Form action={`/devices/${id}/name`} error={error} class="card">
        <Field name="label" label="Name" value={label} maxLength={LONGEST_LABEL} required />
        <Button>Rename</Button>
      </Form>
      <h2>Disconnect</h2>
      <p>
        Its key becomes useless at once. What it has sent stays here; what it has not sent stays on the device, and
        comes when it is connected again.
      </p>
      <ButtonForm action={`/devices/${id}/disconnect`} kind="danger">
        Disconnect “{label}”
      </ButtonForm>
      <p class="after">
        <a href="/devices">Back to your devices</a>
      </p>
    </>
  );
  return show(label, body, { status });
}
