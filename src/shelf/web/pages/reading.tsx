import { isTimeZone, serverZone } from "../../reading/days";
import { EXPORT_FORMATS, exportFile } from "../../reading/export";
import { overviewOf } from "../../reading/overview";
import { EXPORTS, type ExportName } from "../../store/exports";
import type { User } from "../../store/users";
import type { WebContext } from "../context";
import { Button, Form } from "../form";
import { missing, reader, redirect, show, type Page, type Reply } from "../page";
import { DayChart, Figures, MonthChart } from "../reading/overview";
import { BookTable, DeviceTable } from "../reading/tables";
import type { Visit } from "../visit";

const MOST_BOOKS = 100;

/** What a reader reads, in numbers; and all of it to take away. */
export function readingPages(context: WebContext): Page[] {
  return [
    reader.page("/reading", visit => readingPage(visit, context)),
    reader.form("/reading/time-zone", visit => changeZone(visit, context)),
    reader.page("/reading/export/:file", visit => download(visit, context)),
  ];
}

function readingPage({ who }: Visit<User>, { store, now }: WebContext): Reply {
  const zone = store.users.timeZone(who.id) ?? serverZone();
  const books = store.reading.books(who.id, MOST_BOOKS);
  if (books.length === 0)
    return show(
      "Your reading",
      <>
        <p>
          Nothing is known of your reading yet. It appears here when a connected device has brought its first session.
        </p>
        <TimeZone zone={zone} />
      </>,
    );
  const overview = overviewOf(store.reading, { userId: who.id, zone, now: now().getTime() });
  return show(
    "Your reading",
    <>
      <Figures overview={overview} />
      <DayChart days={overview.days} />
      <MonthChart months={overview.months} />
      <h2>Books</h2>
      {books.length === MOST_BOOKS && <p>The {MOST_BOOKS} books that you read last.</p>}
      <BookTable books={books} />
      <h2>Devices</h2>
      <DeviceTable devices={store.reading.devices(who.id)} />
      <Downloads />
      <TimeZone zone={zone} />
    </>,
  );
}

const EXPORT_WORDS: Readonly<Record<ExportName, string>> = {
  sessions: "Reading sessions",
  places: "Places on each device",
  annotations: "Highlights and notes",
};

function Downloads() {
  return (
    <section class="no-print">
      <h2>Take it with you</h2>
      <ul class="downloads">
        {EXPORTS.map(name => (
          <li key={name}>
            {EXPORT_WORDS[name]}:{" "}
            {EXPORT_FORMATS.map(format => (
              <a key={format} class="button quiet" href={`/reading/export/${name}.${format}`} download>
                {format.toUpperCase()}
                <span class="unseen"> of {EXPORT_WORDS[name].toLowerCase()}</span>
              </a>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}

function TimeZone({ zone }: { readonly zone: string }) {
  return (
    <section class="no-print">
      <h2>Time zone</h2>
      <Form action="/reading/time-zone" class="card">
        <div class="field">
          <label for="zone">Days begin at midnight in</label>
          <select id="zone" name="zone">
            {[...new Set([zone, "UTC", ...Intl.supportedValuesOf("timeZone")])].map(name => (
              <option key={name} value={name} selected={name === zone}>
                {name.replaceAll("_", " ")}
              </option>
            ))}
          </select>
        </div>
        <Button kind="quiet">Change the time zone</Button>
      </Form>
    </section>
  );
}

function changeZone({ who, form }: Visit<User>, { store }: WebContext): Reply {
  const zone = form.text("zone", 60);
  if (!isTimeZone(zone)) return redirect("/reading", "That is no time zone. Choose one from the list.");
  store.users.setTimeZone(who.id, zone);
  return redirect("/reading", `Your days now begin at midnight in ${zone.replaceAll("_", " ")}.`);
}

function download({ who, params }: Visit<User>, { store }: WebContext): Reply {
  const file = params.text("file", 40);
  const name = EXPORTS.find(each => file.startsWith(`${each}.`));
  const format = EXPORT_FORMATS.find(each => file === `${name ?? ""}.${each}`);
  if (name === undefined || format === undefined) return missing("There is no such file to take away.");
  const headers = { "content-disposition": `attachment; filename="shelf-${name}.${format}"` };
  return { kind: "file", bytes: exportFile(store.exports, name, format, who.id), headers };
}
