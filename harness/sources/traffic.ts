/** Listens to the messages between us and a server: nothing is sent for it, and what cannot be read is taken for an error. */
import type { JSONRPCMessage, Transport } from "@modelcontextprotocol/client";
import { isRecord } from "../../host/csp/record.ts";
import {
  HEADERS_KEPT,
  type Exchange,
  type HttpAnswer,
  type ServerMessage,
  type ServerRecord,
} from "../model/server-record.ts";
import { isDeeperThan, MOST_LEVELS } from "../model/depth.ts";
import { isLargerThan } from "../model/size.ts";
import type { ServerLogListener } from "../model/server-log.ts";

/** Requests of a server that are answered in one session; a host declares nothing that it could ask for but a ping. */
const MOST_ANSWERED = 400;
/** A widget may call its tools for as long as it lives. */
const MOST = 400;
/** What comes of its own accord, and what is answered to anything but a question for data, is read to this many characters: a host hands all of it to its model. */
const MOST_TOLD = 8 * 1024 * 1024;
/** Answers of these may be large. */
const OF_DATA: ReadonlySet<unknown> = new Set(["resources/read", "tools/call", "prompts/get"]);
const refusal = (what: string) => ({ code: -32_600, message: `the answer is ${what}` });
const TOO_DEEP = refusal(`nested more than ${MOST_LEVELS} levels deep`);
const TOO_LARGE = refusal(`larger than ${MOST_TOLD / 1024 / 1024} MB`);

type Open = { -readonly [K in keyof Exchange]: Exchange[K] };

/** A request of ours, as its body names it. */
interface Asked {
  readonly method: string;
  readonly id: unknown;
}

export class Traffic {
  readonly #began = performance.now();
  readonly #exchanges: Open[] = [];
  readonly #messages: ServerMessage[] = [];
  readonly #http: HttpAnswer[] = [];
  #sessions = 0;
  #dropped = 0;
  readonly #scenarioTools = new Set<string>();
  readonly #ids = new WeakMap<Open, unknown>();

  /** @param onEntry is told of every message, those past the limits too */
  constructor(private readonly onEntry: ServerLogListener = () => undefined) {}

  /** Before the client connects: it keeps a handler that it finds. */
  listen(transport: Transport): void {
    const session = this.#sessions++;
    const open = new Map<unknown, Open>();
    const send = transport.send.bind(transport);
    let answered = 0;
    transport.send = (message, options) => {
      // Over HTTP each answer is a request of its own: who asks without end is left without.
      if (!("method" in message) && ++answered > MOST_ANSWERED) return Promise.resolve();
      this.onEntry({ kind: "message", to: "server", session, message });
      this.#sent(message, session, open);
      return send(message, options);
    };
    transport.onmessage = (message: JSONRPCMessage) => {
      const asked = "id" in message ? open.get(message.id)?.method : undefined;
      bound(message, OF_DATA.has(asked) ? Infinity : MOST_TOLD);
      this.onEntry({ kind: "message", to: "client", session, message });
      this.#received(message, open);
    };
  }

