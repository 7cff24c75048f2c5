/**
 * Injected ahead of the widget in the live stage, where there is no DevTools
 * protocol: it tells the page what the document itself can see. It runs first,
 * keeps the natives it needs, and speaks over a port that the widget never
 * gets; what it says is in-page evidence all the same, and marked so.
 */
import { watchUser } from "../../emulator/guest/user-acts.ts";
import { measureDocument } from "../../emulator/guest/measure.ts";
import { doAct, targetActOf, type TargetAct } from "../../emulator/guest/mirror.ts";
import type { ActRecord, ProbeRecord, ScreenRecord } from "../../server/live-records.ts";
import { screenRecord, stepTeller } from "./acts.ts";

/** Replaced by the page's origin when served. */
declare const SANDGLASS_PAGE_ORIGIN: string;

/** Records of one rendering that are told one by one. */
const LIMIT = 2000;
/** Rest between two measures; longer for a document that takes long to measure. */
const MEASURE_MS = 1000;
const MEASURE_SHARE = 20;
/** Lets changes gather before the document is measured anew, milliseconds. */
const CHANGE_MS = 30;

interface Navigating extends Event {
  readonly destination: { readonly url: string; readonly sameDocument: boolean };
  readonly formData: FormData | null;
  readonly downloadRequest: string | null;
}

interface ResourceEntry extends PerformanceEntry {
  readonly initiatorType: string;
  /** Not in every browser. */
  readonly responseStatus?: number;
}

