import type { Failure } from "../../core/failure";
import type { Result } from "../../core/result";
import type { SdrTarget } from "../../core/sdr-settings";
import { LocalFolder } from "../../koreader/cloud-folder";
import { hashes } from "../../koreader/hashes";
import { chance } from "../../koreader/random";
import { wire } from "../../koreader/wire";
import type { CloudFolder } from "../../ports/cloud-folder";
import type { Http, HttpRequest, HttpResponse } from "../../ports/http";
import type { KnownScheme } from "../../protocol/webdav/sign-in";
import { WebDavClient } from "../../protocol/webdav/webdav-client";
import { WebDavFolder } from "../../protocol/webdav/webdav-folder";

/** A target that can be asked. */
export interface OpenedFolder {
  readonly folder: CloudFolder;
  /** How many requests went out so far. */
  requests(): number;
  /** How the server wants the password, for the next time. */
  learnt(): KnownScheme | undefined;
}

class CountingHttp implements Http {
  requests = 0;

  send(request: HttpRequest): Result<HttpResponse, Failure> {
    this.requests += 1;
    return wire.http.send(request);
  }

  close(): void {
    wire.http.close();
  }
}

/** For a worker: everything about it blocks. */
export function openFolder(target: SdrTarget, known: KnownScheme | undefined): OpenedFolder {
  if (target.kind === "folder") {
    return { folder: new LocalFolder(target.path), requests: () => 0, learnt: () => undefined };
  }
  const http = new CountingHttp();
  const client = new WebDavClient(target, { ...wire, http }, { hashes, random: chance }, known);
  const folder = new WebDavFolder(client, target.url, target.folder);
  return { folder, requests: () => http.requests, learnt: () => client.learnt() };
}