  /**
   * `fetch` that notes what the endpoint answers. It follows no redirect: the client does, within the origin that the
   * user named, so that headers and tokens go nowhere else.
   */
  readonly fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const response = limited(await fetch(input, { ...init, redirect: "manual" }));
    const asked = input instanceof Request ? input.url : String(input);
    const headers = HEADERS_KEPT.flatMap((name) => {
      const value = response.headers.get(name);
      return value === null ? [] : [[name, value] as const];
    });
    const message = messageIn(init?.body);
    if (!response.ok)
      this.onEntry({
        kind: "http",
        text: `${init?.method ?? "GET"}${message === undefined ? "" : ` ${message.method}`}: HTTP ${response.status}`,
      });
    if (message && response.status >= 400) this.#refused(message, response.status);
    this.#keep(this.#http, {
      method: init?.method ?? "GET",
      ...(message === undefined ? {} : { message: message.method }),
      status: response.status,
      headers: Object.fromEntries(headers),
      ...redirectOf(response, asked),
    });
    return response;
  };

  /** This tool is called with the user's arguments. */
  byScenario(tool: string): void {
    this.#scenarioTools.add(tool);
  }

  record(server: Omit<ServerRecord, "exchanges" | "messages" | "http" | "scenarioTools" | "dropped">): ServerRecord {
    return {
      ...server,
      exchanges: this.#exchanges.map((one) => ({ ...one })),
      messages: [...this.#messages],
      http: [...this.#http],
      scenarioTools: [...this.#scenarioTools],
      dropped: this.#dropped,
    };
  }

  #sent(message: JSONRPCMessage, session: number, open: Map<unknown, Open>): void {
    if (!("method" in message) || !("id" in message)) return;
    const { method, params = null, id } = message;
    const exchange: Open = { session, method, params, startedMs: performance.now() - this.#began, ms: null };
    if (!this.#keep(this.#exchanges, exchange)) return;
    open.set(id, exchange);
    this.#ids.set(exchange, id);
  }

  #received(message: JSONRPCMessage, open: Map<unknown, Open>): void {
    if ("method" in message) {
      const { method, params = null } = message;
      this.#keep(this.#messages, { method, params, isRequest: "id" in message });
      return;
    }
    const exchange = open.get(message.id);
    if (!exchange) return;
    open.delete(message.id);
    exchange.ms = performance.now() - this.#began - exchange.startedMs;
    if ("result" in message) exchange.result = message.result;
    else if ("error" in message && isRecord(message.error)) exchange.error = message.error;
  }

  /** A request that was answered by a status alone was answered all the same. */
  #refused({ method, id }: Asked, status: number): void {
    const exchange = this.#exchanges.findLast(
      (one) => one.method === method && one.ms === null && id !== undefined && this.#ids.get(one) === id,
    );
    if (!exchange) return;
    exchange.ms = performance.now() - this.#began - exchange.startedMs;
    exchange.error = { message: `HTTP ${status}` };
  }

  #keep<T>(list: T[], item: T): boolean {
    if (list.length >= MOST) {
      this.#dropped += 1;
      return false;
    }
    list.push(item);
    return true;
  }
}

/** An answer larger than this is broken off, bytes: a stream without end would fill the memory. */
const LARGEST = 64 * 1024 * 1024;

/** The answer, whose body fails once it is too large. */
function limited(response: Response): Response {
  if (response.body === null) return response;
  if (response.status > 599) throw new Error(`HTTP ${response.status} is no status that a server may answer with`);
  let bytes = 0;
  const counted = response.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        bytes += chunk.length;
        if (bytes > LARGEST) controller.error(new Error(`its answer is larger than ${LARGEST / 1024 / 1024} MB`));
        else controller.enqueue(chunk);
      },
    }),
  );
  const { status, statusText, headers, url } = response;
  return Object.defineProperty(new Response(counted, { status, statusText, headers }), "url", { value: url });
}

/** The client is handed the same message after us. */
function bound(message: JSONRPCMessage, most: number): void {
  const isDeep = isDeeperThan(message, MOST_LEVELS);
  if (!isDeep && !isLargerThan(message, most)) return;
  if ("method" in message) Object.assign(message, { params: {} });
  else {
    Reflect.deleteProperty(message, "result");
    Object.assign(message, { error: isDeep ? TOO_DEEP : TOO_LARGE });
  }
}

/** Where an answer sends whoever asked. */
function redirectOf({ status, headers }: Response, asked: string): Pick<HttpAnswer, "redirectedTo"> {
  const location = status >= 300 && status < 400 ? headers.get("location") : null;
  return location !== null && URL.canParse(location, asked) ? { redirectedTo: new URL(location, asked).href } : {};
}

/** The message in a body; we wrote it, so that it is JSON. */
function messageIn(body: RequestInit["body"]): Asked | undefined {
  const message: unknown = typeof body === "string" && body !== "" ? JSON.parse(body) : undefined;
  return isRecord(message) && typeof message.method === "string"
    ? { method: message.method, id: message.id }
    : undefined;
}
