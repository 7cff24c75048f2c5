/**
 * The first witness: attaches to every page, frame and worker before it runs,
 * and files what the protocol reports under the run (browser context) it
 * belongs to. Nothing here listens inside the widget's page.
 */
import type { Protocol } from "../cdp.ts";
import type { FrameRole, RawPlace } from "./run-log.ts";
import { RunLog } from "./run-log.ts";
import { onNetworkEvent } from "./on-network.ts";
import { onPageEvent } from "./on-page.ts";

export interface Session {
  readonly id: string;
  readonly targetId: string;
  readonly type: string;
  readonly contextId: string;
  readonly parent: Session | null;
  readonly log: RunLog;
  /** Frames of this target: id to parent id. */
  readonly frames: Map<string, string | null>;
  /** Address of its document, as far as it is known. */
  url: string;
  /** True for the page that the run opened itself. */
  isStage: boolean;
}

export interface RunHooks {
  /** Scripts for every new document of the widget's own target, before its code. */
  readonly documentScript: string;
  /** Script for every worker, before its code. */
  readonly workerScript: string;
  /** Binding through which those scripts report. */
  readonly binding: string;
  /** A call of `sandglassHost` from the stage page. */
  stageCall(payload: string, session: Session): void;
  /** A record from an injected script; in-page evidence. */
  pageRecord(payload: string, role: FrameRole): void;
}

export const STAGE_BINDING = "sandglassHost";
/** The debugger is there for the texts of scripts: a `debugger` statement must not stop the widget. */
const SKIP = { skip: true };

export class Witness {
  readonly #sessions = new Map<string, Session>();
  readonly #runs = new Map<string, { readonly log: RunLog; readonly hooks: RunHooks }>();

  constructor(private readonly protocol: Protocol) {
    protocol.onEvent((method, params, sessionId) => this.#onEvent(method, params, sessionId));
    void protocol.gone.then(() => this.#endRuns());
  }

  /** Attaches from now on; targets wait for us before they run. */
  async start(): Promise<void> {
    await this.protocol.send("Target.setAutoAttach", { autoAttach: true, waitForDebuggerOnStart: true, flatten: true });
  }

  /** Watches a browser context; call it before anything is opened in it. */
  watch(contextId: string, log: RunLog, hooks: RunHooks): void {
    this.#runs.set(contextId, { log, hooks });
  }

  unwatch(contextId: string): void {
    this.#runs.delete(contextId);
  }

  /** Sessions of a run, outermost first. */
  sessionsOf(contextId: string): Session[] {
    return [...this.#sessions.values()].filter((session) => session.contextId === contextId);
  }

  /** Nothing more will be seen: a run that waits for something need not wait on. */
  #endRuns(): void {
    for (const { log } of this.#runs.values()) {
      log.crashed = true;
      log.touch();
    }
  }

  #onEvent(method: string, params: any, sessionId: string): void {
    if (method === "Target.attachedToTarget") return this.#attach(params, sessionId);
    if (method === "Target.detachedFromTarget") {
      this.#sessions.delete(params.sessionId);
      return;
    }
    const session = this.#sessions.get(sessionId);
    if (!session) return;
    if (method === "Runtime.bindingCalled") return this.#onBinding(params, session);
    if (method === "Debugger.paused") return this.#onPaused(session);
    const role = (frameId: string | undefined) => roleOf(session, frameId);
    if (method.startsWith("Network.")) onNetworkEvent(session, method, params, role);
    else onPageEvent(session, method, params, role);
  }

  #attach(params: any, parentId: string): void {
    const { sessionId, targetInfo, waitingForDebugger } = params;
    const parent = this.#sessions.get(parentId) ?? null;
    const contextId: string = targetInfo.browserContextId ?? parent?.contextId ?? "";
    const run = this.#runs.get(contextId);
    const send = (method: string, more: Record<string, unknown> = {}) => this.protocol.post(method, more, sessionId);
    if (!run) {
      // Not one of our runs (a browser's own page): let it go on, unwatched.
      if (waitingForDebugger) send("Runtime.runIfWaitingForDebugger");
      this.protocol.post("Target.detachFromTarget", { sessionId });
      return;
    }
    const known = this.#stageOf(contextId);
    const session: Session = {
      id: sessionId,
      targetId: targetInfo.targetId,
      type: targetInfo.type,
      contextId,
      parent,
      log: run.log,
      frames: new Map(),
      url: targetInfo.url ?? "",
      isStage: targetInfo.type === "page" && !known,
    };
    this.#sessions.set(sessionId, session);
    send("Target.setAutoAttach", { autoAttach: true, waitForDebuggerOnStart: true, flatten: true });
    send("Network.enable", {
      maxTotalBufferSize: 10_000_000,
      maxResourceBufferSize: 1_000_000,
      maxPostDataSize: 65_536,
    });
    send("Runtime.enable");
    send("Audits.enable");
    send("Log.enable");
    if (targetInfo.type === "page" || targetInfo.type === "iframe") {
      send("Page.enable");
      if (session.isStage) send("Runtime.addBinding", { name: STAGE_BINDING });
      else if (run.hooks.documentScript) {
        send("Runtime.addBinding", { name: run.hooks.binding });
        send("Page.addScriptToEvaluateOnNewDocument", { source: run.hooks.documentScript, runImmediately: true });
      }
      session.frames.set(targetInfo.targetId, null);
    }
    if (!session.isStage) send("Debugger.enable");
    if (isWorker(session) && run.hooks.workerScript) {
      send("Runtime.addBinding", { name: run.hooks.binding });
      send("Debugger.setInstrumentationBreakpoint", { instrumentation: "beforeScriptExecution" });
    } else if (!session.isStage) send("Debugger.setSkipAllPauses", SKIP);
    if (waitingForDebugger) this.#run(session);
    run.log.touch();
  }

