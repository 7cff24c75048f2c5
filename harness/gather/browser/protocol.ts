/**
 * A DevTools protocol client that reaches every frame and worker (flat
 * sessions over one socket). Playwright's own sessions do not cover workers'
 * children, and its events leave out what the page is not meant to see.
 */
import type { ProtocolMapping } from "devtools-protocol/types/protocol-mapping.d.ts";
import WebSocket from "ws";

export type Command = keyof ProtocolMapping.Commands;
/** Parameters of a command; `{}` for one without. */
export type ParamsOf<M extends Command> = ProtocolMapping.Commands[M]["paramsType"] extends [(infer Params)?]
  ? NonNullable<Params>
  : Record<string, never>;
export type AnswerOf<M extends Command> = ProtocolMapping.Commands[M]["returnType"];
export type EventName = keyof ProtocolMapping.Events;
export type EventOf<M extends EventName> = ProtocolMapping.Events[M] extends [infer Params] ? Params : undefined;

/** An event by its name, so that a switch over the name knows the parameters. */
export type ProtocolEvent = { [M in EventName]: { readonly method: M; readonly params: EventOf<M> } }[EventName];
type Listener = (event: ProtocolEvent, sessionId: string) => void;

/** The connection ended or the target is gone; the caller decides what that means. */
export class ProtocolGone extends Error {}

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly sessionId: string;
}

/** What Chromium writes to the socket; it is trusted to keep to its own protocol. */
type Incoming =
  | { readonly id: number; readonly result?: unknown; readonly error?: { readonly message: string } }
  | (ProtocolEvent & { readonly id?: undefined; readonly sessionId?: string });

export class Protocol {
  #socket: WebSocket;
  #nextId = 1;
  #pending = new Map<number, Pending>();
  #listener: Listener = () => undefined;
  #closed = false;
  #resolveGone: () => void = () => undefined;
  /** Resolves when the connection has ended, whoever ended it. */
  readonly gone = new Promise<void>((resolve) => (this.#resolveGone = resolve));

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on("message", (data: Buffer) => this.#receive(JSON.parse(data.toString("utf8")) as Incoming));
    socket.on("close", () => this.#end());
    socket.on("error", () => this.#end());
  }

  /** Connects to a browser's `ws://…/devtools/browser/…` endpoint. */
  static connect(endpoint: string): Promise<Protocol> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(endpoint, { perMessageDeflate: false, maxPayload: 256 * 1024 * 1024 });
      socket.once("open", () => resolve(new Protocol(socket)));
      socket.once("error", reject);
    });
  }

  get isGone(): boolean {
    return this.#closed;
  }

  onEvent(listener: Listener): void {
    this.#listener = listener;
  }

  /** Sends a command; rejects with the protocol's own message, or `ProtocolGone`. */
  send<M extends Command>(method: M, params: ParamsOf<M>, sessionId = ""): Promise<AnswerOf<M>> {
    if (this.#closed) return Promise.reject(new ProtocolGone(`${method}: the browser is gone`));
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve: (value) => resolve(value as AnswerOf<M>), reject, sessionId });
      this.#socket.send(JSON.stringify(sessionId ? { id, method, params, sessionId } : { id, method, params }));
    });
  }

  /** Sends a command whose failure only means that the target went away meanwhile. */
  post<M extends Command>(method: M, params: ParamsOf<M>, sessionId = ""): void {
    this.send(method, params, sessionId).catch(() => undefined);
  }

  close(): void {
    this.#socket.close();
    this.#end();
  }

  #receive(message: Incoming): void {
    if (message.id !== undefined) {
      const pending = this.#pending.get(message.id);
      if (!pending) return;
      this.#pending.delete(message.id);
      if (message.error) pending.reject(new Error(message.error.message));
      else pending.resolve(message.result);
      return;
    }
    if (message.method === "Target.detachedFromTarget") this.#dropSession(message.params.sessionId);
    this.#listener(message, message.sessionId ?? "");
  }

  #dropSession(sessionId: string): void {
    for (const [id, pending] of this.#pending) {
      if (pending.sessionId !== sessionId) continue;
      this.#pending.delete(id);
      pending.reject(new ProtocolGone("the target is gone"));
    }
  }

  #end(): void {
    this.#closed = true;
    for (const pending of this.#pending.values()) pending.reject(new ProtocolGone("the browser is gone"));
    this.#pending.clear();
    this.#resolveGone();
  }
}
