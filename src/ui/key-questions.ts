import ffiUtil = require("ffi/util");
import { isKnownPlace, isOpenRoad } from "../core/addresses";
import type { NewConnection } from "../ports/overview";
import { _ } from "./gettext";
import { choose, chooseOrLeave } from "./say";

const T = ffiUtil.template;

interface Question {
  readonly text: string;
  readonly yes: string;
}

/**
 * Asks what a reader has to know before a key goes to a place for the first time, one question after the other.
 * @param before what is known of the connection so far; nothing of a new one
 * @param go when all was answered with yes, or nothing had to be asked
 * @param back when one was not
 */
export function beforeTheKeyTravels(
  before: Partial<NewConnection>,
  connection: NewConnection,
  go: () => void,
  back: () => void,
): void {
  ask(questionsOf(before, connection), go, back);
}

function ask(questions: readonly Question[], go: () => void, back: () => void): void {
  const [question] = questions;
  if (question === undefined) return go();
  const next = () => {
    ask(questions.slice(1), go, back);
  };
  choose(question.text, { text: question.yes, action: next }, { text: _("Change it"), action: back });
}

function questionsOf(before: Partial<NewConnection>, { name, url, outsideUrl, key }: NewConnection): Question[] {
  const known: string[] = [];
  if (before.url !== undefined) known.push(before.url);
  if (before.outsideUrl !== undefined) known.push(before.outsideUrl);
  const questions: Question[] = [];
  for (const each of outsideUrl === undefined ? [url] : [url, outsideUrl]) {
    if (isOpenRoad(each) && !isKnownPlace(known, each)) questions.push(openRoad(each));
  }
  const isShared = outsideUrl !== undefined && before.key === key && !isKnownPlace(known, outsideUrl);
  return isShared ? questions.concat([sameServer(name, outsideUrl)]) : questions;
}

function openRoad(url: string): Question {
  const text = _(
    "This address is on the internet, and without encryption:\n%1\n\nWhoever stands between can read your key and what you read. With https:// nobody can.\n\nUse it all the same?",
  );
  return { text: T(text, url), yes: _("Use it") };
}

function sameServer(name: string, url: string): Question {
  const text = _("The key of %1 will be sent to this address, too:\n%2\n\nIs that the same server?");
  return { text: T(text, name, url), yes: _("The same server") };
}

/**
 * Matches hold the server's own numbers of books, and another library uses the same numbers for other books. Who does not say
 * which it is has changed nothing.
 */
export function askWhoseBooks(connection: NewConnection, save: (connection: NewConnection) => void): void {
  const text = _(
    "Is this the same library, which has only moved to another address?\n\nIf not, every book is looked for anew there, and the matches that you picked by hand are forgotten.",
  );
  const moved = { text: _("The same library"), action: () => save(connection) }; // prettier-ignore
  const other = { text: _("Another library"), action: () => save({ ...connection, isOtherLibrary: true }) }; // prettier-ignore
  chooseOrLeave(text, moved, other);
}