(() => {
  const { top, MessageChannel, JSON: json, String: text, performance: clock } = window;
  // Kept before the widget can replace it.
  const later = window.setTimeout.bind(window);
  // Of functions and symbols there is no JSON, which the library's type does not say.
  const stringify: (value: unknown) => string | undefined = json.stringify;
  if (!top || top === window) return;
  const channel = new MessageChannel();
  const port = channel.port1;
  const send = port.postMessage.bind(port);
  top.postMessage({ sandglass: "probe" }, SANDGLASS_PAGE_ORIGIN, [channel.port2]);
  let sent = 0;
  const tell = (record: ProbeRecord) => {
    sent++;
    if (sent <= LIMIT) send(record);
    // A flood is counted in steps, so that counting is no flood itself.
    else if (sent % 500 === 1) send({ type: "dropped", count: sent - LIMIT });
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
  /** In the protocol's words, which `check` reports: an error speaks for itself. */
  const thrown = (value: unknown, how: string) => (value instanceof Error ? show(value) : `${how} ${show(value)}`);

  document.addEventListener(
    "securitypolicyviolation",
    (event) => {
      // A page can dispatch such events; the browser's own are trusted.
      if (!event.isTrusted) return;
      tell({
        type: "violation",
        blockedUrl: clip(event.blockedURI, 2000),
        directive: event.effectiveDirective,
        disposition: event.disposition,
        sourceFile: clip(event.sourceFile),
        line: event.lineNumber,
        column: event.columnNumber,
      });
    },
    true,
  );

  window.addEventListener(
    "error",
    (event) => {
      if (!event.isTrusted || !(event instanceof ErrorEvent)) return;
      tell({
        type: "error",
        origin: "exception",
        level: "error",
        text: clip(event.error === null || event.error === undefined ? event.message : thrown(event.error, "Uncaught")),
        sourceFile: clip(event.filename),
        line: event.lineno,
        column: event.colno,
      });
    },
    true,
  );
  window.addEventListener(
    "unhandledrejection",
    (event) => {
      if (event.isTrusted)
        tell({
          type: "error",
          origin: "exception",
          level: "error",
          text: clip(thrown(event.reason, "Uncaught (in promise)")),
          sourceFile: "",
          line: 0,
          column: 0,
        });
    },
    true,
  );

  window.addEventListener(
    "rejectionhandled",
    (event) => {
      if (event.isTrusted) tell({ type: "handled", text: clip(thrown(event.reason, "Uncaught (in promise)")) });
    },
    true,
  );

  const levels = { error: "error", warn: "warning", info: "info", log: "log" } as const;
  const spoken: Record<keyof typeof levels, (...args: unknown[]) => void> = console;
  for (const name of ["error", "warn", "info", "log"] as const) {
    // A proxy keeps what the function looks like: its name, its text, its properties.
    spoken[name] = new Proxy(spoken[name], {
      apply(target, self, args: unknown[]) {
        tell({
          type: "error",
          origin: "console",
          level: levels[name],
          text: clip(args.map(show).join(" ")),
          sourceFile: "",
          line: 0,
          column: 0,
        });
        Reflect.apply(target, self, args);
      },
    });
  }

  if (typeof PerformanceObserver === "function") {
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as ResourceEntry[]) {
        tell({
          type: "resource",
          url: clip(entry.name, 2000),
          initiator: entry.initiatorType,
          status: entry.responseStatus ?? 0,
          durationMs: Math.round(entry.duration),
        });
      }
    }).observe({ type: "resource", buffered: true });
    clock.setResourceTimingBufferSize(1000);
  }

  // With the overlay on, the widget is written over a document that has a worker; in the host it has none, and cannot register one.
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  if (workers?.controller?.scriptURL.includes("/.sandglass/")) {
    const refuse = () =>
      Promise.reject(
        new DOMException(
          "Failed to register a ServiceWorker: The document is in an invalid state.",
          "InvalidStateError",
        ),
      );
    const prototype: Record<"register", ServiceWorkerContainer["register"]> = ServiceWorkerContainer.prototype;
    prototype.register = new Proxy(prototype.register, { apply: refuse });
    Object.defineProperty(prototype, "controller", { configurable: true, enumerable: true, get: () => null });
  }

  // Where the browser has the Navigation API (Chromium 102, Safari 26.2, Firefox 147) it says where the document goes.
  const { navigation } = window as unknown as { navigation?: EventTarget };
  let told = false;
  navigation?.addEventListener("navigate", (event) => {
    const { destination, formData, downloadRequest, isTrusted } = event as Navigating;
    if (!isTrusted || destination.sameDocument || downloadRequest !== null) return;
    told = true;
    tell({ type: "leaving", url: clip(destination.url, 2000), form: formData !== null });
  });
  window.addEventListener("pagehide", () => told || send({ type: "leaving", url: "", form: false }));

  // Only a change is told; a document at rest is silent.
  let last: string | undefined = "";
  const ready = () => {
    const measure = measureDocument();
    const now = stringify(measure);
    if (now === last) return;
    last = now;
    send({ type: "ready", ...measure });
  };
  const soon = () => requestAnimationFrame(() => requestAnimationFrame(ready));
  // Once before the widget's own load listeners, in which it may hang, and once drawn.
  document.addEventListener("DOMContentLoaded", ready);
  window.addEventListener("load", soon);
  const again = () => {
    const start = clock.now();
    ready();
    later(again, Math.max(MEASURE_MS, (clock.now() - start) * MEASURE_SHARE));
  };
  later(again, MEASURE_MS);
  const tellPage = (record: ActRecord | ScreenRecord) => send(record);
  const stepIn = stepTeller();
  let isMirrored = false;
  watchUser((act) => {
    const step = stepIn(act);
    if (step) tellPage(step);
    const target = isMirrored ? targetActOf(act) : null;
    if (target) send({ type: "mirrored", act: target });
  });
  // A change is measured soon: the verdict waits for it.
  let due = false;
  const measured = () => {
    const start = clock.now();
    ready();
    later(() => (due = false), (clock.now() - start) * MEASURE_SHARE);
  };
  new MutationObserver(() => {
    if (due) return;
    due = true;
    later(measured, CHANGE_MS);
  }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
  port.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (data === "ping") send({ type: "pong" });
    else if (data === "screen") tellPage(screenRecord());
    else if (data === "measure") ready();
    else if (data === "watch-acts") isMirrored = true;
    else if ((data as { readonly type?: string } | null)?.type === "act")
      doAct((data as { readonly act: TargetAct }).act);
  };
})();
