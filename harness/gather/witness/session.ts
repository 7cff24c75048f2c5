/** One attached target, which part of the picture it is, and where in it something happened. */
import type { Protocol } from "devtools-protocol";
import type { FrameRole } from "../../model/raw-log.ts";
import type { RunLog, SeenCall, SeenPlace } from "./run-log.ts";
import { isOwnScript } from "./script-names.ts";

export interface Session {
  readonly id: string;
  readonly targetId: string;
  readonly type: string;
  readonly contextId: string;
  readonly parent: Session | null;
  readonly log: RunLog;
  /** Address of its document, as far as it is known. */
  url: string;
  /** True for the page that the run opened itself. */
  isStage: boolean;
}

export const isWorker = ({ type }: Session): boolean => /worker/.test(type);

/** Only the widget's own process keeps its clock. */
export function stamp(session: Session, epochMs: number): void {
  if (session.type === "iframe" && session.parent?.isStage) session.log.stamp(epochMs);
}

/**
 * Which part of the picture a frame is. The first child of the sandbox document
 * is the widget's own; what stands in no chain of parents through it is the
 * sandbox document's, as deep as it may be.
 */
export function roleOf(session: Session, frameId: string | undefined): FrameRole {
  if (session.isStage) return "top";
  if (isBeside(session.log, frameId ?? session.targetId)) return "outer";
  if (isOfFramedPage(session)) return "framed";
  if (/worker|worklet/.test(session.type)) return "worker";
  if (session.type === "page") return "popup";
  const belongsToStage = session.parent?.isStage ?? false;
  if (!belongsToStage) return "child";
  if (!frameId || frameId === session.log.innerFrameId) return "inner";
  return frameId === session.targetId ? "outer" : "child";
}

/** A frame in a process of its own that holds a page of the web, and what that page starts. */
export function isOfFramedPage(session: Session): boolean {
  if (session.type === "iframe" && session.parent?.isStage === false && /^https?:/.test(session.url)) return true;
  return session.parent !== null && isOfFramedPage(session.parent);
}

/** Role of the frame around a frame; nothing for the widget's own frame and what is around it. */
export function embedderOf(session: Session, frameId: string): { embedder?: FrameRole } {
  const { log } = session;
  const parentId = log.frameParents.get(frameId);
  if (!parentId || !log.innerFrameId || frameId === log.innerFrameId || session.isStage) return {};
  if (parentId === log.innerFrameId) return { embedder: "inner" };
  return { embedder: parentId === log.outerFrameId || isBeside(log, parentId) ? "outer" : "child" };
}

/** A frame that was put into the sandbox document beside the widget's own, or into such a one. */
function isBeside({ frameParents, innerFrameId, outerFrameId }: RunLog, frameId: string): boolean {
  const seen = new Set<string>();
  let one: string | null | undefined = frameParents.get(frameId) ? frameId : null;
  while (one && one !== innerFrameId && !seen.has(one)) {
    seen.add(one);
    one = frameParents.get(one);
    if (one === outerFrameId && innerFrameId !== null) return true;
  }
  return false;
}

/** Chromium's call frames and locations name a script by its own id, or not at all. */
interface Location {
  readonly url?: string | undefined;
  readonly lineNumber?: number | undefined;
  readonly columnNumber?: number | undefined;
  readonly scriptId?: string | undefined;
}

/** A location as a place; null when it has none. */
export function placeOf(
  session: Session,
  { url = "", lineNumber, columnNumber = 0, scriptId }: Location,
): SeenPlace | null {
  if (lineNumber === undefined || lineNumber < 0) return null;
  return {
    url,
    line: lineNumber,
    column: Math.max(0, columnNumber),
    ...(scriptId ? { scriptId, session: session.id } : {}),
  };
}

/** First call frame of a stack that belongs to the widget and not to an injected script. */
export function placeOfStack(session: Session, stack: Protocol.Runtime.StackTrace | undefined): SeenPlace | null {
  for (let part = stack; part; part = part.parent) {
    const frame = part.callFrames.find(({ url }) => !isOwnScript(url));
    if (frame) return placeOf(session, frame);
  }
  return null;
}

/** Calls kept of one stack, the outermost. */
const CALL_LIMIT = 500;

/** As the debugger tells it; of scripts without an address, too. */
interface StoppedFrame {
  readonly functionName: string;
  readonly location: Location;
  readonly url: string;
}

/** The calls under way where a thread stopped, innermost first. */
export function callsOf(session: Session, frames: readonly StoppedFrame[]): SeenCall[] {
  return frames.slice(-CALL_LIMIT).map(({ functionName, location, url }) => ({
    name: functionName,
    place: isOwnScript(url) ? null : placeOf(session, { url, ...location }),
  }));
}
