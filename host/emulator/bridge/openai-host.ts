/** Host side of `window.openai`: answers the guest over its private port. */
import type { GuestToHost, HostToGuest } from "../guest/protocol.ts";
import { holdsInput, resultGlobals, stateGlobals } from "./results.ts";
import type { Journal } from "./journal.ts";
import type { HostSession } from "./session.ts";
import type { HostState, ToolResult, UserPort } from "./types.ts";
import { isRecord } from "../../csp/record.ts";

export interface OpenAiHost {
  setState(changed: Partial<HostState>): void;
  /** Gives the widget what was held back. */
  release(): void;
  giveResult(result: ToolResult): void;
  /** Asks for the reads recorded so far; resolves when they were reported. */
  flushReads(): Promise<void>;
}

/** Guest messages handled at most; a flood beyond it is counted by the journal and not answered. */
const HANDLED_LIMIT = 20_000;

export function serveOpenAi(session: HostSession, port: MessagePort): OpenAiHost {
  const { journal, boot } = session;
  const send = (message: HostToGuest) => port.postMessage(message);
  let flushed: (() => void) | null = null;
  let handled = 0;
  port.onmessage = ({ data }: MessageEvent<GuestToHost>) => {
    if (++handled > HANDLED_LIMIT) return;
    if (data.type === "reads") flushed?.();
    if (data.type !== "call" && data.type !== "tell") {
      noteRecord(journal, data);
      return;
    }
    if (typeof data.method !== "string" || !Array.isArray(data.args)) return;
    session.uses("openai");
    const { method, args } = data;
    const id = data.type === "call" ? data.id : undefined;
    const missing = REQUIRED[method]?.(args);
    if (missing)
      journal.emit({ type: "violation", rule: "invalid-params", detail: `window.openai.${method}: ${missing}` });
    journal.message({
      direction: "to-host",
      protocol: "openai",
      kind: id === undefined ? "notification" : "request",
      method,
      payload: args.length > 1 ? args : args[0],
      ...(id === undefined ? {} : { id }),
    });
    if (id === undefined) {
      tell(session, method, args);
      return;
    }
    answer(session, method, args).then(
      (value) => {
        journal.message({ direction: "to-widget", protocol: "openai", kind: "response", method, id, payload: value });
        send({ type: "answer", id, ok: true, value });
      },
      (reason: unknown) => {
        const error = reason instanceof Error ? reason.message : String(reason);
        journal.message({
          direction: "to-widget",
          protocol: "openai",
          kind: "response",
          method,
          id,
          error,
        });
        send({ type: "answer", id, ok: false, value: error });
      },
    );
  };
  const globals = (values: Parameters<typeof send>[0] & { type: "globals" }) => {
    journal.message({
      direction: "to-widget",
      protocol: "openai",
      kind: "notification",
      method: "openai:set_globals",
      payload: values.globals,
    });
    send(values);
  };
  return {
    setState(changed) {
      const all = stateGlobals(session.state);
      const names: (keyof typeof all)[] = Object.keys(changed).flatMap((name) => GLOBALS_OF[name] ?? []);
      if (boot.profile.bridge.windowOpenai.value && names.length > 0)
        globals({ type: "globals", globals: Object.fromEntries(names.map((name) => [name, all[name]])) });
    },
    release() {
      if (boot.profile.bridge.windowOpenai.value)
        globals({
          type: "globals",
          globals: { ...(holdsInput(boot) ? { toolInput: boot.toolInput } : {}), ...resultGlobals(boot.toolResult) },
        });
    },
    giveResult(result) {
      if (boot.profile.bridge.windowOpenai.value) globals({ type: "globals", globals: resultGlobals(result) });
    },
    flushReads: () =>
      new Promise((resolve) => {
        flushed = resolve;
        send({ type: "flush-reads" });
      }),
  };
}

type RecordMessage = Exclude<GuestToHost, { type: "call" | "tell" }>;

function noteRecord(journal: Journal, data: RecordMessage): void {
  if (data.type === "api-use") journal.emit({ ...data.record, type: "api-use" });
  else if (data.type === "early-read") journal.emit({ type: "early-read", stack: data.stack });
  else if (data.reads) journal.emit({ ...data.reads, type: "reads" });
}

const lacks =
  (name: string) =>
  (args: readonly unknown[]): string | null =>
    isRecord(args[0]) && typeof args[0][name] === "string" ? null : `it takes an object with ${name}`;
/** What a call cannot do without. Source: developers.openai.com/plugins/reference, September 2026. */
const REQUIRED: Readonly<Record<string, (args: readonly unknown[]) => string | null>> = {
  callTool: ([name]) => (typeof name === "string" ? null : "it takes a tool's name, then its arguments"),
  openExternal: lacks("href"),
  sendFollowUpMessage: lacks("prompt"),
  getFileDownloadUrl: lacks("fileId"),
};

const GLOBALS_OF: Readonly<Record<string, (keyof ReturnType<typeof stateGlobals>)[]>> = {
  theme: ["theme"],
  view: ["view"],
  locale: ["locale"],
  displayMode: ["displayMode", "view"],
  maxHeight: ["maxHeight"],
  safeArea: ["safeArea"],
  device: ["userAgent"],
  touch: ["userAgent"],
  hover: ["userAgent"],
};

function tell(session: HostSession, method: string, args: readonly unknown[]): void {
  if (method === "notifyIntrinsicHeight") session.size(undefined, args[0]);
  else if (method === "setWidgetState") session.journal.emit({ type: "widget-state", state: args[0], kept: true });
  else if (method === "requestDisplayMode") session.requestDisplayMode(modeOf(args[0]));
}

const modeOf = (arg: unknown): unknown => (isRecord(arg) ? arg.mode : arg);
const NO_FILES = "Sandglass has no files of the user: this call works in ChatGPT alone";

async function answer(session: HostSession, method: string, args: readonly unknown[]): Promise<unknown> {
  const [first] = args;
  const options = isRecord(first) ? first : {};
  switch (method) {
    case "callTool":
      return session.callTool(first, args[1]);
    case "openExternal":
      // Resolves before the user has answered the dialog, as observed.
      if (typeof options.href === "string") session.openLink(options.href);
      return undefined;
    case "requestDisplayMode":
      return { mode: session.requestDisplayMode(modeOf(first)) };
    case "sendFollowUpMessage":
    case "requestModal":
      return undefined;
    default:
      return session.user ? askUser(session.user, method, first) : withoutUser(method);
  }
}

/** What only a user can answer. */
async function askUser(user: UserPort, method: string, first: unknown): Promise<unknown> {
  switch (method) {
    case "selectFiles":
      return user.selectFiles();
    case "uploadFile":
      return user.uploadFile(first);
    case "getFileDownloadUrl":
      return { downloadUrl: await user.fileUrl(isRecord(first) ? String(first.fileId) : "") };
    case "requestCheckout":
      return user.checkout(first);
    default:
      return withoutUser(method);
  }
}

function withoutUser(method: string): unknown {
  if (method === "selectFiles") return [];
  if (method === "uploadFile") return { fileId: "file_sandglass" };
  throw new Error(method === "getFileDownloadUrl" ? NO_FILES : `${method} is not available in Sandglass`);
}
