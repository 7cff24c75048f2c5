/** One rendering on the page: the frames and the bridge of `render.ts`, and the probe's port. */
import type { Rendering } from "../../emulator/bridge/render.ts";
import type { BridgeEvent, HostState, ServerPort, StageBoot, UserPort } from "../../emulator/bridge/types.ts";
import type { TargetAct } from "../../emulator/guest/mirror.ts";
import type { ActRecord, ProbeRecord, ScreenRecord } from "../../server/live-records.ts";
import { acts } from "../state/acts.ts";
import { readAct } from "./read-act.ts";

/** The bridge is a third of the page: it comes beside it, while the rendering is planned. */
const bridge = import("../../emulator/bridge/render.ts");

export interface MountOptions {
  readonly server: ServerPort;
  readonly user: UserPort;
  onEvent(event: BridgeEvent): void;
  onProbe(record: ProbeRecord): void;
  /** Its acts and its screen are those that a scenario is saved from: not those of a modal, or of what stands beside it. */
  isRecorded(): boolean;
  /** The user did this in it, as its document tells. */
  onAct(act: TargetAct): void;
  /** The widget's main thread has not answered for this long, milliseconds; 0 once it answers again. */
  onSilence(ms: number): void;
}

export interface MountedStage {
  /** Resolves once the widget's document is written; rejects when the sandbox does not answer. */
  readonly shown: Promise<void>;
  reveal(): void;
  /** Tells the widget what changed against the last state; nothing when nothing did. */
  setState(state: HostState): void;
  /** Of the bridge; nothing before it is there. */
  readonly rendering: Pick<Rendering, "release" | "giveAgain" | "partial" | "cancel"> | null;
  act(what: TargetAct): void;
  /** From now on `onAct` is told. */
  watchActs(): void;
  /** @param how `dropped`: the widget is not asked to end, as when the host itself is closed */
  remove(how?: "asked" | "dropped"): void;
}

type ProbeMessage =
  | ProbeRecord
  | ActRecord
  | ScreenRecord
  | { readonly type: "pong" }
  | { readonly type: "mirrored"; readonly act: unknown };

/** How long the sandbox may take to answer, milliseconds. */
const WRITE_LIMIT_MS = 10_000;
const PING_MS = 2000;
const READS_MS = 1500;

export function mountStage(box: HTMLElement, boot: StageBoot, options: MountOptions): MountedStage {
  const holder = document.createElement("div");
  holder.className = "stage stage--next";
  box.append(holder);
  let rendering: Rendering | null = null;
  let probe: MessagePort | null = null;
  let state = boot.state;
  let removed = false;
  let asked = 0;
  let watches = false;

  // The widget's document speaks first of all, before any code of the widget: later claims to be the probe are not heard.
  const hear = (event: MessageEvent) => {
    const [port] = event.ports;
    if (
      probe ||
      !port ||
      event.origin !== boot.frame.outerOrigin ||
      !rendering ||
      event.source !== rendering.frame.contentWindow?.[0]
    )
      return;
    if ((event.data as { sandglass?: unknown } | null)?.sandglass !== "probe") return;
    probe = port;
    const record = options.isRecorded() ? acts.start(() => port.postMessage("screen")) : () => undefined;
    if (watches) probe.postMessage("watch-acts");
    port.onmessage = ({ data }: MessageEvent<ProbeMessage>) => {
      if (removed) return;
      if (data.type === "pong") {
        asked = 0;
        options.onSilence(0);
      } else if (data.type === "mirrored") {
        const act = readAct(data.act);
        if (act) options.onAct(act);
      } else if (data.type === "act" || data.type === "screen") record(data);
      else options.onProbe(data);
    };
  };
  addEventListener("message", hear);
  const beat = setInterval(() => {
    if (!probe || document.hidden) return;
    const now = performance.now();
    if (asked === 0) asked = now;
    else options.onSilence(Math.round(now - asked));
    probe.postMessage("ping");
  }, PING_MS);
  const reads = setInterval(() => void rendering?.flushReads(), READS_MS);

  const render = async (): Promise<void> => {
    const { renderWidget } = await bridge;
    const made = await renderWidget(holder, boot, options);
    if (removed) return void made.teardown();
    rendering = made;
    // What changed meanwhile.
    const changed = changedIn(boot.state, state);
    if (Object.keys(changed).length > 0) made.setState(changed);
    await limited(made.written, boot);
  };
  return {
    shown: render(),
    reveal: () => holder.classList.remove("stage--next"),
    get rendering() {
      return rendering;
    },
    act: (act) => probe?.postMessage({ type: "act", act }),
    watchActs() {
      if (!watches) probe?.postMessage("watch-acts");
      watches = true;
    },
    setState(next) {
      const changed = changedIn(state, next);
      state = next;
      if (Object.keys(changed).length > 0) rendering?.setState(changed);
    },
    remove(how = "asked") {
      if (removed) return;
      removed = true;
      clearInterval(beat);
      clearInterval(reads);
      removeEventListener("message", hear);
      holder.hidden = true;
      const done = () => {
        probe?.close();
        holder.remove();
      };
      if (rendering && how === "asked") {
        void rendering.teardown().then(done, done);
        return;
      }
      rendering?.drop();
      done();
    },
  };
}

/** What is taken back is told, too. */
function changedIn(before: HostState, after: HostState): Partial<HostState> {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])] as (keyof HostState)[];
  return Object.fromEntries(
    names
      .filter((name) => JSON.stringify(after[name]) !== JSON.stringify(before[name]))
      .map((name) => [name, after[name]]),
  );
}

function limited(written: Promise<void>, { frame }: StageBoot): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () =>
        reject(
          new Error(
            `${frame.outerOrigin} did not render the widget within ${WRITE_LIMIT_MS / 1000} s. This browser may not resolve names under localhost (Safari before 26 does not): try Chrome or Firefox.`,
          ),
        ),
      WRITE_LIMIT_MS,
    );
    void written.then(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
