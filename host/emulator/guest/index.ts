/** Runs first in the widget's document: gives it `window.openai`, and records what only the page can know. */
import { installOpenAi, type OpenAiGuest } from "./openai.ts";
import { noteEarlyReads } from "./early-reads.ts";
import { makeOpaque } from "./opaque.ts";
import type { GuestBoot, GuestToHost, HostToGuest, OpenAiGlobals } from "./protocol.ts";
import { ReadRecorder } from "./reads.ts";
import { recordMessages } from "./record-messages.ts";
import { installRecorder, type Tell } from "./record.ts";

const KEY = "sandglass:guest";

function start(boot: GuestBoot): void {
  const { port } = boot;
  // Kept before the widget can replace it.
  const post = port.postMessage.bind(port) as (message: GuestToHost) => void;
  const reads = new ReadRecorder();
  const present = <K extends keyof OpenAiGlobals>(name: K, value: OpenAiGlobals[K]): OpenAiGlobals[K] =>
    name === "toolOutput" && boot.record.reads ? reads.watch(value) : value;
  const openai: OpenAiGuest | null = boot.globals
    ? installOpenAi({ ...boot, globals: boot.globals }, post, present)
    : null;
  if (boot.record.early) noteEarlyReads((stack) => post({ type: "early-read", stack }));
  port.onmessage = ({ data }: MessageEvent<HostToGuest>) => {
    if (data.type === "flush-reads") post({ type: "reads", reads: reads.report() });
    else openai?.receive(data);
  };
  if (boot.record.apis) {
    const tell: Tell = (record) => post({ type: "api-use", record });
    installRecorder(tell);
    recordMessages(tell);
  }
  if (boot.opaque) makeOpaque(window);
}

const boot = Reflect.get(window, KEY) as GuestBoot | undefined;
Reflect.deleteProperty(window, KEY);
document.currentScript?.remove();
if (boot) start(boot);
