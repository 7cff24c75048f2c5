/** The page's way to its server: same origin, with this run's token. */
import type { RejectedCall, ServerPort } from "../emulator/bridge/types.ts";
import type { Prose } from "../../harness/model/prose.ts";
import type { RunResult } from "../../harness/model/result.ts";
import type { LiveBatch } from "../server/live-records.ts";
import type {
  Declare,
  ProjectChange,
  SaveScenario,
  SourceAsked,
  SourceLines,
  SourcePatch,
} from "../server/project-types.ts";
import type { LogPage, ServerDirectory, ServerQuestion, ServerReply } from "../server/server-types.ts";
import type { CheckRequest, Problem, ServerEvent, SessionView, StageAnswer, StageRequest } from "../server/types.ts";

const token = document.querySelector<HTMLMetaElement>('meta[name="sandglass-token"]')?.content ?? "";
const headers = { "x-sandglass-token": token };

/** A refusal of the server, with what to do next. */
export class RequestFailed extends Error {
  constructor(readonly problem: Problem) {
    super(problem.message);
  }
}

const GONE: Problem = {
  code: "SERVER_GONE",
  message: "sandglass dev does not answer.",
  next: "Start it again in the terminal; this page reconnects by itself.",
};

async function ask<T>(path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const response = await fetch(`/api/${path}`, {
    ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
    headers: body === undefined ? headers : { ...headers, "content-type": "application/json" },
    ...(signal ? { signal } : {}),
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    throw new RequestFailed(GONE);
  });
  const value: unknown = response.status === 204 ? null : await response.json();
  if (!response.ok) throw new RequestFailed(value as Problem);
  return value as T;
}

export const api = {
  session: () => ask<SessionView>("session"),
  stage: (request: StageRequest, signal: AbortSignal) => ask<StageAnswer>("stage", request, signal),
  check: (request: CheckRequest) => ask<RunResult>("check", request),
  reload: () => ask<unknown>("reload", {}),
  records: (batch: LiveBatch) => ask<null>("records", batch),
  saveScenario: (asked: SaveScenario) => ask<ProjectChange>("project/scenario", asked),
  declare: (asked: Declare) => ask<ProjectChange>("project/declare", asked),
  patch: (asked: Declare) => ask<SourcePatch | null>("project/patch", asked),
  source: (asked: SourceAsked) => ask<SourceLines | null>("project/source", asked),
  undo: (id: number) => ask<{ readonly file: string }>("project/undo", { id }),
  log: (after: number) => ask<LogPage>(`mcp/log?after=${after}`),
  directory: () => ask<ServerDirectory>("mcp/directory"),
  ask: (question: ServerQuestion, signal: AbortSignal) => ask<ServerReply>("mcp/ask", question, signal),
  /** Given to the server of this page, which keeps it in its memory. */
  async keepFile(file: Blob): Promise<{ readonly fileId: string }> {
    const response = await fetch("/api/files", {
      method: "POST",
      headers: { ...headers, "content-type": "application/octet-stream", "x-file-type": file.type.slice(0, 100) },
      body: file,
    });
    if (!response.ok) throw new RequestFailed((await response.json()) as Problem);
    return (await response.json()) as { readonly fileId: string };
  },
  explain: (id: string) => ask<readonly Prose[]>(`explain/${id}`),
};

/** The real tool server behind a widget, or the scenario's stand-ins. */
export function serverPort(widget: string, scenario: string): ServerPort {
  const call = async (method: keyof ServerPort, params: readonly unknown[]): Promise<unknown> => {
    const answer = await ask<{ ok: true; value: unknown } | ({ ok: false } & RejectedCall)>("server", {
      widget,
      scenario,
      method,
      params,
    });
    if (!answer.ok) throw Object.assign(new Error(answer.message), { refusal: answer.refusal });
    return answer.value;
  };
  return {
    callTool: (name, args) => call("callTool", [name, args]),
    listTools: () => call("listTools", []),
    readResource: (uri) => call("readResource", [uri]),
    listResources: () => call("listResources", []),
  };
}

const RETRY_MS = 1000;

/** Listens until stopped; reconnects when the server comes back. */
export function listen(onEvent: (event: ServerEvent) => void, onLink: (up: boolean) => void): () => void {
  const stop = new AbortController();
  const run = async (): Promise<void> => {
    const response = await fetch("/api/events", { headers, signal: stop.signal });
    if (response.status === 403) {
      location.reload();
      return;
    }
    if (!response.body) throw new TypeError("the event stream has no body");
    onLink(true);
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const blocks = (rest + value).split("\n\n");
      rest = blocks.pop() ?? "";
      for (const block of blocks) if (block.startsWith("data: ")) onEvent(JSON.parse(block.slice(6)) as ServerEvent);
    }
  };
  const loop = async (): Promise<void> => {
    for (;;) {
      const failed = await run().then(
        () => null,
        (error: unknown) => error,
      );
      if (stop.signal.aborted) return;
      onLink(false);
      if (failed && !(failed instanceof TypeError)) console.warn("The event stream broke:", failed);
      await new Promise((done) => setTimeout(done, RETRY_MS));
    }
  };
  void loop();
  return () => stop.abort();
}
