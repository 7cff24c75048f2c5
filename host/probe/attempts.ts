/** Asks for what the policies may refuse, in every way there is, and hears which of it they did. */
import type { CellOutcome, SeenPolicy } from "../../harness/model/measurement.ts";
import { ADDRESS_DIRECTIVES, FOREIGN_FRAME, SOCKET_TARGETS, targetsOf, type AddressDirective } from "./plan.ts";

/** How long one attempt may stay without an answer, ms. */
const PATIENCE_MS = 2500;
/** Violations are reported in turns of their own, after what they refused has failed, ms. */
const REPORT_MS = 300;

/** `event name` of what ends an attempt. */
const ends = (target: EventTarget, names: readonly string[]): Promise<void> =>
  new Promise((resolve) => {
    for (const name of names) target.addEventListener(name, () => resolve(), { once: true });
  });

const limited = (attempt: Promise<unknown>): Promise<unknown> =>
  Promise.race([attempt.catch(() => undefined), new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);

/** Puts an element where it loads, and takes it away when that ended. */
async function load(element: HTMLElement, done: readonly string[] = ["load", "error"]): Promise<void> {
  const ended = ends(element, done);
  // Seen by nobody, and loaded all the same: what is hidden may not be.
  element.style.cssText = "position:fixed;width:1px;height:1px;opacity:0;pointer-events:none";
  document.body.append(element);
  await limited(ended);
  element.remove();
}

const make = <K extends keyof HTMLElementTagNameMap>(
  name: K,
  more: Partial<HTMLElementTagNameMap[K]>,
): HTMLElementTagNameMap[K] => Object.assign(document.createElement(name), more);

const ASK: Readonly<Record<AddressDirective, (url: string) => Promise<unknown>>> = {
  "connect-src": (url) => fetch(url, { mode: "no-cors" }),
  "img-src": (src) => {
    const image = new Image();
    const ended = ends(image, ["load", "error"]);
    image.src = src;
    return ended;
  },
  "script-src-elem": (src) => load(make("script", { src })),
  "style-src-elem": (href) => load(make("link", { rel: "stylesheet", href })),
  "font-src": (url) => new FontFace("probe", `url("${url}")`).load(),
  "media-src": (src) => {
    const audio = new Audio();
    const ended = ends(audio, ["loadeddata", "error"]);
    audio.src = src;
    return ended;
  },
  "frame-src": (src) => load(make("iframe", { src })),
  "object-src": (data) => load(make("object", { data })),
};

const BLOB_TYPES: Readonly<Partial<Record<AddressDirective, string>>> = {
  "script-src-elem": "text/javascript",
  "style-src-elem": "text/css",
};

/** Runs that need no address, by the directive under which they are refused. */
const KEYWORDS: Readonly<Record<string, (note: () => unknown) => unknown>> = {
  "inline-script": (note) => runInline(note),
  "inline-handler": (note) => {
    const element = document.createElement("i");
    const heard = expose(note);
    element.setAttribute("onclick", `${heard}()`);
    element.click();
  },
  "inline-style": (note) => {
    const style = make("style", { textContent: "#probe-inline{min-width:3px}" });
    noteStyle(style, note);
  },
  "style-attribute": (note) => {
    const element = document.createElement("i");
    element.setAttribute("style", "min-width:3px");
    if (element.style.minWidth === "3px") note();
  },
  eval: (note) => (0, eval)("1") === 1 && note(),
  wasm: async (note) => {
    await WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]));
    note();
  },
  "own-worker": () => new Worker("/sandglass-probe.js"),
  "data-worker": () => new Worker("data:text/javascript,close()"),
  "blob-worker": () => new Worker(blobUrl("close()", "text/javascript")),
  base: (note) => {
    const before = document.baseURI;
    const base = make("base", { href: "https://exact.base.probe.example/" });
    document.head.append(base);
    if (document.baseURI !== before) note();
    base.remove();
  },
  "foreign-base": (note) => {
    const before = document.baseURI;
    const base = make("base", { href: "https://undeclared.example/" });
    document.head.append(base);
    if (document.baseURI !== before) note();
    base.remove();
  },
};

let exposed = 0;
/** A global function for code that is made of text. */
function expose(work: () => unknown): string {
  const name = `probe${exposed++}`;
  Object.assign(window, { [name]: work });
  return name;
}

function runInline(note: () => unknown): void {
  const script = make("script", { textContent: `${expose(note)}()` });
  document.body.append(script);
  script.remove();
}

