/**
 * The first witness: attaches to every page, frame and worker before it runs,
 * and files what the protocol reports under the run (browser context) it
 * belongs to. Nothing here listens inside the widget's page.
 */
import type { Protocol } from "devtools-protocol";
import type { FrameRole } from "../../model/raw-log.ts";
import type { Protocol as ProtocolClient, ProtocolEvent } from "../browser/protocol.ts";
import type { Identity } from "../browser/identity.ts";
import { emulate, type Emulation } from "./emulation.ts";
import { handle, type Handlers } from "./handlers.ts";
import { networkHandlers } from "./on-network.ts";
import { pageHandlers } from "./on-page.ts";
import { contextKey, type RunLog } from "./run-log.ts";
import { callsOf, isOfFramedPage, isWorker, roleOf, type Session } from "./session.ts";

export interface RunHooks {
  /** Scripts for every new document of the widget's own target, before its code. */
  readonly documentScript: string;
  /** Script for every worker, before its code. */
  readonly workerScript: string;
  /** Binding through which those scripts report. */
  readonly binding: string;
  readonly emulation: Emulation;
  /** V8 counts what runs. */
  readonly coverage: boolean;
  /** A call of `sandglassHost` from the stage page. */
  stageCall(payload: string, session: Session): void;
  /** A record from an injected script; in-page evidence. */
  pageRecord(payload: string, role: FrameRole): void;
}

const STAGE_BINDING = "sandglassHost";
/** The debugger is there for the texts of scripts, and to ask a thread that hangs where it is: a `debugger` statement must not stop the widget. */
const SKIP = { skip: true };
const NO_STATEMENTS = { active: false };
/** Whether a function ran, not how often. Blocks (`detailed`) made a loop of branches ten times slower, and so a drawing widget look hung. */
const COUNT = { callCount: false, detailed: false };
const ATTACH = { autoAttach: true, waitForDebuggerOnStart: true, flatten: true };
/** Bytes that Chromium keeps of bodies. */
const BUFFERS = { maxTotalBufferSize: 10_000_000, maxResourceBufferSize: 1_000_000, maxPostDataSize: 65_536 };
const HANDLERS: Handlers = { ...networkHandlers, ...pageHandlers };

export class Witness {
  readonly #sessions = new Map<string, Session>();
  readonly #runs = new Map<string, { readonly log: RunLog; readonly hooks: RunHooks }>();

  constructor(
    private readonly protocol: ProtocolClient,
    private readonly browser: {
      /** Whether it was started by us, with our flags. */
      readonly isOurs: boolean;
      readonly identity: Identity;
    },
  ) {
    protocol.onEvent((event, sessionId) => this.#onEvent(event, sessionId));
    void protocol.gone.then(() => this.#endRuns());
  }

  /** Attaches from now on; targets wait for us before they run. */
  async start(): Promise<void> {
    await this.protocol.send("Target.setAutoAttach", ATTACH);
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

  #onEvent(event: ProtocolEvent, sessionId: string): void {
    const { method, params } = event;
    if (method === "Target.attachedToTarget") {
      this.#attach(params, sessionId);
      return;
    }
    if (method === "Target.detachedFromTarget") {
      const ended = this.#sessions.get(params.sessionId);
      this.#sessions.delete(params.sessionId);
      if (ended && isWorker(ended)) ended.log.forget(ended.id, ended.url);
      return;
    }
    const session = this.#sessions.get(sessionId);
    if (!session) return;
    if (method === "Runtime.bindingCalled") this.#onBinding(params, session);
    else if (method === "Debugger.paused") {
      if (isWorker(session)) this.#onPaused(session);
      else {
        session.log.stoppedIn = callsOf(session, params.callFrames);
        if (session.log.onClock) session.log.onClock("stopped");
        else this.#goOn(session);
      }
    } else if (method === "Page.javascriptDialogOpening") this.#onDialog(params, session);
    else handle(HANDLERS, event, session);
  }

  #attach(
    { sessionId, targetInfo, waitingForDebugger }: Protocol.Target.AttachedToTargetEvent,
    parentId: string,
  ): void {
    // A session of our own for another client.
    if (targetInfo.type === "browser") return;
    const parent = this.#sessions.get(parentId) ?? null;
    const contextId = targetInfo.browserContextId ?? parent?.contextId ?? "";
    const run = this.#runs.get(contextId);
    if (!run) {
      // Not one of our runs (a browser's own page): let it go on, unwatched.
      if (waitingForDebugger) this.protocol.post("Runtime.runIfWaitingForDebugger", {}, sessionId);
      this.protocol.post("Target.detachFromTarget", { sessionId });
      return;
    }
    const session: Session = {
      id: sessionId,
      targetId: targetInfo.targetId,
      type: targetInfo.type,
      contextId,
      parent,
      log: run.log,
      url: targetInfo.url,
      isStage: targetInfo.type === "page" && !this.#stageOf(contextId),
    };
    this.#sessions.set(sessionId, session);
    this.#listen(session);
    this.#inject(session, run.hooks);
    if (waitingForDebugger) this.#run(session);
    run.log.touch();
  }

  #listen({ id }: Session): void {
    this.protocol.post("Target.setAutoAttach", ATTACH, id);
    this.protocol.post("Network.enable", BUFFERS, id);
    this.protocol.post("Runtime.enable", {}, id);
    this.protocol.post("Audits.enable", {}, id);
    this.protocol.post("Log.enable", {}, id);
  }

