/** LuaSocket and LuaSec, as KOReader ships them. */
declare namespace LuaSocket {
  interface Client {
    settimeout(seconds: number | undefined, mode?: "b" | "t"): void;
    connect(host: string, port: number): LuaMultiReturn<[1] | [undefined, string]>;
    /** The index of the last byte sent, or nothing, why, and how far it came. */
    send(data: string, from?: number, to?: number): LuaMultiReturn<[number] | [undefined, string, number]>;
    receive(pattern?: number | "*l" | "*a"): LuaMultiReturn<[string] | [undefined, string, string]>;
    close(): void;
    shutdown(mode?: "both" | "send" | "receive"): void;
    setoption(
      option: "tcp-nodelay" | "keepalive" | "reuseaddr",
      value: boolean,
    ): LuaMultiReturn<[1] | [undefined, string]>;
    getpeername(): LuaMultiReturn<[string, number] | [undefined, string]>;
    getfd(): number;
    bind(address: string, port: number): LuaMultiReturn<[1] | [undefined, string]>;
    listen(backlog?: number): LuaMultiReturn<[1] | [undefined, string]>;
    accept(): LuaMultiReturn<[Client] | [undefined, string]>;
    getsockname(): LuaMultiReturn<[string, number] | [undefined, string]>;
  }

  interface Module {
    tcp: (this: void) => LuaMultiReturn<[Client] | [undefined, string]>;
    udp(this: void): LuaMultiReturn<[Client] | [undefined, string]>;
    gettime(this: void): number;
    sleep(this: void, seconds: number): void;
    select(
      this: void,
      receivers: Client[] | undefined,
      senders: Client[] | undefined,
      seconds?: number,
    ): LuaMultiReturn<[Client[], Client[], string | undefined]>;
    skip<Result>(this: void, count: number, ...results: unknown[]): LuaMultiReturn<Result[]>;
    readonly dns: Dns;
    readonly _VERSION: string;
  }

  interface Dns {
    toip(this: void, name: string): LuaMultiReturn<[string, object] | [undefined, string]>;
    getaddrinfo(this: void, name: string): LuaMultiReturn<[AddressInfo[]] | [undefined, string]>;
  }

  interface AddressInfo {
    readonly family: "inet" | "inet6";
    readonly addr: string;
  }

  interface Http {
    request(this: void, request: HttpRequest): LuaMultiReturn<HttpAnswer>;
    TIMEOUT: number;
    PROXY?: string;
    USERAGENT: string;
  }

  interface HttpRequest {
    url: string;
    method?: string;
    headers?: Record<string, string | number>;
    source?: Source;
    sink?: Sink;
    redirect?: boolean;
    proxy?: string;
    create?: (this: void) => LuaMultiReturn<[Client] | [undefined, string]>;
  }

  /** The second value is the status, or why there is none. */
  type HttpAnswer = [1, number, Record<string, string>, string] | [undefined, string];

  interface UrlParts {
    scheme?: string;
    authority?: string;
    userinfo?: string;
    user?: string;
    password?: string;
    host?: string;
    port?: string;
    path?: string;
    params?: string;
    query?: string;
    fragment?: string;
  }

  interface Url {
    parse(this: void, url: string): UrlParts | undefined;
    build(this: void, parts: UrlParts): string;
    absolute(this: void, base: string, relative: string): string;
    escape(this: void, text: string): string;
    unescape(this: void, text: string): string;
  }

  /** Nothing ends the stream; a second value is an error. */
  type Source = (this: void) => LuaMultiReturn<[string | undefined, string?]>;
  type Sink = (this: void, chunk: string | undefined, error?: string) => LuaMultiReturn<[1] | [undefined, string]>;