function noteStyle(style: HTMLStyleElement, note: () => unknown): void {
  const element = make("i", { id: "probe-inline" });
  document.body.append(style, element);
  if (getComputedStyle(element).minWidth === "3px") note();
  style.remove();
  element.remove();
}

const blobUrl = (text: string, type = "text/plain"): string => URL.createObjectURL(new Blob([text], { type }));

/** Which workers were refused, the violation alone tells. */
const BY_VIOLATION: Readonly<Record<string, string>> = {
  "own-worker": "",
  "data-worker": "data",
  "blob-worker": "blob",
};

interface Refused {
  readonly directive: string;
  readonly uri: string;
}

export interface PolicyFacts {
  readonly policies: readonly SeenPolicy[];
  readonly cells: Readonly<Record<string, CellOutcome>>;
}

export async function tryPolicies(): Promise<PolicyFacts> {
  const refused: Refused[] = [];
  const policies = new Map<string, SeenPolicy>();
  const metas = metaPolicies();
  const hear = (event: SecurityPolicyViolationEvent): void => {
    const { originalPolicy: text, disposition, effectiveDirective: directive, blockedURI: uri } = event;
    policies.set(text, { text, disposition, delivery: metas.has(text) ? "meta" : "header" });
    if (disposition === "enforce") refused.push({ directive, uri });
  };
  document.addEventListener("securitypolicyviolation", hear);
  const cells: Record<string, CellOutcome> = {};
  const later: (() => void)[] = [];
  const keywords = tryKeywords(cells);
  const sockets = SOCKET_TARGETS.map(({ name, url }) => {
    later.push(() => (cells[`connect-src ${name}`] = outcomeOf(refused, "connect-src", url)));
    return limited(trySocket(url));
  });
  const addresses = ADDRESS_DIRECTIVES.flatMap((directive) =>
    targetsOf(directive, origin)
      .filter(({ name }) => name !== "own" || origin !== "null")
      .map(({ name, url }) => {
        later.push(() => (cells[`${directive} ${name}`] = outcomeOf(refused, directive, url)));
        return limited(ASK[directive](url === "blob:" ? blobUrl("", BLOB_TYPES[directive]) : url));
      }),
  );
  const foreign = limited(load(make("iframe", { src: FOREIGN_FRAME })));
  await Promise.all([keywords, foreign, ...sockets, ...addresses]);
  await new Promise((resolve) => setTimeout(resolve, REPORT_MS));
  document.removeEventListener("securitypolicyviolation", hear);
  for (const settle of later) settle();
  for (const [name, uri] of Object.entries(BY_VIOLATION)) cells[`worker-src ${name}`] = workerOutcome(refused, uri);
  return { policies: [...policies.values()], cells };
}

async function tryKeywords(cells: Record<string, CellOutcome>): Promise<void> {
  for (const [name, run] of Object.entries(KEYWORDS)) {
    const runs: string[] = [];
    try {
      await run(() => runs.push(name));
    } catch {
      // Refused: that is the answer.
    }
    if (!(name in BY_VIOLATION)) cells[`keyword ${name}`] = runs.length > 0 ? "passed" : "blocked";
  }
}

function workerOutcome(refused: readonly Refused[], scheme: string): CellOutcome {
  const isOne = ({ directive, uri }: Refused): boolean =>
    directive === "worker-src" && (scheme === "" ? /^https?:/.test(uri) : uri.startsWith(scheme));
  return refused.some(isOne) ? "blocked" : "passed";
}

async function trySocket(url: string): Promise<void> {
  const socket = new WebSocket(url);
  await ends(socket, ["open", "error", "close"]);
  socket.close();
}

function outcomeOf(refused: readonly Refused[], directive: string, url: string): CellOutcome {
  const wanted = keysOf(url);
  return refused.some((one) => one.directive === directive && keysOf(one.uri).some((key) => wanted.includes(key)))
    ? "blocked"
    : "passed";
}

/** What names an address in a report: its scheme where it has no host, else its origin, upgraded or not. */
function keysOf(url: string): readonly string[] {
  // Chromium names no address for a frame of data.
  if (url === "") return ["data"];
  const scheme = /^(data|blob)\b/.exec(url)?.[1];
  if (scheme) return [scheme];
  if (!URL.canParse(url)) return [url];
  const { protocol, host } = new URL(url);
  const secure = protocol.replace(/^(http|ws):$/, "$1s:");
  return [`${protocol}//${host}`, `${secure}//${host}`];
}

function metaPolicies(): ReadonlySet<string> {
  const metas = document.querySelectorAll<HTMLMetaElement>('meta[http-equiv="content-security-policy" i]');
  return new Set([...metas].map(({ content }) => content));
}
