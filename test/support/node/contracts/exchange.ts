import { readFileSync } from "node:fs";

/** One line of `exchanges.jsonl`; the README beside it explains the fields. */
export interface Exchange {
  readonly id: string;
  readonly kind: "request";
  readonly group: string;
  readonly title: string;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>> | null;
  readonly raw_query?: string;
  readonly raw_query_fill?: {
    readonly prefix: string;
    readonly unit: string;
    readonly times: number;
    readonly suffix: string;
  };
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly body_raw?: string;
  readonly body_base64?: string;
  readonly body_fill?: BodyFill;
  readonly wait_before_s?: number;
  readonly status: number;
  readonly response_headers: Readonly<Record<string, string>>;
  readonly response_body: unknown;
}

export type BodyFill =
  | { readonly at: readonly string[]; readonly text: string; readonly times: number }
  | {
      readonly at: readonly string[];
      readonly item: unknown;
      readonly times: number;
      readonly then: readonly unknown[];
    };

/** What was done to the recorded server between two requests. */
export type Action = { readonly id: string; readonly kind: "action"; readonly group: string } & (
  | { readonly action: "expire_pairing_codes" }
  | { readonly action: "delete_file"; readonly book_id: number }
  | {
      readonly action: "restart";
      readonly settings: Readonly<Record<"web_ui" | "send_to_koreader" | "kosync_position_bridge", boolean>>;
    }
);

export const contractsDir = new URL("../../../fixtures/contracts/", import.meta.url);

/** All recorded exchanges in their order. */
export function loadExchanges(): (Exchange | Action)[] {
  const lines = readFileSync(new URL("exchanges.jsonl", contractsDir), "utf8").split("\n");
  return lines.filter(line => line !== "").map(line => JSON.parse(line) as Exchange | Action);
}
