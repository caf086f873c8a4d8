import { readBuilt } from "../../plugin/built";
import { isOutdated } from "../../plugin/user-agent";
import type { PluginKey } from "../../store/credentials";
import type { User } from "../../store/users";
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
          <DeviceTable keys={keys} offered={offered} />
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

interface DeviceTableProps {
  readonly keys: readonly PluginKey[];
  /** The version of the plugin that this server hands out, if it has one. */
  readonly offered: string | undefined;
}

function DeviceTable({ keys, offered }: DeviceTableProps) {
  return (
    <table class="cards">
      <thead>
        <tr>
          <th scope="col">Device</th>
          <th scope="col">Connected</th>
          <th scope="col">Last heard of</th>
          <th scope="col">Ribbon</th>
          <th scope="col">Key</th>
          <th scope="col">
            <span class="unseen">Change</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {keys.map(({ id, label, createdAt, lastUsedAt, prefix, ribbonVersion }) => (
          <tr key={id}>
            <th scope="row">{label}</th>
            <td data-label="Connected">
              <Time at={createdAt} withClock={false} />
            </td>
            <td data-label="Last heard of">{lastUsedAt === null ? "never" : <Time at={lastUsedAt} />}</td>
            <td data-label="Ribbon">
              <Version version={ribbonVersion} offered={offered} />
            </td>
            <td data-label="Key">
              <code>{prefix}…</code>
            </td>
            <td>
              <a href={`/devices/${id}`} aria-label={`Rename or disconnect ${label}`}>
                Rename or disconnect
              </a>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Shown when a device is known to have an older Ribbon than the one that it can get here. */
function Offer({ keys, offered }: DeviceTableProps) {
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
