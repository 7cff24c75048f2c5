/**
 * Injected ahead of the widget in the live stage, where there is no DevTools
 * protocol: it tells the page what the document itself can see. It runs first,
 * keeps the natives it needs, and speaks over a port that the widget never
 * gets; what it says is in-page evidence all the same, and marked so.
 */
export type ProbeRecord =
  | { readonly type: "violation"; readonly blockedUrl: string; readonly directive: string; readonly policy: string; readonly disposition: string; readonly sourceFile: string; readonly line: number; readonly column: number; readonly sample: string }
  | { readonly type: "resource"; readonly url: string; readonly initiator: string; readonly status: number; readonly durationMs: number }
  | { readonly type: "report"; readonly kind: string; readonly text: string; readonly sourceFile: string; readonly line: number; readonly column: number }
  | { readonly type: "error"; readonly origin: "exception" | "console"; readonly level: "error" | "warning" | "info" | "log"; readonly text: string; readonly sourceFile: string; readonly line: number; readonly column: number }
  | { readonly type: "ready"; readonly elements: number; readonly text: number; readonly title: string; readonly height: number; readonly origin: string }
  | { readonly type: "dropped"; readonly count: number };

declare const SANDGLASS_PAGE_ORIGIN: string;

(() => {
  const limit = 2000;
  const { top, MessageChannel, JSON: json, String: text, performance: clock } = window;
  const { stringify } = json;
  if (!top || top === window) return;
  const channel = new MessageChannel();
  const port = channel.port1;
  const send = port.postMessage.bind(port);
  top.postMessage({ sandglass: "probe" }, SANDGLASS_PAGE_ORIGIN, [channel.port2]);
  let sent = 0;
  const tell = (record: ProbeRecord) => {
    sent++;
    if (sent <= limit) send(record);
    // A flood is counted in steps, so that counting is no flood itself.
    else if (sent % 500 === 1) send({ type: "dropped", count: sent - limit });
  };
  const clip = (value: unknown, max = 500) => text(value).slice(0, max);
  const show = (value: unknown): string => {
    if (typeof value === "string") return value;
    if (value instanceof Error) return `${value.name}: ${value.message}`;
    try {
      return stringify(value) ?? text(value);
    } catch (error) {
      return error instanceof TypeError ? "[cyclic]" : "[unreadable]";
    }
  };

  document.addEventListener("securitypolicyviolation", (event) => {
    // A page can dispatch such events; the browser's own are trusted.
    if (!event.isTrusted) return;
    tell({ type: "violation", blockedUrl: clip(event.blockedURI, 2000), directive: event.effectiveDirective, policy: clip(event.originalPolicy, 200), disposition: event.disposition, sourceFile: clip(event.sourceFile ?? ""), line: event.lineNumber, column: event.columnNumber, sample: clip(event.sample, 100) });
  }, true);

  window.addEventListener("error", (event) => {
    if (!event.isTrusted || !(event instanceof ErrorEvent)) return;
    tell({ type: "error", origin: "exception", level: "error", text: clip(event.error ? show(event.error) : event.message), sourceFile: clip(event.filename), line: event.lineno, column: event.colno });
  }, true);
  window.addEventListener("unhandledrejection", (event) => {
    if (event.isTrusted) tell({ type: "error", origin: "exception", level: "error", text: clip(show(event.reason)), sourceFile: "", line: 0, column: 0 });
  }, true);

  const levels = { error: "error", warn: "warning", info: "info", log: "log" } as const;
  for (const name of ["error", "warn", "info", "log"] as const) {
    // A proxy keeps what the function looks like: its name, its text, its properties.
    console[name] = new Proxy(console[name], {
      apply(target, self, args: unknown[]) {
        tell({ type: "error", origin: "console", level: levels[name], text: clip(args.map(show).join(" ")), sourceFile: "", line: 0, column: 0 });
        return Reflect.apply(target, self, args);
      },
    });
  }

  if (typeof ReportingObserver === "function") {
    new ReportingObserver((reports) => {
      for (const { type, body } of reports) {
        const detail = body as unknown as { message?: string; sourceFile?: string; lineNumber?: number; columnNumber?: number; featureId?: string } | null;
        if (type !== "csp-violation") tell({ type: "report", kind: type, text: clip(detail?.featureId ?? detail?.message ?? ""), sourceFile: clip(detail?.sourceFile ?? ""), line: detail?.lineNumber ?? 0, column: detail?.columnNumber ?? 0 });
      }
    }, { buffered: true }).observe();
  }
  if (typeof PerformanceObserver === "function") {
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as PerformanceResourceTiming[]) {
        tell({ type: "resource", url: clip(entry.name, 2000), initiator: entry.initiatorType, status: entry.responseStatus ?? 0, durationMs: Math.round(entry.duration) });
      }
    }).observe({ type: "resource", buffered: true });
    clock.setResourceTimingBufferSize?.(1000);
  }

  const ready = () => {
    const all = document.body?.querySelectorAll("*") ?? [];
    let elements = 0;
    for (const element of all) if (elements < 5000 && !/^(SCRIPT|STYLE)$/.test(element.tagName) && element.getClientRects().length > 0) elements++;
    tell({ type: "ready", elements, text: document.body?.innerText?.trim().length ?? 0, title: clip(document.title, 200), height: document.documentElement?.scrollHeight ?? 0, origin: location.origin });
  };
  window.addEventListener("load", () => requestAnimationFrame(() => requestAnimationFrame(ready)));
  setInterval(ready, 2000);
})();
