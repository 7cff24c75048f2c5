/** Host side of MCP Apps: ext-apps' AppBridge over a transport that reads and checks every message first. */
import { AppBridge } from "@modelcontextprotocol/ext-apps/app-bridge";
import { holdsInput, holdsResult, hostContextOf } from "./results.ts";
import type { HostSession } from "./session.ts";
import type { HostState, ToolResult } from "./types.ts";
import { attemptIn, MessageReader, type ReadMessage } from "./validate.ts";
import { isRecord } from "../../csp/record.ts";
import type { ContextField } from "../../profiles/types.ts";

export interface McpHost {
  /** A message that came from the widget's frame; anything may be in it. */
  receive(data: unknown): void;
  /** A message that reached the page past the sandbox document, from a frame within. */
  misaddressed(data: unknown): void;
  setState(changed: Partial<HostState>): void;
  release(): void;
  giveResult(result: ToolResult): void;
  /** Tells a part of the input, while it is still held back. */
  partial(part: Readonly<Record<string, unknown>>): void;
  cancel(reason: string): void;
  /** Asks the widget to end; resolves when it answered, or rejects when it did not in time. */
  teardown(timeoutMs: number): Promise<void>;
}

type Message = Parameters<NonNullable<Parameters<AppBridge["connect"]>[0]["onmessage"]>>[0];
/** Messages handed to the bridge at most: a flood costs time of the stage, not of the run. */
const HANDLED_LIMIT = 5000;
/** Methods in flight, to name answers by; larger ones are answered unnamed. */
const NAMED_LIMIT = 2000;

export async function serveMcp(session: HostSession, post: (data: unknown) => void): Promise<McpHost> {
  const { boot, journal } = session;
  const reader = new MessageReader();
  const methods = new Map<string | number, string>();
  const asked = new Map<string | number, string>();
  let handled = 0;
  let deliver: (message: Message) => void = () => undefined;

  const transport: Parameters<AppBridge["connect"]>[0] = {
    start: () => Promise.resolve(),
    close: () => Promise.resolve(),
    send(message) {
      const sent: Sent = message;
      const { id, method } = sent;
      const named = method ?? (id === undefined ? "" : (methods.get(id) ?? ""));
      if (method && id !== undefined && asked.size < NAMED_LIMIT) asked.set(id, method);
      noteSent(session, named, sent);
      post(message);
      return Promise.resolve();
    },
  };
  Object.defineProperty(transport, "onmessage", {
    get: () => deliver,
    set: (handler: typeof deliver) => void (deliver = handler),
  });

  const bridge = new AppBridge(null, boot.profile.bridge.hostInfo.value, boot.profile.bridge.hostCapabilities.value, {
    hostContext: hostContextOf(boot, session.state),
  });
  let initialized = false;
  let released = !holdsResult(boot);
  let inputSent = false;
  const sendInput = () => {
    if (inputSent) return;
    inputSent = true;
    void bridge.sendToolInput({ arguments: isRecord(boot.toolInput) ? boot.toolInput : {} });
  };
  const sendResult = (result: ToolResult) => void bridge.sendToolResult({ content: [], ...result } as never);
  const sendTool = () => {
    if (released || !holdsInput(boot)) sendInput();
    if (released && boot.toolResult) sendResult(boot.toolResult);
  };
  bridge.addEventListener("initialized", () => {
    if (initialized) return;
    initialized = true;
    journal.emit({ type: "handshake", state: "initialized" });
    session.declareModes(bridge.getAppCapabilities()?.availableDisplayModes ?? null);
    if (!released) for (const part of boot.stream ?? []) void bridge.sendToolInputPartial({ arguments: part });
    sendTool();
    // "Apps MUST implement onlisttools if they declare tools": the answer, or that there is none, stands in the journal.
    if (bridge.getAppCapabilities()?.tools) void Promise.allSettled([bridge.listTools({})]);
  });
  bridge.addEventListener("sizechange", ({ width, height }) => session.size(width, height));
  bridge.addEventListener("loggingmessage", () => undefined);
  bridge.addEventListener("requestteardown", () => undefined);
  bridge.onmessage = () => Promise.resolve({});
  bridge.onopenlink = ({ url }) => Promise.resolve(session.openLink(url) ? {} : { isError: true });
  bridge.onrequestdisplaymode = ({ mode }) => Promise.resolve({ mode: session.requestDisplayMode(mode) });
  bridge.onupdatemodelcontext = (params) => {
    journal.emit({ type: "widget-state", state: params });
    return Promise.resolve({});
  };
  bridge.oncalltool = async ({ name, arguments: args }) => (await session.callTool(name, args)) as never;
  bridge.onreadresource = async ({ uri }) => (await session.server.readResource(uri)) as never;
  bridge.onlistresources = async () => (await session.server.listResources()) as never;
  bridge.setRequestHandler("tools/list", async () => (await session.server.listTools()) as never);
  await bridge.connect(transport);

  return {
    receive(data) {
      const read = reader.read(data);
      if (read.foreign) return;
      session.uses("mcp-apps");
      noteReceived(session, read, data, asked);
      if (read.kind === "invalid" || ++handled > HANDLED_LIMIT) return;
      if (read.kind === "request" && read.id !== undefined && methods.size < NAMED_LIMIT)
        methods.set(read.id, read.method);
      if (read.method === "ui/initialize") journal.emit({ type: "handshake", state: "initialize-sent" });
      deliver(data as Message);
    },
    misaddressed(data) {
      const attempt = attemptIn(data);
      if (attempt)
        journal.emit({
          type: "violation",
          rule: "misaddressed",
          detail: `${attempt.method.slice(0, 100)} was posted to top, and the host listens at parent`,
        });
    },
    setState(changed) {
      if (!initialized) return;
      const all = hostContextOf(boot, session.state);
      const names = Object.keys(changed)
        .flatMap((name) => CONTEXT_OF[name] ?? [])
        .filter((name) => all[name] !== undefined);
      if (names.length > 0)
        void bridge.sendHostContextChange(Object.fromEntries(names.map((name) => [name, all[name]])));
    },
    release() {
      if (released) return;
      released = true;
      if (initialized) sendTool();
    },
    giveResult(result) {
      if (initialized) sendResult(result);
    },
    partial(part) {
      if (initialized && !inputSent) void bridge.sendToolInputPartial({ arguments: part });
    },
    cancel(reason) {
      if (initialized) void bridge.sendToolCancelled({ reason });
    },
    async teardown(timeoutMs) {
      if (initialized) await bridge.teardownResource({}, { timeout: timeoutMs });
    },
  };
}

