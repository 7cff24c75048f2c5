/** What opens something, or asks a person: tried when a button is pressed, and at no other time. */
import type { Bridge } from "./bridge.ts";
import { isRecord } from "./bridge.ts";

export interface Press {
  readonly name: string;
  readonly label: string;
  readonly run: (bridge: Bridge) => Promise<Readonly<Record<string, string>>>;
}

/** A dialog that is ignored returns at once: within the first, ms. One that is shown waits for the browser: longer than the second. */
const UNSEEN_MS = 1;
const SEEN_MS = 3;
/** A person who answers takes longer, ms. */
const PERSON_MS = 250;
/** On a busy machine what is ignored takes its time, too: dialogs that are tried, at most. */
const MOST_DIALOGS = 8;
/** How long a host, or a person, may take to answer, ms. */
const ANSWER_MS = 8000;

const nameOf = (error: unknown): string =>
  error instanceof Error || error instanceof DOMException ? error.name : "refused";

/** `allowed`, or the error's name. */
async function outcome(work: () => Promise<unknown>): Promise<string> {
  try {
    await Promise.race([
      work(),
      new Promise((_resolve, reject) => setTimeout(() => reject(new DOMException("", "TimeoutError")), ANSWER_MS)),
    ]);
    return "allowed";
  } catch (error) {
    return nameOf(error);
  }
}

/** One token lets both through. Browsers ignore the dialogs of a page that nobody sees: that says nothing of the host. */
function dialogs(): Readonly<Record<string, string>> {
  const said = document.visibilityState === "hidden" ? null : whatBecameOfDialogs();
  return said === null ? {} : { alert: said, confirm: said };
}

/** @returns null where the time that they took does not tell */
function whatBecameOfDialogs(): "shown" | "ignored" | null {
  const alerted = timed(() => alert("Sandglass")).ms;
  let shortest = Infinity;
  for (let left = MOST_DIALOGS; left > 0; left--) {
    const { ms, value } = timed(() => confirm("Sandglass?"));
    if (value || Math.min(alerted, ms) >= PERSON_MS) return "shown";
    if (ms < UNSEEN_MS) return "ignored";
    shortest = Math.min(shortest, ms);
  }
  return shortest > SEEN_MS ? "shown" : null;
}

function timed<T>(work: () => T): { readonly ms: number; readonly value: T } {
  const from = performance.now();
  const value = work();
  return { value, ms: performance.now() - from };
}

/** Whether a press is behind what is done now; undefined where the browser does not say. */
export const isPressed = (): boolean | undefined =>
  (navigator as { readonly userActivation?: UserActivation }).userActivation?.isActive;

/** Without a press browsers refuse a window by themselves. One that opens takes the press with it, also where a page's opener policy keeps its handle. */
function popup(): Readonly<Record<string, string>> {
  const before = isPressed();
  const opened = window.open("about:blank");
  opened?.close();
  if (opened) return { popup: "allowed" };
  if (before === false) return {};
  return { popup: before && !isPressed() ? "allowed, without a handle" : "refused" };
}

async function fullscreen(): Promise<void> {
  await document.documentElement.requestFullscreen();
  await document.exitFullscreen();
}

/** `PERMISSION_DENIED` of a position that is refused. */
const DENIED = 1;

const DEVICES: Readonly<Record<string, () => Promise<unknown>>> = {
  microphone: () => navigator.mediaDevices.getUserMedia({ audio: true }).then(stop),
  camera: () => navigator.mediaDevices.getUserMedia({ video: true }).then(stop),
  geolocation: () =>
    new Promise((resolve, reject) =>
      navigator.geolocation.getCurrentPosition(resolve, ({ code }) =>
        reject(new DOMException("", code === DENIED ? "NotAllowedError" : "NotFoundError")),
      ),
    ),
  midi: () => navigator.requestMIDIAccess(),
};

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

async function devices(): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const [name, ask] of Object.entries(DEVICES)) found[name] = await outcome(ask);
  return found;
}

function download(): string {
  const link = Object.assign(document.createElement("a"), {
    href: URL.createObjectURL(new Blob(["sandglass"])),
    download: "sandglass-probe.txt",
  });
  link.click();
  return "asked for: look whether sandglass-probe.txt came";
}

const MODES = ["fullscreen", "pip", "inline"];

async function displayModes(bridge: Bridge): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const mode of MODES) {
    found[`display-mode ${mode}`] = await bridge.request("ui/request-display-mode", { mode }, ANSWER_MS).then(
      (answer) => String(isRecord(answer) ? answer.mode : answer),
      (error: unknown) => `refused: ${(error as Error).message.slice(0, 80)}`,
    );
  }
  return found;
}

export const presses: readonly Press[] = [
  { name: "popup", label: "Popup", run: () => Promise.resolve(popup()) },
  {
    name: "dialogs",
    label: "Dialogs",
    run: () => Promise.resolve(dialogs()),
  },
  {
    name: "clipboard",
    label: "Clipboard",
    run: async () => ({ "clipboard-write": await outcome(() => navigator.clipboard.writeText("sandglass")) }),
  },
  { name: "fullscreen", label: "Fullscreen", run: async () => ({ fullscreen: await outcome(fullscreen) }) },
  { name: "download", label: "Download", run: () => Promise.resolve({ download: download() }) },
  { name: "devices", label: "Devices", run: devices },
  { name: "modes", label: "Display modes", run: displayModes },
  {
    name: "link",
    label: "Link",
    run: async (bridge) => ({
      link: await bridge
        .request("ui/open-link", { url: "https://example.com/" }, ANSWER_MS)
        .then((answer) => (isRecord(answer) && answer.isError ? "error" : "accepted"))
        .catch((error: unknown) => `refused: ${(error as Error).message.slice(0, 80)}`),
    }),
  },
];
