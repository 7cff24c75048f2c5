/** The virtual stage's script: renders the boot data, and talks to Node through the binding. */
import { boot, frame } from "./stage-frame.ts";
import type { DisplayMode } from "../../profiles/types.ts";
import { renderWidget } from "./render.ts";
import type { HostState, RejectedCall, ServerPort, StageCall, StageCommand } from "./types.ts";

interface StageScope {
  sandglassHost(payload: string): void;
  sandglassAnswer(id: number, ok: boolean, value: unknown): void;
  sandglassDrive(command: StageCommand): Promise<void>;
}
const scope = globalThis as unknown as StageScope;
const call = (message: StageCall) => scope.sandglassHost(JSON.stringify(message));

const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
let next = 1;
const ask = (method: keyof ServerPort, params: readonly unknown[]) =>
  new Promise<unknown>((resolve, reject) => {
    const id = next++;
    waiting.set(id, { resolve, reject });
    call({ type: "server", id, method, params });
  });
scope.sandglassAnswer = (id, ok, value) => {
  const waiter = waiting.get(id);
  waiting.delete(id);
  if (ok) waiter?.resolve(value);
  else {
    const { message, refusal } = value as RejectedCall;
    waiter?.reject(Object.assign(new Error(message), { refusal }));
  }
};

const rendering = renderWidget(document.body, boot, {
  frame,
  server: {
    callTool: (name, args) => ask("callTool", [name, args]),
    listTools: () => ask("listTools", []),
    readResource: (uri) => ask("readResource", [uri]),
    listResources: () => ask("listResources", []),
  },
  onEvent: (event) => {
    call({ type: "event", event });
    if (event.type === "display-mode" && event.granted)
      void rendering.then((stage) => layOut(stage.frame, event.granted));
  },
});
void rendering.then((stage) => layOut(stage.frame, boot.state.displayMode));

/** Fullscreen covers the page, as in every host; how large a host's page is, the viewport says. */
function layOut({ style }: HTMLIFrameElement, mode: DisplayMode | null): void {
  for (const [name, value] of [
    ["position", "fixed"],
    ["inset", "0"],
    ["min-width", "100vw"],
    ["min-height", "100vh"],
  ] as const) {
    if (mode === "fullscreen") style.setProperty(name, value);
    else style.removeProperty(name);
  }
}

function resize(frame: HTMLIFrameElement, { displayMode, width }: Partial<HostState>): void {
  if (displayMode !== undefined) layOut(frame, displayMode);
  if (width !== undefined) frame.style.width = `${width}px`;
}

scope.sandglassDrive = async (command) => {
  const stage = await rendering;
  if (command.type === "teardown") await stage.teardown();
  else if (command.type === "set-state") resize(stage.frame, stage.setState(command.state));
  else if (command.type === "release") stage.release();
  else if (command.type === "again") stage.giveAgain();
  else if (command.type === "give") stage.give(command.result);
  else if (command.type === "cancel") stage.cancel(command.reason);
  else await stage.flushReads();
};