/** A message to the widget, of whichever kind. */
interface Sent {
  readonly id?: string | number | undefined;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

function kindOf({ id, method }: Sent): "notification" | "request" | "response" {
  if (!method) return "response";
  return id === undefined ? "notification" : "request";
}

const errorText = (error: unknown): string =>
  (isRecord(error) && typeof error.message === "string" ? error.message : "an error without a message").slice(0, 300);

/** @param asked methods that the host asked for, to name answers by */
function noteReceived(
  { journal }: HostSession,
  read: ReadMessage,
  data: unknown,
  asked: ReadonlyMap<string | number, string>,
): void {
  journal.message({
    direction: "to-host",
    protocol: "mcp-apps",
    kind: read.kind,
    method: read.method || (read.id === undefined ? "" : (asked.get(read.id) ?? "")),
    payload: isRecord(data) ? (data.params ?? data.result ?? data.error) : undefined,
    ...(read.id === undefined ? {} : { id: read.id }),
    ...(read.kind === "response" && isRecord(data) && data.error !== undefined ? { error: errorText(data.error) } : {}),
  });
  for (const violation of read.violations) journal.emit({ type: "violation", ...violation, method: read.method });
}

/** @param method what was sent, or what is answered */
function noteSent({ journal }: HostSession, method: string, sent: Sent): void {
  const { id, error } = sent;
  journal.message({
    direction: "to-widget",
    protocol: "mcp-apps",
    kind: kindOf(sent),
    method,
    payload: sent.params ?? sent.result,
    ...(id === undefined ? {} : { id }),
    ...(error ? { error: error.message } : {}),
  });
  if (error && method === "ui/initialize")
    journal.emit({ type: "handshake", state: "rejected", detail: error.message.slice(0, 500) });
  else if (error?.code === -32602)
    journal.emit({
      type: "violation",
      rule: "invalid-params",
      detail: `${method}: ${error.message.slice(0, 300)}`,
      method,
    });
}

const CONTEXT_OF: Readonly<Record<string, readonly ContextField[]>> = {
  theme: ["theme", "styles"],
  locale: ["locale"],
  displayMode: ["displayMode"],
  safeArea: ["safeAreaInsets"],
  touch: ["deviceCapabilities"],
  hover: ["deviceCapabilities"],
  device: ["platform"],
  timeZone: ["timeZone"],
  variables: ["styles"],
  maxHeight: ["containerDimensions"],
  width: ["containerDimensions"],
};
