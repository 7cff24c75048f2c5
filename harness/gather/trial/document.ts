/** What is on the screen, asked from an isolated world that the widget cannot reach. */
import type { DocumentProbe } from "../../model/raw-log.ts";
import type { Protocol } from "../browser/protocol.ts";

/** Answer of the probe below, and what it takes to go on from there. */
export interface DocumentLook {
  readonly probe: DocumentProbe;
  readonly readyState: string;
  /** The widget does something on its way out. */
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
  // Not behind a transparent ancestor, not cut off to nothing, not left of the page: text for screen readers alone is not seen.
  const shown = (element) => {
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
    const box = element.getBoundingClientRect();
    let left = Math.max(box.left, -scrollX), top = Math.max(box.top, -scrollY), right = box.right, bottom = box.bottom;
    let position = getComputedStyle(element).position;
    for (let holder = element; holder && position !== "fixed"; ) {
      holder = holder.assignedSlot ?? holder.parentElement ?? holder.getRootNode().host;
      if (!holder || holder === document.body || holder === document.documentElement) break;
      const style = getComputedStyle(holder);
      if (position === "absolute" && style.position === "static") continue;
      position = style.position;
      if (style.overflowX === "visible" && style.overflowY === "visible") continue;
      const edge = holder.getBoundingClientRect();
      if (edge.width < 2 || edge.height < 2) return false;
      // What is scrolled out of sight can be scrolled to.
      if (/hidden|clip/.test(style.overflowX)) left = Math.max(left, edge.left), right = Math.min(right, edge.right);
      if (/hidden|clip/.test(style.overflowY)) top = Math.max(top, edge.top), bottom = Math.min(bottom, edge.bottom);
    }
    return right - left >= 2 && bottom - top >= 2;
  };
  // Once so many are surely seen, the rest is only counted.
  const ENOUGH = 20;
  const PICTURES = new Set(["IMG", "SVG", "CANVAS", "VIDEO", "IFRAME", "OBJECT", "EMBED", "INPUT", "BUTTON", "SELECT", "TEXTAREA", "METER", "PROGRESS"]);
  let visibleElements = 0, textLength = 0, looked = 0;
  const walk = (root) => {
    for (const element of root.querySelectorAll("*")) {
      if (++looked > 20000) return;
      if (element.shadowRoot) walk(element.shadowRoot);
      if (!visible(element) || (visibleElements < ENOUGH && !shown(element))) continue;
      const name = element.tagName.toUpperCase();
      if (name === "SCRIPT" || name === "STYLE") continue;
      let own = 0;
      for (const node of element.childNodes) if (node.nodeType === 3) own += node.data.trim().length;
      const style = getComputedStyle(element);
      const painted = style.backgroundImage !== "none" || !/^(rgba\\(0, 0, 0, 0\\)|transparent)$/.test(style.backgroundColor) || parseFloat(style.borderTopWidth) > 0;
      if (own > 0 || PICTURES.has(name) || (painted && element !== document.body && element !== document.documentElement)) visibleElements++;
      textLength += own;
    }
  };
  walk(document);
  const hints = [...document.querySelectorAll("link[rel]")]
    .flatMap((link) => [...link.relList].filter((rel) => ["dns-prefetch", "preconnect", "prerender", "prefetch"].includes(rel)).map((rel) => ({ rel, url: link.href })))
    .concat([...document.querySelectorAll("script[type=speculationrules]")].map((script) => ({ rel: "speculationrules", url: script.textContent.slice(0, 500) })));
  const root = document.documentElement;
  return { readyState: document.readyState, probe: { visibleElements, textLength, width: innerWidth, height: root ? root.scrollHeight : 0, title: document.title, hints: hints.slice(0, 100) } };
})()`;

const LISTENERS = ["unload", "pagehide", "beforeunload", "visibilitychange"];

/** An isolated world in a frame; it survives whatever the page does to its own prototypes. */
export async function isolatedWorld(protocol: Protocol, session: string, frameId: string): Promise<number> {
  const { executionContextId } = await protocol.send(
    "Page.createIsolatedWorld",
    { frameId, worldName: "sandglass", grantUniveralAccess: false },
    session,
  );
  return executionContextId;
}

/** `listening` is the widget's own context: an isolated world sees only its own listeners. */
export async function probeDocument(
  protocol: Protocol,
  session: string,
  context: number,
  listening: number | null,
): Promise<DocumentLook> {
  const { result, exceptionDetails } = await protocol.send(
    "Runtime.evaluate",
    { expression: PROBE, contextId: context, returnByValue: true },
    session,
  );
  if (exceptionDetails) throw new Error(`the document could not be read: ${exceptionDetails.text}`);
  return {
    ...(result.value as Omit<DocumentLook, "unloadListeners">),
    unloadListeners: listening !== null && (await hasUnloadListeners(protocol, session, listening)),
  };
}

async function hasUnloadListeners(protocol: Protocol, session: string, context: number): Promise<boolean> {
  for (const expression of ["window", "document"]) {
    const { result } = await protocol.send(
      "Runtime.evaluate",
      { expression, contextId: context, objectGroup: "sandglass" },
      session,
    );
    if (!result.objectId) continue;
    const { listeners } = await protocol.send("DOMDebugger.getEventListeners", { objectId: result.objectId }, session);
    if (listeners.some(({ type }) => LISTENERS.includes(type))) return true;
  }
  return false;
}

/** Resolves when the document changes or an animation ends, or after `ms`. */
export async function nextChange(protocol: Protocol, session: string, context: number, ms: number): Promise<void> {
  const expression = `new Promise((done) => {
    const change = () => done(1);
    new MutationObserver(change).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    for (const animation of document.getAnimations()) animation.finished.then(change, change);
    setTimeout(change, ${ms});
  })`;
  await protocol.send(
    "Runtime.evaluate",
    { expression, contextId: context, awaitPromise: true, returnByValue: true },
    session,
  );
}

/** Resolves after two frames were drawn, so that what scripts did is on the screen. */
export async function nextPaint(protocol: Protocol, session: string, context: number): Promise<void> {
  await protocol.send(
    "Runtime.evaluate",
    {
      expression: "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(1))))",
      contextId: context,
      awaitPromise: true,
      returnByValue: true,
    },
    session,
  );
}
