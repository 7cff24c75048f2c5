/**
 * The first witness: attaches to every page, frame and worker before it runs,
 * and files what the protocol reports under the run (browser context) it
 * belongs to. Nothing here listens inside the widget's page.
 */
import type { Protocol } from "../browser/protocol.ts";
import type { FrameRole, RunLog } from "./run-log.ts";
import { isOfFramedPage, isWorker, roleOf, type Session } from "./session.ts";
import { onNetworkEvent } from "./on-network.ts";
import { onPageEvent } from "./on-page.ts";

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
