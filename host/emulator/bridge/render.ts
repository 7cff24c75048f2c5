/** Renders one widget in its two frames and runs both surfaces of the bridge. Browser code; both stages use it. */
import { isOpaque } from "../../csp/sandbox.ts";
import type { GuestBoot } from "../guest/protocol.ts";
import { frameOf } from "./frame.ts";
import { HeightKeeper } from "./height.ts";
import { Journal } from "./journal.ts";
import { serveMcp } from "./mcp-host.ts";
import { serveOpenAi } from "./openai-host.ts";
import { globalsOf, honouredHeight, startHeight } from "./results.ts";
import { HostSession } from "./session.ts";
import type { BridgeEvent, HostState, ServerPort, StageBoot, ToolResult, UserPort } from "./types.ts";

export interface RenderOptions {
  readonly server: ServerPort;
  readonly onEvent: (event: BridgeEvent) => void;
  /** Default: nobody is there to be asked. */
  readonly user?: UserPort;
  /** The frame of `frameOf`, put into the page in this turn; default: one is made and put there. */
  readonly frame?: HTMLIFrameElement;
}

export interface Rendering {
  readonly frame: HTMLIFrameElement;
  /** Resolves once the widget's document is written. */
  readonly written: Promise<void>;
  /** What became of it: a host shows no widget in a mode that it does not declare. */
  setState(changed: Partial<HostState>): Partial<HostState>;
  /** Gives the widget what was held back. */
  release(): void;
  /** Gives the widget a result once more: the second one where there is one. */
  giveAgain(): void;
  /** Gives the widget this result. */
  give(result: ToolResult | null): void;
  /** Tells the widget a part of its input, while that is held back. */
  partial(part: Readonly<Record<string, unknown>>): void;
  /** Tells the widget that the call of its tool was cancelled. */
  cancel(reason: string): void;
  flushReads(): Promise<void>;
  /** Ends it as a host does: asks the widget, then removes the frame. Each wait is limited. */
  teardown(): Promise<void>;
  /** Ends it as a host does that is closed itself: the widget is not asked. */
  drop(): void;
}

/** How long a widget may take to answer the end, ms. */
const GOODBYE_MS = 300;
/** Tallest frame we give, CSS pixels. */
const HEIGHT_LIMIT = 5000;

export async function renderWidget(
  container: HTMLElement,
  boot: StageBoot,
  { server, onEvent, user, frame = frameOf(boot) }: RenderOptions,
): Promise<Rendering> {
  const { frame: plan } = boot;
  const keeper = new HeightKeeper({
    start: startHeight(boot),
    apply: (height) => (frame.style.height = `${height}px`),
    onLoop: (height, step) => onEvent({ type: "height-loop", height, step }),
    onBusy: (busy) => onEvent({ type: "sizing", busy }),
  });
  const emit = (event: BridgeEvent) => {
    if (event.type === "size" && event.height !== undefined && session.state.displayMode === "inline")
      keeper.report(honouredHeight(boot.profile, Math.min(HEIGHT_LIMIT, Math.max(1, Math.ceil(event.height)))));
    onEvent(event);
  };
  const journal = new Journal(emit);
  const session = new HostSession(boot, server, journal, user);
  const guest = new MessageChannel();
  const control = new MessageChannel();
  const openai = serveOpenAi(session, guest.port1);
  const mcp = await serveMcp(session, (data) => frame.contentWindow?.postMessage(data, plan.outerOrigin));
  session.onStateChange((changed) => {
    openai.setState(changed);
    mcp.setState(changed);
  });

  const release = () => {
    openai.release();
    mcp.release();
  };
  const give = (result: ToolResult | null) => {
    if (!result) return;
    openai.giveResult(result);
    mcp.giveResult(result);
  };
  const written = new Promise<void>((resolve) => {
    control.port1.onmessage = () => {
      emit({ type: "written" });
      resolve();
      // Twice: what the widget did with nothing has been drawn.
      if (boot.gated) requestAnimationFrame(() => requestAnimationFrame(release));
    };
  });
  let rendered = false;
  const hear = (event: MessageEvent) => {
    if (event.origin !== plan.outerOrigin) return;
    if (event.source !== frame.contentWindow) {
      if (rendered && isWithin(event.source, frame.contentWindow)) mcp.misaddressed(event.data);
      return;
    }
    if (rendered) {
      mcp.receive(event.data);
      return;
    }
    if ((event.data as { sandglass?: unknown } | null)?.sandglass !== "ready") return;
    rendered = true;
    emit({ type: "sandbox-ready" });
    const guestBoot: Omit<GuestBoot, "port"> = {
      globals: boot.profile.bridge.windowOpenai.value ? globalsOf(boot) : null,
      record: boot.record,
      missing: boot.profile.bridge.openaiMissing.value,
      displayModeOutsideGesture: boot.profile.bridge.displayModeOutsideGesture.value,
      ...(isOpaque(boot.profile.frames) ? { opaque: true } : {}),
    };
    frame.contentWindow?.postMessage(
      { sandglass: "render", html: plan.innerHtml, sandbox: plan.innerSandbox, guest: guestBoot, url: plan.innerUrl },
      plan.outerOrigin,
      [control.port2, guest.port2],
    );
  };
  addEventListener("message", hear);

  if (!frame.isConnected) container.append(frame);

  const end = () => {
    journal.flush();
    frame.remove();
    removeEventListener("message", hear);
    guest.port1.close();
    control.port1.close();
  };
  return {
    frame,
    written,
    setState: (changed) => session.setState(changed),
    release,
    giveAgain: () => give(boot.secondResult ?? boot.toolResult),
    give,
    partial: (part) => mcp.partial(part),
    cancel: (reason) => mcp.cancel(reason),
    flushReads: () => limited(openai.flushReads()),
    async teardown() {
      await Promise.all([limited(openai.flushReads()), limited(mcp.teardown(GOODBYE_MS))]);
      end();
    },
    drop: end,
  };
}

/** A widget that hangs or does not answer must not keep us: the wait ends after `GOODBYE_MS` either way. */
function limited(promise: Promise<void>): Promise<void> {
  return Promise.race([
    promise.catch(() => undefined),
    new Promise<void>((resolve) => setTimeout(resolve, GOODBYE_MS)),
  ]);
}

/** Frames nested deeper are not asked about. */
const DEPTH = 10;

/** A message may still be on its way from a frame that was shown before; `parent` may be read across origins. */
function isWithin(source: MessageEventSource | null, around: Window | null): boolean {
  let one = source instanceof MessagePort ? null : (source as Window | null);
  for (let depth = 0; one && depth < DEPTH && one !== one.parent; depth++) {
    one = one.parent;
    if (one === around) return true;
  }
  return false;
}
