/** What opens something, or asks a person: tried when a button is pressed, and at no other time. */
import type { Bridge } from "./bridge.ts";
import { isRecord } from "./bridge.ts";

export interface Press {
  readonly name: string;
  readonly label: string;
  readonly run: (bridge: Bridge) => Promise<Readonly<Record<string, string>>>;
}

/** A dialog that is not shown returns at once; one that is waits at least for the browser, ms. */
const UNSEEN_MS = 3;
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

function dialog(open: () => unknown): string {
  const from = performance.now();
  open();
  return performance.now() - from < UNSEEN_MS ? "ignored" : "shown";
}

/** One token lets both through: where the second is not shown, the first only took its time. */
function dialogs(): Readonly<Record<string, string>> {
  const first = dialog(() => alert("Sandglass"));
  const second = dialog(() => confirm("Sandglass?"));
  return { alert: second === "ignored" ? second : first, confirm: second };
}

function popup(): string {
  const opened = window.open("about:blank");
  opened?.close();
  return opened ? "allowed" : "refused";
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
  { name: "popup", label: "Popup", run: () => Promise.resolve({ popup: popup() }) },
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