  #inject(session: Session, { binding, documentScript, workerScript, emulation, coverage }: RunHooks): void {
    const { id, type, isStage } = session;
    if (type === "page" || type === "iframe") {
      this.protocol.post("Page.enable", {}, id);
      // The boundary's certificate is nobody's; a browser of ours is told so by a flag.
      if (!this.browser.isOurs) this.protocol.post("Security.setIgnoreCertificateErrors", { ignore: true }, id);
      emulate(this.protocol, session, emulation, this.browser.identity);
      if (isStage) this.protocol.post("Runtime.addBinding", { name: STAGE_BINDING }, id);
      else {
        this.protocol.post("Runtime.addBinding", { name: binding }, id);
        this.protocol.post(
          "Page.addScriptToEvaluateOnNewDocument",
          { source: documentScript, runImmediately: true },
          id,
        );
      }
    }
    if (isStage) return;
    if (coverage) {
      this.protocol.post("Profiler.enable", {}, id);
      this.protocol.post("Profiler.startPreciseCoverage", COUNT, id);
    }
    this.protocol.post("Debugger.enable", {}, id);
    if (isWorker(session) && workerScript) {
      this.protocol.post("Runtime.addBinding", { name: binding }, id);
      this.protocol.post("Debugger.setInstrumentationBreakpoint", { instrumentation: "beforeScriptExecution" }, id);
      // A thread that hangs takes no other orders than to stop.
    } else if (session.parent?.isStage) this.protocol.post("Debugger.setBreakpointsActive", NO_STATEMENTS, id);
    else this.protocol.post("Debugger.setSkipAllPauses", SKIP, id);
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
    this.#goOn(session);
  }

  /** Nothing stops it any more: not the next `debugger` statement either, of which some have no end. */
  #goOn({ id }: Session): void {
    this.protocol.post("Debugger.setSkipAllPauses", SKIP, id);
    this.protocol.post("Debugger.resume", {}, id);
  }

  /** Nobody is there to answer it: it is dismissed, as a user would who wants to go on. */
  #onDialog({ type }: Protocol.Page.JavascriptDialogOpeningEvent, { id }: Session): void {
    this.protocol.post("Page.handleJavaScriptDialog", { accept: type === "beforeunload" }, id);
  }

  #stageOf(contextId: string): Session | undefined {
    return this.sessionsOf(contextId).find((session) => session.isStage);
  }

  #onBinding({ name, payload, executionContextId }: Protocol.Runtime.BindingCalledEvent, session: Session): void {
    const hooks = this.#runs.get(session.contextId)?.hooks;
    if (!hooks) return;
    if (session.isStage && name === STAGE_BINDING) hooks.stageCall(payload, session);
    else if (name === hooks.binding && !isOfFramedPage(session))
      hooks.pageRecord(
        payload,
        roleOf(session, session.log.contextFrames.get(contextKey(session.id, executionContextId))),
      );
  }
}
