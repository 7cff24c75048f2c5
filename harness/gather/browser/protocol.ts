/**
 * A DevTools protocol client that reaches every frame and worker (flat
 * sessions over one connection). Playwright's own sessions do not cover workers'
 * children, and its events leave out what the page is not meant to see.
 */
import type { ProtocolMapping } from "devtools-protocol/types/protocol-mapping.d.ts";
import type { Transport } from "./pipe.ts";

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

/** What a command is answered with. */
export interface Answer {
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

interface Pending {
  readonly answered: (answer: Answer) => void;
  readonly gone: (error: ProtocolGone) => void;
  readonly sessionId: string;
}

/** What Chromium writes; it is trusted to keep to its own protocol. */
type Incoming =
  (Answer & { readonly id: number }) | (ProtocolEvent & { readonly id?: undefined; readonly sessionId?: string });

export class Protocol {
  #transport: Transport;
  #nextId = 1;
  #pending = new Map<number, Pending>();
  #listener: Listener = () => undefined;
  /** Sessions that are another client's, and who is told of their events. */
  #lent = new Map<string, Listener>();
  #closed = false;
  #resolveGone: () => void = () => undefined;
  /** Resolves when the connection has ended, whoever ended it. */
  readonly gone = new Promise<void>((resolve) => (this.#resolveGone = resolve));

  constructor(transport: Transport) {
    this.#transport = transport;
    transport.listen(
      (text) => this.#receive(JSON.parse(text) as Incoming),
      () => this.#end(),
    );
  }

  get isGone(): boolean {
    return this.#closed;
  }

  onEvent(listener: Listener): void {
    this.#listener = listener;
  }

  /** Events of the session, and of sessions attached through it, go to `listener` alone. */
  lend(sessionId: string, listener: Listener): void {
    this.#lent.set(sessionId, listener);
  }

  /** Sends a command; rejects with the protocol's own message, or `ProtocolGone`. */
  send<M extends Command>(method: M, params: ParamsOf<M>, sessionId = ""): Promise<AnswerOf<M>> {
    return new Promise((resolve, reject) => {
      const answered = ({ error, result }: Answer) => {
        if (error) reject(new Error(error.message));
        else resolve(result as AnswerOf<M>);
      };
      this.#write(method, params, { answered, gone: reject, sessionId });
    });
  }

  /** Sends for another client, who is given the answer as it came, and none when the target or the browser is gone. */
  relay(
    message: { readonly method: string; readonly params?: unknown; readonly sessionId: string },
    answered: (answer: Answer) => void,
  ): void {
    const { method, params = {}, sessionId } = message;
    this.#write(method, params, {
      answered,
      gone: ({ message: why }) => answered({ error: { message: why } }),
      sessionId,
    });
  }

  /** Sends a command whose failure only means that the target went away meanwhile. */
  post<M extends Command>(method: M, params: ParamsOf<M>, sessionId = ""): void {
    this.send(method, params, sessionId).catch(() => undefined);
  }

  close(): void {
    this.#transport.close();
    this.#end();
  }

  #write(method: string, params: unknown, pending: Pending): void {
    const { sessionId } = pending;
    if (this.#closed) {
      pending.gone(new ProtocolGone(`${method}: the browser is gone`));
      return;
    }
    const id = this.#nextId++;
    this.#pending.set(id, pending);
    this.#transport.send(JSON.stringify(sessionId ? { id, method, params, sessionId } : { id, method, params }));
  }

  #receive(message: Incoming): void {
    if (message.id !== undefined) {
      const pending = this.#pending.get(message.id);
      this.#pending.delete(message.id);
      pending?.answered(message);
      return;
    }
    const { sessionId = "" } = message;
    const lent = this.#lent.get(sessionId);
    if (lent && message.method === "Target.attachedToTarget") this.#lent.set(message.params.sessionId, lent);
    if (message.method === "Target.detachedFromTarget") this.#dropSession(message.params.sessionId);
    (lent ?? this.#listener)(message, sessionId);
  }

  #dropSession(sessionId: string): void {
    this.#lent.delete(sessionId);
    for (const [id, pending] of this.#pending) {
      if (pending.sessionId !== sessionId) continue;
      this.#pending.delete(id);
      pending.gone(new ProtocolGone("the target is gone"));
    }
  }

  #end(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const pending of this.#pending.values()) pending.gone(new ProtocolGone("the browser is gone"));
    this.#pending.clear();
    this.#resolveGone();
  }
}
