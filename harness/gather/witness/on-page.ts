/** Files audits, log entries, console calls, exceptions, frames and navigations. */
import type { Protocol } from "devtools-protocol";
import type { Handlers, RoleOf } from "./handlers.ts";
import { contextKey, scriptKey, type RunLog, type SeenMessage } from "./run-log.ts";
import { isOwnScript } from "./script-names.ts";
import type { Session } from "./session.ts";
import { isOfFramedPage, placeOf, placeOfStack, stamp } from "./session.ts";

/** Characters kept of one console message. */
const TEXT_LIMIT = 2000;
const UNPARSED_LIMIT = 1000;
/** Chromium names the call that wrote the script. */
const WRITER = /Failed to execute '\w{1,40}' on '\w{1,40}': /;
const FRAME_LIMIT = 10_000;
const REJECTION_LIMIT = 1000;
/** A widget's file has few inline scripts. */
const INLINE_LIMIT = 50;
/** Code made at run time, most of it workers. */
const BLOB_LIMIT = 30;
const SELF_NAMED_LIMIT = 2000;

export const pageHandlers: Handlers = {
  "Audits.issueAdded": onIssue,
  "Log.entryAdded": (session, { entry }, role) => {
    // Network errors are told better by the Network domain.
    if (entry.source === "network") return;
    stamp(session, entry.timestamp);
    addMessage(session.log, {
      channel: "log",
      level: entry.level,
      text: cut(entry.text),
      ...(entry.url && entry.lineNumber === undefined ? { about: entry.url } : {}),
      place: placeOfStack(session, entry.stackTrace) ?? placeOf(session, entry),
      role: role(),
      origin: "browser",
      count: 1,
    });
  },
  "Runtime.consoleAPICalled": (session, { type, args, stackTrace, timestamp }, role) => {
    if (session.isStage) return;
    stamp(session, timestamp);
    addMessage(session.log, {
      channel: "log",
      level: type,
      text: cut(args.map(textOf).join(" ")),
      place: placeOfStack(session, stackTrace),
      role: role(),
      origin: "console",
      count: 1,
    });
  },
  "Runtime.exceptionThrown": (session, { exceptionDetails: details, timestamp }, role) => {
    stamp(session, timestamp);
    const { text, exception, scriptId } = details;
    const said = headOf(exception?.description) ?? `${text}${exception ? ` ${textOf(exception)}` : ""}`;
    // Its stack is that of the code that wrote the element: of our own document, for the widget's.
    const isUnparsed = scriptId !== undefined && session.log.unparsed.has(scriptKey(session.id, scriptId));
    const own = placeOf(session, details);
    const seen = addMessage(session.log, {
      channel: "log",
      level: "error",
      text: cut(isUnparsed ? said.replace(WRITER, "") : said),
      place: (isUnparsed ? own : null) ?? placeOfStack(session, details.stackTrace) ?? own,
      role: role(),
      origin: "exception",
      count: 1,
    });
    const { rejections } = session.log;
    if (seen && rejections.size < REJECTION_LIMIT) rejections.set(`${session.id} ${details.exceptionId}`, seen);
  },
  // A handler was added to the promise after all: the code waited for it later than it failed.
  "Runtime.exceptionRevoked": (session, { exceptionId }) => {
    const { log, id } = session;
    const seen = log.rejections.get(`${id} ${exceptionId}`);
    if (!seen) return;
    log.rejections.delete(`${id} ${exceptionId}`);
    const gone = log.exceptions.subtract((one) => one === seen);
    if (gone) log.allMessages.splice(log.allMessages.indexOf(gone), 1);
    log.touch();
  },
  "Page.frameAttached": (session, { frameId, parentFrameId }) => {
    const { log } = session;
    // Our sandbox document attaches the widget's frame before anything else can.
    if (session.parent?.isStage && parentFrameId === session.targetId && !log.innerFrameId)
      [log.outerFrameId, log.innerFrameId] = [parentFrameId, frameId];
    // Of the frames without end that a widget may make, some are known.
    if (log.frameParents.size < FRAME_LIMIT) log.frameParents.set(frameId, parentFrameId);
    log.touch();
  },
  "Page.frameRequestedNavigation": ({ log }, { frameId, reason, url }, role) => {
    const mover = role(frameId);
    log.navigations.add(
      `${frameId} ${reason} ${url}`,
      () => ({ channel: "page-event", url, reason, role: mover, frameId, count: 1, ...log.lived }),
      `${mover} ${reason}`,
    );
    log.note(`navigation ${reason}`);
    log.touch();
  },
  "Page.documentOpened": ({ log }, { frame }) => {
    if (frame.id === log.innerFrameId) log.innerWritten = true;
  },
  "Page.frameNavigated": (session, { frame }) => {
    const { log } = session;
    if (frame.id === session.targetId) session.url = frame.url;
    if (frame.id === log.innerFrameId && log.innerWritten)
      log.departure ??= { url: frame.url, how: reasonOf(log, frame) ?? "history" };
    log.touch();
  },
  "Page.frameScheduledNavigation": ({ log }, { reason, frameId, url, delay }, role) => {
    if (reason === "metaTagRefresh" && role(frameId) === "inner") log.refresh ??= { url, seconds: delay };
    log.touch();
  },
  "Page.downloadWillBegin": ({ log }, { url }) =>
    log.downloads.add(url, () => ({ channel: "page-event", url, count: 1, ...log.lived })),
  "Runtime.executionContextCreated": ({ id, targetId, log }, { context }) => {
    const { isDefault, frameId } = (context.auxData ?? {}) as { isDefault?: boolean; frameId?: string };
    if (frameId !== undefined && (log.contextFrames.size < FRAME_LIMIT || frameId === targetId))
      log.contextFrames.set(contextKey(id, context.id), frameId);
    if (isDefault && frameId === log.innerFrameId) log.innerContextId = context.id;
  },
  "Debugger.scriptParsed": (session, { url, scriptId, hasSourceURL }) => {
    const { type, parent, id, log } = session;
    if (url.startsWith("blob:") && log.blobScripts.length < BLOB_LIMIT && !isOfFramedPage(session))
      log.blobScripts.push(scriptKey(id, scriptId));
    if (hasSourceURL && !isOwnScript(url) && log.selfNamed.size < SELF_NAMED_LIMIT)
      log.selfNamed.set(scriptKey(id, scriptId), url);
    const isOfSandbox = type === "iframe" && parent?.isStage;
    // Inline scripts carry the document's address.
    if (isOfSandbox && log.inlineScripts.length < INLINE_LIMIT && /^(https?:|about:|$)/.test(url))
      log.inlineScripts.push({ session: id, scriptId });
  },
  "Emulation.virtualTimeBudgetExpired": ({ log }) => log.onClock?.("expired"),
  "Debugger.scriptFailedToParse": ({ id, log }, { scriptId }) => {
    if (log.unparsed.size < UNPARSED_LIMIT) log.unparsed.add(scriptKey(id, scriptId));
  },
  "Inspector.targetCrashed": ({ log }) => {
    log.crashed = true;
    log.touch();
  },
};

