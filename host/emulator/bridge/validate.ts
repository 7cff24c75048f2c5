/**
 * What the MCP Apps specification asks of a widget's messages, checked message
 * by message. Source: ext-apps specification/2026-01-26/apps.mdx; symptoms in
 * the field: ohmywind #78 (`clientInfo` instead of `appInfo`, no `initialized`).
 */
import type { ViolationRule } from "../../../harness/model/tags.ts";
import { isRecord } from "../../csp/record.ts";

export interface ProtocolViolation {
  readonly rule: Exclude<ViolationRule, "invalid-params" | "misaddressed" | "stage">;
  readonly detail: string;
}

export type MessageKind = "request" | "response" | "notification" | "invalid";

export interface ReadMessage {
  readonly kind: MessageKind;
  readonly method: string;
  readonly id?: string | number;
  readonly violations: readonly ProtocolViolation[];
  /** True when it is no attempt at JSON-RPC: other scripts talk to `parent` too. */
  readonly foreign: boolean;
}

const REQUESTS = new Set([
  "ui/initialize",
  "ui/open-link",
  "ui/download-file",
  "ui/message",
  "ui/request-display-mode",
  "ui/update-model-context",
  "tools/call",
  "tools/list",
  "resources/read",
  "resources/list",
  "resources/templates/list",
  "prompts/list",
  "sampling/createMessage",
  "ping",
]);
const NOTIFICATIONS = new Set([
  "ui/notifications/initialized",
  "ui/notifications/size-changed",
  "ui/notifications/request-teardown",
  "notifications/message",
  "notifications/cancelled",
  "notifications/progress",
  // Of an app with tools of its own (MCP Apps specification, "App-Provided Tools").
  "notifications/tools/list_changed",
]);

/** Ids remembered at most, to tell one that comes again. */
const IDS_LIMIT = 2000;

/** Follows one widget's side of the conversation. */
export class MessageReader {
  #initializeSent = false;
  #initialized = false;
  readonly #ids = new Set<string | number>();

  get initializeSent(): boolean {
    return this.#initializeSent;
  }

  read(data: unknown): ReadMessage {
    if (!isRecord(data) || data.jsonrpc !== "2.0") return strayMessage(data);
    const { id, method } = data;
    if (id !== undefined && !isId(id))
      return {
        kind: "invalid",
        method: typeof method === "string" ? method.slice(0, 100) : "",
        foreign: false,
        violations: [{ rule: "malformed", detail: "its id is neither a string nor a whole number" }],
      };
    if (typeof method !== "string") return unnamedMessage(id, "result" in data || "error" in data);
    const kind: MessageKind = id === undefined ? "notification" : "request";
    return {
      kind,
      method: method.slice(0, 100),
      foreign: false,
      ...(id === undefined ? {} : { id }),
      violations: [...this.#violations(kind, method, data.params), ...(id === undefined ? [] : this.#idProblems(id))],
    };
  }

  /** MCP, "Requests": an id must not have been used before in the session. */
  #idProblems(id: string | number): ProtocolViolation[] {
    if (this.#ids.has(id))
      return [{ rule: "id-reused", detail: `the id ${JSON.stringify(id).slice(0, 40)} named an earlier request` }];
    if (this.#ids.size < IDS_LIMIT) this.#ids.add(id);
    return [];
  }

  #violations(kind: MessageKind, method: string, params: unknown): ProtocolViolation[] {
    const violations: ProtocolViolation[] = [];
    if (method === "ui/initialize") {
      if (this.#initializeSent) violations.push({ rule: "initialize-twice", detail: "ui/initialize was sent again" });
      this.#initializeSent = true;
      return [...violations, ...initializeProblems(params)];
    }
    if (method === "ui/notifications/initialized") {
      if (!this.#initializeSent) violations.push({ rule: "before-initialize", detail: method });
      this.#initialized = true;
    } else if (method !== "ping" && !this.#initialized) {
      violations.push({ rule: this.#initializeSent ? "before-initialized" : "before-initialize", detail: method });
    }
    const known = kind === "request" ? REQUESTS : NOTIFICATIONS;
    if (!known.has(method)) violations.push({ rule: "unknown-method", detail: method.slice(0, 100) });
    return violations;
  }
}

const isId = (value: unknown): value is string | number => typeof value === "string" || Number.isInteger(value);

/** What is not JSON-RPC 2.0: an attempt at it, or another script's message. */
function strayMessage(data: unknown): ReadMessage {
  const attempt = attemptIn(data);
  return {
    kind: "invalid",
    method: attempt?.method.slice(0, 100) ?? "",
    foreign: !attempt,
    violations: attempt ? [{ rule: "malformed", detail: attempt.fault }] : [],
  };
}

/** A message without a method: an answer, or nothing that the protocol knows. */
function unnamedMessage(id: string | number | undefined, answers: boolean): ReadMessage {
  const isResponse = id !== undefined && answers;
  return {
    kind: isResponse ? "response" : "invalid",
    method: "",
    foreign: false,
    ...(id === undefined ? {} : { id }),
    violations: isResponse
      ? []
      : [{ rule: "malformed", detail: "it is neither a request, a notification nor a response" }],
  };
}

function initializeProblems(params: unknown): ProtocolViolation[] {
  const given = isRecord(params) ? params : {};
  const problems: ProtocolViolation[] = [];
  const info = given.appInfo;
  if (!isRecord(info) || typeof info.name !== "string" || typeof info.version !== "string") {
    problems.push({
      rule: "app-info",
      detail: isRecord(given.clientInfo)
        ? "clientInfo was sent instead of appInfo"
        : "appInfo with name and version is missing",
    });
  }
  if (!isRecord(given.appCapabilities))
    problems.push({
      rule: "app-capabilities",
      detail: isRecord(given.capabilities)
        ? "capabilities was sent instead of appCapabilities"
        : "appCapabilities is missing",
    });
  if (typeof given.protocolVersion !== "string")
    problems.push({ rule: "protocol-version", detail: "protocolVersion is missing" });
  else if (!/^\d{4}-\d{2}-\d{2}$/.test(given.protocolVersion))
    problems.push({
      rule: "unknown-version",
      detail: `protocolVersion is "${given.protocolVersion.slice(0, 40)}", and versions are dates, such as 2026-01-26`,
    });
  return problems;
}

/** What might be meant for the host: one of a batch, what a string holds, or the data itself. */
function candidateIn(data: unknown): unknown {
  if (Array.isArray(data)) return data.find(isOurs);
  return typeof data === "string" ? parsed(data) : data;
}

/** A message that was meant for the host and that no host reads; null when it is another script's. */
export function attemptIn(data: unknown): { readonly method: string; readonly fault: string } | null {
  const message = candidateIn(data);
  if (!isOurs(message)) return null;
  if (Array.isArray(data))
    return { method: message.method, fault: "it is an array, and MCP has no batches: post each message by itself" };
  if (typeof data === "string")
    return { method: message.method, fault: "it is a string: post the object itself, without JSON.stringify" };
  return { method: message.method, fault: 'it lacks jsonrpc: "2.0"' };
}

const isOurs = (value: unknown): value is { readonly method: string } =>
  isRecord(value) && typeof value.method === "string" && /^(ui|tools|resources)\//.test(value.method);
/** Longest string that is looked into, characters: what other scripts post is not our business. */
const STRING_LIMIT = 100_000;

function parsed(text: string): unknown {
  if (text.length > STRING_LIMIT || !text.startsWith("{")) return null;
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
