/** What is on the screen, asked from an isolated world that the widget cannot reach. */
import type { DocumentMeasure } from "../../../host/emulator/guest/measure.ts";
import { browserScript } from "../../lib/browser-scripts.ts";
import type { DocumentProbe } from "../../model/raw-log.ts";
import type { Protocol } from "../browser/protocol.ts";

/** The measure of `dist/browser/measure.js`, and what it takes to go on from there. */
export interface DocumentLook {
  readonly probe: DocumentProbe;
  readonly readyState: string;
  /** Some of the text is surely seen, whatever a picture shows. */
  readonly legible: boolean;
  /** The widget does something on its way out. */
  readonly unloadListeners: boolean;
}

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
    { expression: `${browserScript("measure")};sandglassMeasure`, contextId: context, returnByValue: true },
    session,
  );
  if (exceptionDetails) throw new Error(`the document could not be read: ${exceptionDetails.text}`);
  const { readyState, legible, ...probe } = result.value as DocumentMeasure;
  return {
    readyState,
    legible,
    probe,
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

/**
 * Resolves after two frames were drawn, so that what scripts did is on the
 * screen; true when the widget asks for frames too. Their handles are counted
 * for a document, so that one between two of ours was not ours.
 */
export async function nextPaint(protocol: Protocol, session: string, context: number): Promise<boolean> {
  const { result } = await protocol.send(
    "Runtime.evaluate",
    {
      expression: `new Promise((done) => {
        const first = requestAnimationFrame(() => {
          const second = requestAnimationFrame(() => done(second - first > 1 || document.getAnimations().length > 0));
        });
      })`,
      contextId: context,
      awaitPromise: true,
      returnByValue: true,
    },
    session,
  );
  return result.value === true;
}