/** Why the frame went to the address where it is. */
function reasonOf({ navigations }: RunLog, frame: Protocol.Page.Frame): string | undefined {
  return navigations.values.findLast(
    ({ frameId, url, reason }) => frameId === frame.id && url === frame.url && reason !== "initialFrameNavigation",
  )?.reason;
}

const CODES = { kInlineViolation: "inline", kEvalViolation: "eval", kWasmEvalViolation: "eval" } as const;

function onIssue(session: Session, { issue }: Protocol.Audits.IssueAddedEvent, role: RoleOf): void {
  const { log } = session;
  const csp = issue.details.contentSecurityPolicyIssueDetails;
  if (issue.code !== "ContentSecurityPolicyIssue" || !csp) return;
  const { violatedDirective, blockedURL = "", contentSecurityPolicyViolationType: type, sourceCodeLocation } = csp;
  const place = sourceCodeLocation ? placeOf(session, sourceCodeLocation) : null;
  log.note(`violation ${violatedDirective} ${blockedURL.split("?")[0] ?? ""}`);
  log.touch();
  log.issues.add(
    [violatedDirective, blockedURL, type, place?.url, place?.scriptId, place?.line, place?.column].join(" "),
    () => ({
      channel: "audits",
      directive: violatedDirective,
      blockedUrl: blockedURL,
      code: (CODES as Readonly<Partial<Record<string, "inline" | "eval">>>)[type] ?? null,
      place,
      role: role(),
      count: 1,
      atMs: log.atMs,
      ...log.lived,
    }),
    violatedDirective,
  );
}

/** @returns what is kept of it; undefined past the limits */
function addMessage(log: RunLog, message: SeenMessage): SeenMessage | undefined {
  const { origin, level, text, place } = message;
  // A line that only counts on says nothing new.
  log.note(`${origin} ${level} ${text.replace(/\d+/g, "0").slice(0, 200)}`);
  const tallies = { exception: log.exceptions, browser: log.browserMessages, console: log.messages };
  return tallies[origin].add([origin, level, text, place?.url, place?.scriptId, place?.line].join(" "), () => {
    const kept = { ...message, ...log.lived };
    log.allMessages.push(kept);
    return kept;
  });
}

function textOf(remote: Protocol.Runtime.RemoteObject): string {
  const { type, subtype, description, unserializableValue, preview } = remote;
  const value: unknown = remote.value;
  if (type === "string") return String(value);
  // The preview of an error cuts its message.
  if (subtype === "error" && description !== undefined) return headOf(description) ?? description;
  if ("value" in remote && type !== "object") return String(value);
  if (unserializableValue !== undefined) return unserializableValue;
  if (preview && !preview.overflow)
    return `{${preview.properties.map((property) => `${property.name}: ${property.value}`).join(", ")}}`;
  return description ?? type;
}

/** A description of an error without its stack. */
const headOf = (description: string | undefined): string | undefined => description?.split("\n    at ")[0];

const cut = (text: string): string => (text.length > TEXT_LIMIT ? `${text.slice(0, TEXT_LIMIT)}…` : text);
