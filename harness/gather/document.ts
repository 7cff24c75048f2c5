/** What is on the screen, asked from an isolated world that the widget cannot reach. */
import type { Protocol } from "./cdp.ts";

/** Answer of the probe below. */
export interface DocumentProbe {
  readonly readyState: string;
  readonly visibleElements: number;
  readonly textLength: number;
  readonly pictures: number;
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly hints: readonly { readonly rel: string; readonly url: string }[];
  readonly unloadListeners: boolean;
}

/** Runs in the isolated world, in the browser: DOM only, no page objects. */
const PROBE = `(() => {
  const visible = (element) => {
    const box = element.getBoundingClientRect();
    if (box.width < 1 || box.height < 1) return false;
    const style = getComputedStyle(element);
    return style.visibility !== "hidden" && style.display !== "none" && Number(style.opacity) > 0.01;
  };
  const PICTURES = new Set(["IMG", "SVG", "CANVAS", "VIDEO", "IFRAME", "OBJECT", "EMBED", "INPUT", "BUTTON", "SELECT", "TEXTAREA", "METER", "PROGRESS"]);
  let visibleElements = 0, textLength = 0, pictures = 0, looked = 0;
  const walk = (root) => {
    for (const element of root.querySelectorAll("*")) {
      if (++looked > 20000) return;
      if (element.shadowRoot) walk(element.shadowRoot);
      if (!visible(element)) continue;
      const name = element.tagName.toUpperCase();
      if (name === "SCRIPT" || name === "STYLE") continue;
      let own = 0;
      for (const node of element.childNodes) if (node.nodeType === 3) own += node.data.trim().length;
      const style = getComputedStyle(element);
      const painted = style.backgroundImage !== "none" || !/^(rgba\\(0, 0, 0, 0\\)|transparent)$/.test(style.backgroundColor) || parseFloat(style.borderTopWidth) > 0;
      if (PICTURES.has(name)) pictures++;
      if (own > 0 || PICTURES.has(name) || (painted && element !== document.body && element !== document.documentElement)) visibleElements++;
      textLength += own;
    }
  };
  walk(document);
  const hints = [...document.querySelectorAll("link[rel]")]
    .flatMap((link) => [...link.relList].filter((rel) => ["dns-prefetch", "preconnect", "prerender", "prefetch"].includes(rel)).map((rel) => ({ rel, url: link.href })))
    .concat([...document.querySelectorAll("script[type=speculationrules]")].map((script) => ({ rel: "speculationrules", url: script.textContent.slice(0, 500) })));
  const root = document.documentElement;
  return { readyState: document.readyState, visibleElements, textLength, pictures, width: innerWidth, height: root ? root.scrollHeight : 0, title: document.title, hints: hints.slice(0, 100), unloadListeners: false };
})()`;

const LISTENERS = ["unload", "pagehide", "beforeunload", "visibilitychange"];

/** An isolated world in a frame; it survives whatever the page does to its own prototypes. */
export async function isolatedWorld(protocol: Protocol, session: string, frameId: string): Promise<number> {
  const { executionContextId } = await protocol.send("Page.createIsolatedWorld", { frameId, worldName: "sandglass", grantUniveralAccess: false }, session);
  return executionContextId;
}

/** `listening` is the widget's own context: an isolated world sees only its own listeners. */
export async function probeDocument(protocol: Protocol, session: string, context: number, listening: number | null): Promise<DocumentProbe> {
  const { result, exceptionDetails } = await protocol.send("Runtime.evaluate", { expression: PROBE, contextId: context, returnByValue: true }, session);
  if (exceptionDetails) throw new Error(`the document could not be read: ${exceptionDetails.text}`);
  return { ...result.value, unloadListeners: listening !== null && (await hasUnloadListeners(protocol, session, listening)) };
}

async function hasUnloadListeners(protocol: Protocol, session: string, context: number): Promise<boolean> {
  for (const expression of ["window", "document"]) {
    const { result } = await protocol.send("Runtime.evaluate", { expression, contextId: context, objectGroup: "sandglass" }, session);
    if (!result.objectId) continue;
    const { listeners } = await protocol.send("DOMDebugger.getEventListeners", { objectId: result.objectId }, session);
    if (listeners.some((listener: { type: string }) => LISTENERS.includes(listener.type))) return true;
  }
  return false;
}

/** Resolves after two frames were drawn, so that what scripts did is on the screen. */
export async function nextPaint(protocol: Protocol, session: string, context: number): Promise<void> {
  await protocol.send("Runtime.evaluate", { expression: "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(1))))", contextId: context, awaitPromise: true, returnByValue: true }, session);
}