  interface Ltn12 {
    readonly source: {
      string(this: void, text: string): Source;
      file(this: void, file: LuaFile): Source;
      empty(this: void): Source;
    };
    readonly sink: {
      table(this: void, chunks: string[]): Sink;
      file(this: void, file: LuaFile): Sink;
      null(this: void): Sink;
    };
    readonly pump: {
      all(this: void, source: Source, sink: Sink): LuaMultiReturn<[1] | [undefined, string]>;
      step(this: void, source: Source, sink: Sink): LuaMultiReturn<[1] | [undefined, string?]>;
    };
    BLOCKSIZE: number;
  }

  interface Mime {
    b64(this: void, bytes: string): LuaMultiReturn<[string, string?]>;
    unb64(this: void, text: string): LuaMultiReturn<[string, string?]>;
  }

  interface SslOptions {
    mode: "client" | "server";
    protocol: string;
    verify?: string | string[];
    /** `lsec_continue` goes on with a handshake whose chain is not trusted. */
    verifyext?: string | string[];
    cafile?: string;
    capath?: string;
    options?: string | string[];
    certificate?: string;
    key?: string;
  }

  type SslContext = { readonly userdata: "SSL:Context" };

  interface Ssl {
    newcontext(this: void, options: SslOptions): LuaMultiReturn<[SslContext] | [undefined, string]>;
    wrap(
      this: void,
      client: Client,
      options: SslOptions | SslContext,
    ): LuaMultiReturn<[SslClient] | [undefined, string]>;
    readonly _VERSION: string;
  }

  interface SslClient extends Client {
    dohandshake(): LuaMultiReturn<[true] | [false, string]>;
    sni(host: string): void;
    getpeercertificate(depth?: number): Certificate | undefined;
    /** Whether the chain was verified, and what is wrong with which certificate, by depth; some depths are absent. */
    getpeerverification(): LuaMultiReturn<[true] | [false, string | (string[] | undefined)[]]>;
    want(): "nothing" | "read" | "write" | "x509lookup";
  }

  interface Certificate {
    digest(algorithm: "sha1" | "sha256"): string;
    /** By object id; `2.5.29.17` holds the alternative names. */
    extensions(): Record<string, CertificateExtension>;
    subject(): { readonly name: string; readonly oid: string; readonly value: string }[];
    notbefore(): string;
    notafter(): string;
    validat(time: number): boolean;
    pem(): string;
  }

  interface CertificateExtension {
    readonly name: string;
    readonly dNSName?: string[];
    /** As text. */
    readonly iPAddress?: string[];
  }

  /** KOReader's own; its timeouts are global to the process. */
  interface SocketUtil {
    readonly USER_AGENT: string;
    readonly DEFAULT_BLOCK_TIMEOUT: number;
    readonly DEFAULT_TOTAL_TIMEOUT: number;
    readonly LARGE_BLOCK_TIMEOUT: number;
    readonly LARGE_TOTAL_TIMEOUT: number;
    readonly FILE_BLOCK_TIMEOUT: number;
    readonly FILE_TOTAL_TIMEOUT: number;
    readonly TIMEOUT_CODE: string;
    readonly SSL_HANDSHAKE_CODE: string;
    readonly SINK_TIMEOUT_CODE: string;
    set_timeout(block?: number, total?: number): void;
    reset_timeout(): void;
  }
}

declare module "socket" {
  const module: LuaSocket.Module;
  export = module;
}

declare module "socket.http" {
  const module: LuaSocket.Http;
  export = module;
}

declare module "socket.url" {
  const module: LuaSocket.Url;
  export = module;
}

declare module "ltn12" {
  const module: LuaSocket.Ltn12;
  export = module;
}

declare module "mime" {
  const module: LuaSocket.Mime;
  export = module;
}

declare module "ssl" {
  const module: LuaSocket.Ssl;
  export = module;
}

declare module "ssl.https" {
  const module: Pick<LuaSocket.Http, "request">;
  export = module;
}

declare module "socketutil" {
  const module: LuaSocket.SocketUtil;
  export = module;
}
