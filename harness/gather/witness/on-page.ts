/** Files audits, log entries, console calls, exceptions, frames and navigations. */
import type { Session } from "./session.ts";
import { placeOf, placeOfStack } from "./session.ts";
import type { FrameRole, RawMessage, RunLog } from "./run-log.ts";

/** Characters kept of one console message. */
const TEXT_LIMIT = 2000;

export function onPageEvent(
  session: Session,
  method: string,
  params: any,
  role: (frameId?: string) => FrameRole,
): void {
  const { log } = session;
  switch (method) {
    case "Audits.issueAdded":
      return onIssue(session, params.issue, role(undefined));
    case "Log.entryAdded": {
      const { entry } = params;
      // Network errors are told better by the Network domain.
      if (entry.source === "network") return;
      return addMessage(log, {
        level: entry.level,
        source: entry.source,
        text: cut(entry.text),
        place:
          placeOfStack(session, entry.stackTrace) ?? placeOf(session, { url: entry.url, lineNumber: entry.lineNumber }),
        role: role(undefined),
        origin: "browser",
        count: 1,
      });
    }
    case "Runtime.consoleAPICalled": {
      if (session.isStage) return;
      const text = cut(params.args.map(textOf).join(" "));
      return addMessage(log, {
        level: params.type,
        source: "console",
        text,
        place: placeOfStack(session, params.stackTrace),
        role: role(undefined),
        origin: "console",
        count: 1,
      });
    }
    case "Runtime.exceptionThrown": {
      const { exceptionDetails: details } = params;
      const text = cut(
        details.exception?.description?.split("\n    at ")[0] ??
          `${details.text}${details.exception ? ` ${textOf(details.exception)}` : ""}`,
      );
      const place = placeOfStack(session, details.stackTrace) ?? placeOf(session, details);
      return addMessage(log, {
        level: "error",
        source: "exception",
        text,
        place,
        role: role(undefined),
        origin: "exception",
        count: 1,
      });
    }
    case "Page.frameAttached":
      session.frames.set(params.frameId, params.parentFrameId);
      // Our sandbox document attaches the widget's frame before anything else can.
      if (session.parent?.isStage && params.parentFrameId === session.targetId && !log.innerFrameId)
        [log.outerFrameId, log.innerFrameId] = [params.parentFrameId, params.frameId];
      return log.touch();
    case "Page.frameRequestedNavigation":
      log.navigations.add(`${params.frameId} ${params.reason} ${params.url}`, () => ({
        url: params.url,
        reason: params.reason,
        role: role(params.frameId),
        frameId: params.frameId,
        count: 1,
      }));
      return log.touch();
    case "Page.documentOpened":
      if (params.frame.id === log.innerFrameId) log.innerWritten = true;
      return;
    case "Page.frameNavigated":
      if (params.frame.id === session.targetId) session.url = params.frame.url;
      if (params.frame.id === log.innerFrameId && log.innerWritten)
        log.departure ??= {
          url: params.frame.url,
          how:
            log.navigations.values.findLast(
              ({ frameId, url, reason }) =>
                frameId === params.frame.id && url === params.frame.url && reason !== "initialFrameNavigation",
            )?.reason ?? "history",
        };
      return log.touch();
    case "Page.frameScheduledNavigation":
      if (params.reason === "metaTagRefresh" && role(params.frameId) === "inner")
        log.refresh ??= { url: params.url, seconds: params.delay };
      return log.touch();
    case "Page.windowOpen":
      return log.popups.add(params.url, () => ({ url: params.url, place: null, count: 1 }));
    case "Page.downloadWillBegin":
      return log.downloads.add(params.url, () => ({ url: params.url, count: 1 }));
    case "Page.lifecycleEvent":
      return;
    case "Runtime.executionContextCreated":
      if (params.context.auxData?.isDefault && params.context.auxData.frameId === log.innerFrameId)
        log.innerContextId = params.context.id;
      return;
    case "Debugger.scriptParsed":
      // Inline scripts carry the document's address; a widget's file has few of them.
      if (
        session.type === "iframe" &&
        session.parent?.isStage &&
        log.inlineScripts.length < 50 &&
        /^(https?:|about:|$)/.test(params.url) &&
        !params.url.startsWith("sandglass:")
      )
        log.inlineScripts.push({ session: session.id, scriptId: params.scriptId });
      return;
    case "Inspector.targetCrashed":
      log.crashed = true;
      return log.touch();
  }
}

function onIssue(session: Session, issue: any, role: FrameRole): void {
  const { log } = session;
  const csp = issue?.details?.contentSecurityPolicyIssueDetails;
  if (issue?.code !== "ContentSecurityPolicyIssue" || !csp) return;
  const at = csp.sourceCodeLocation;
  const place = at ? placeOf(session, at) : null;
  const blockedUrl: string = csp.blockedURL ?? "";
  log.touch();
  log.issues.add(
    [
      csp.violatedDirective,
      blockedUrl,
      csp.contentSecurityPolicyViolationType,
      place?.url,
      place?.scriptId,
      place?.line,
      place?.column,
    ].join(" "),
    () => ({
      directive: csp.violatedDirective,
      blockedUrl,
      violation: csp.contentSecurityPolicyViolationType,
      reportOnly: csp.isReportOnly === true,
      place,
      role,
      count: 1,
      atMs: log.atMs,
    }),
  );
}

function addMessage(log: RunLog, message: RawMessage): void {
  log.messages.add(
    [
      message.origin,
      message.level,
      message.text,
      message.place?.url,
      message.place?.scriptId,
      message.place?.line,
    ].join(" "),
    () => message,
  );
}

function textOf(remote: any): string {
  if (remote.type === "string") return remote.value;
  // The preview of an error cuts its message.
  if (remote.subtype === "error" && remote.description) return remote.description.split("\n    at ")[0];
  if ("value" in remote && remote.type !== "object") return String(remote.value);
  if (remote.unserializableValue) return remote.unserializableValue;
  const properties = remote.preview?.properties;
  if (properties && !remote.preview.overflow)
    return `{${properties.map((property: any) => `${property.name}: ${property.value}`).join(", ")}}`;
  return remote.description ?? remote.type;
}

const cut = (text: string): string => (text.length > TEXT_LIMIT ? `${text.slice(0, TEXT_LIMIT)}…` : text);