  /** A target that is slow to start, as a worker on a busy machine, keeps the run waiting. */
  #run({ id, log }: Session): void {
    const started = () => {
      log.starting.delete(id);
      log.touch();
    };
    log.starting.add(id);
    // Gone before it ran: nothing of it is to be waited for.
    this.protocol.send("Runtime.runIfWaitingForDebugger", {}, id).then(started, started);
  }

  /** A worker stops once, before its first line: earlier it has no globals to watch, and asking for some ends the process (Chromium 156). */
  #onPaused(session: Session): void {
    const hooks = this.#runs.get(session.contextId)?.hooks;
    if (hooks) this.protocol.post("Runtime.evaluate", { expression: hooks.workerScript }, session.id);
    this.protocol.post("Debugger.setSkipAllPauses", SKIP, session.id);
    this.protocol.post("Debugger.resume", {}, session.id);
  }

  #stageOf(contextId: string): Session | undefined {
    return this.sessionsOf(contextId).find((session) => session.isStage);
  }

  #onBinding(params: any, session: Session): void {
    const hooks = this.#runs.get(session.contextId)?.hooks;
    if (!hooks) return;
    if (session.isStage && params.name === STAGE_BINDING) hooks.stageCall(params.payload, session);
    else if (params.name === hooks.binding && !isOfFramedPage(session))
      hooks.pageRecord(params.payload, session.type === "iframe" || session.type === "page" ? "inner" : "worker");
  }
}

const isWorker = ({ type }: Session): boolean => /worker/.test(type);

/** Which part of the picture a frame is. The first child of the sandbox document is the widget's own. */
function roleOf(session: Session, frameId: string | undefined): FrameRole {
  if (session.isStage) return "top";
  if (isOfFramedPage(session)) return "framed";
  if (/worker|worklet/.test(session.type)) return "worker";
  if (session.type === "page") return "popup";
  const belongsToStage = session.parent?.isStage ?? false;
  if (!belongsToStage) return "child";
  if (!frameId || frameId === session.log.innerFrameId) return "inner";
  return frameId === session.targetId ? "outer" : "child";
}

/** A frame in a process of its own that holds a page of the web, and what that page starts. */
function isOfFramedPage(session: Session): boolean {
  if (session.type === "iframe" && session.parent?.isStage === false && /^https?:/.test(session.url)) return true;
  return session.parent !== null && isOfFramedPage(session.parent);
}

/** Role of the frame around a frame; nothing for the widget's own frame and what is around it. A frame put beside the widget's is the sandbox document's. A frame in a process of its own was attached in its parent's. */
export function embedderOf(session: Session, frameId: string): { embedder?: FrameRole } {
  const parentId = session.frames.get(frameId) ?? session.parent?.frames.get(frameId);
  if (!parentId || !session.log.innerFrameId || frameId === session.log.innerFrameId || session.isStage) return {};
  if (parentId === session.log.innerFrameId) return { embedder: "inner" };
  return { embedder: parentId === session.log.outerFrameId ? "outer" : "child" };
}

/** Chromium's call frames or locations, as a place; null when it has none. */
export function placeOf(
  session: Session,
  {
    url,
    lineNumber,
    columnNumber,
    scriptId,
  }: {
    readonly url?: unknown;
    readonly lineNumber?: unknown;
    readonly columnNumber?: unknown;
    readonly scriptId?: unknown;
  },
): RawPlace | null {
  if (typeof lineNumber !== "number" || lineNumber < 0) return null;
  const column = typeof columnNumber === "number" && columnNumber >= 0 ? columnNumber : 0;
  return {
    url: typeof url === "string" ? url : "",
    line: lineNumber,
    column,
    ...(typeof scriptId === "string" && scriptId !== "" ? { scriptId, session: session.id } : {}),
  };
}

/** First call frame of a stack that belongs to the widget and not to an injected script. */
export function placeOfStack(session: Session, stack: any): RawPlace | null {
  for (let part = stack; part; part = part.parent) {
    for (const frame of part.callFrames ?? []) {
      if (!String(frame.url).startsWith("sandglass:")) return placeOf(session, frame);
    }
  }
  return null;
}
