import type { Failure } from "../../core/failure";
import { failure, type Result, success } from "../../core/result";
import type { HttpResponse } from "../../ports/http";
import type { PairedKey, Pairing, PairingAnswer, ShownCode } from "../../ports/pairing";
import type { Wire } from "../wire";

type Fields = Readonly<Record<string, unknown>>;

/** An answer in JSON, whatever its status. */
interface Answer {
  readonly status: number;
  readonly fields: Fields;
}

const LONGEST_TEXT = 4000;
const MOST_BYTES = 64 * 1024;
/** The code is unknown, expired, or was used: the server does not tell which. */
const GONE = 410;

/** Quick Connect of Tome: the login that it gives makes a key for this device and is then forgotten. */
export class TomePairing implements Pairing {
  constructor(
    private readonly url: string,
    /** The name under which the server lists this device. */
    private readonly device: string,
    private readonly wire: Wire,
  ) {}

  begin(): Result<ShownCode, Failure> {
    const answer = this.post("/auth/quick-connect/initiate", { device: { name: this.device } });
    if (!answer.ok) return answer;
    const code = textIn(answer.value.fields, "code");
    const secret = textIn(answer.value.fields, "poll_token");
    if (answer.value.status !== 200 || code === undefined || secret === undefined) return refused(answer.value);
    return success({ code, secret });
  }

  ask({ code, secret }: ShownCode): Result<PairingAnswer, Failure> {
    const answer = this.post("/auth/quick-connect/poll", { code, poll_token: secret });
    if (!answer.ok) return answer;
    const { status, fields } = answer.value;
    if (status === GONE) return success({ kind: "over" });
    if (status !== 200) return refused(answer.value);
    const login = textIn(fields, "access_token");
    if (fields["status"] !== "authorized" || login === undefined) return success({ kind: "pending" });
    const paired = this.makeKey(login);
    return paired.ok ? success({ kind: "paired", paired: paired.value }) : paired;
  }

  private makeKey(login: string): Result<PairedKey, Failure> {
    const made = this.post("/plugin/api-keys", { label: this.device }, login);
    if (!made.ok) return made;
    const key = textIn(made.value.fields, "key");
    if (key === undefined) return refused(made.value);
    const me = this.send("GET", "/auth/me", undefined, login);
    const account = me.ok ? textIn(me.value.fields, "username") : undefined;
    return success(account === undefined ? { key } : { key, account });
  }

  private post(path: string, body: object, login?: string): Result<Answer, Failure> {
    return this.send("POST", path, body, login);
  }

  private send(
    method: "GET" | "POST",
    path: string,
    body: object | undefined,
    login: string | undefined,
  ): Result<Answer, Failure> {
    const sent = this.wire.http.send({
      method,
      url: `${this.url}/api${path}`,
      headers: {
        Accept: "application/json",
        ...(login === undefined ? {} : { Authorization: `Bearer ${login}` }),
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: this.wire.json.encode(body) }),
      maxBytes: MOST_BYTES,
    });
    return sent.ok ? this.read(sent.value) : sent;
  }

  /** A Tome that is too old for this answers with its web page. */
  private read({ status, headers, body }: HttpResponse): Result<Answer, Failure> {
    const isJson = (headers["content-type"] ?? "").startsWith("application/json");
    const decoded = isJson ? this.wire.json.decode(body) : failure("no JSON");
    if (decoded.ok && typeof decoded.value === "object") return success({ status, fields: decoded.value as Fields });
    if (status >= 500) return failure({ reason: "server", detail: `status ${status}` });
    return failure({
      reason: status === 405 || status === 404 ? "unsupported" : "garbled",
      detail: `status ${status}`,
    });
  }
}

function refused({ status }: Answer): Result<never, Failure> {
  const detail = `status ${status}`;
  if (status === 404 || status === 405) return failure({ reason: "unsupported", detail });
  if (status === 408 || status === 425 || status === 429) return failure({ reason: "busy", detail });
  return failure({ reason: status >= 500 ? "server" : "garbled", detail });
}

function textIn(fields: Fields, name: string): string | undefined {
  const value = fields[name];
  return typeof value === "string" && value !== "" && value.length <= LONGEST_TEXT ? value : undefined;
}
