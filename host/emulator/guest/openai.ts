/** `window.openai` as ChatGPT gives it: data, methods, and `openai:set_globals`. */
import type { GuestBoot, HostToGuest, OpenAiGlobals } from "./protocol.ts";

type Send = (
  message:
    | { type: "call"; id: number; method: string; args: readonly unknown[] }
    | { type: "tell"; method: string; args: readonly unknown[] },
) => void;

/** Methods that answer with a promise. */
const CALLS = [
  "callTool",
  "sendFollowUpMessage",
  "openExternal",
  "requestModal",
  "uploadFile",
  "selectFiles",
  "getFileDownloadUrl",
  "requestCheckout",
] as const;
/** Methods that return at once and say nothing. */
const TELLS = ["requestClose", "notifyIntrinsicHeight", "setOpenInAppUrl"] as const;

export interface OpenAiGuest {
  receive(message: HostToGuest): void;
}

/**
 * @param present how a global is shown to the widget; the reads recorder replaces `toolOutput` here
 */
export function installOpenAi(
  boot: GuestBoot & { readonly globals: OpenAiGlobals },
  send: Send,
  present: <K extends keyof OpenAiGlobals>(name: K, value: OpenAiGlobals[K]) => OpenAiGlobals[K],
): OpenAiGuest {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let next = 1;
  const call = (method: string, args: readonly unknown[]): Promise<unknown> =>
    // What cannot be sent rejects the promise.
    new Promise((resolve, reject) => {
      const id = next++;
      waiting.set(id, { resolve, reject });
      try {
        send({ type: "call", id, method, args });
      } catch (error) {
        waiting.delete(id);
        throw error;
      }
    });

  const openai: Record<string, unknown> = {};
  const assign = (globals: Partial<OpenAiGlobals>): Partial<OpenAiGlobals> => {
    const shown: Record<string, unknown> = {};
    for (const name of Object.keys(globals) as (keyof OpenAiGlobals)[])
      shown[name] = openai[name] = present(name, globals[name] as never);
    return shown;
  };
  const announce = (globals: Partial<OpenAiGlobals>) =>
    dispatchEvent(new CustomEvent("openai:set_globals", { detail: { globals } }));

  assign(boot.globals);
  for (const method of CALLS) openai[method] = (...args: unknown[]) => call(method, args);
  for (const method of TELLS) openai[method] = (...args: unknown[]) => send({ type: "tell", method, args });
  // Synchronous, as observed: the new state is there when the call returns.
  openai.setWidgetState = (state: unknown) => {
    send({ type: "tell", method: "setWidgetState", args: [state] });
    announce(assign({ widgetState: state }));
  };
  openai.requestDisplayMode = (...args: unknown[]) => {
    const { userActivation } = navigator as Partial<Navigator>;
    const outside = userActivation?.isActive === false;
    if (!outside || boot.displayModeOutsideGesture === "granted") return call("requestDisplayMode", args);
    send({ type: "tell", method: "requestDisplayMode", args });
    return undefined;
  };
  for (const method of boot.missing) Reflect.deleteProperty(openai, method);
  Object.defineProperty(window, "openai", { value: openai, configurable: true, enumerable: true, writable: true });

  return {
    receive(message) {
      if (message.type === "globals") return void announce(assign(message.globals));
      if (message.type !== "answer") return;
      const waiter = waiting.get(message.id);
      waiting.delete(message.id);
      if (message.ok) waiter?.resolve(message.value);
      else waiter?.reject(new Error(String(message.value)));
    },
  };
}
