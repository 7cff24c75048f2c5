/**
 * A DevTools protocol client that reaches every frame and worker (flat
 * sessions over one socket). Playwright's own sessions do not cover workers'
 * children, and its events leave out what the page is not meant to see.
 */
import WebSocket from "ws";

type Params = Readonly<Record<string, unknown>>;
type Listener = (method: string, params: any, sessionId: string) => void;

/** The connection ended or the target is gone; the caller decides what that means. */
export class ProtocolGone extends Error {}

interface Pending {
  readonly resolve: (value: any) => void;
  readonly reject: (error: Error) => void;
  readonly sessionId: string;
}

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
    socket.on("message", (data) => this.#receive(JSON.parse(String(data))));
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
  send<T = any>(method: string, params: Params = {}, sessionId = ""): Promise<T> {
    if (this.#closed) return Promise.reject(new ProtocolGone(`${method}: the browser is gone`));
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject, sessionId });
      this.#socket.send(JSON.stringify(sessionId ? { id, method, params, sessionId } : { id, method, params }));
    });
  }

  /** Sends a command whose failure only means that the target went away meanwhile. */
  post(method: string, params: Params = {}, sessionId = ""): void {
    this.send(method, params, sessionId).catch((error: Error) =>
      this.#lateFailures.push(`${method}: ${error.message}`),
    );
  }
  #lateFailures: string[] = [];
  /** What `post` could not deliver, for diagnosis. */
  get lateFailures(): readonly string[] {
    return this.#lateFailures;
  }

  close(): void {
    this.#socket.close();
    this.#end();
  }

  #receive(message: any): void {
    if (message.id !== undefined) {
      const pending = this.#pending.get(message.id);
      if (!pending) return;
      this.#pending.delete(message.id);
      if (message.error) pending.reject(new Error(message.error.message));
      else pending.resolve(message.result);
      return;
    }
    if (message.method === "Target.detachedFromTarget") this.#dropSession(message.params.sessionId);
    this.#listener(message.method, message.params, message.sessionId ?? "");
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
