/**
 * Tells of calls that no browser channel tells of, or not with a stack and a
 * result. Telemetry, never a boundary: each call goes on to the real function,
 * and a `Proxy` over a native function keeps its name, its length and its
 * `[native code]`, so that feature detection sees no difference.
 */
import type { ApiRecord } from "./protocol.ts";

export type Tell = (record: ApiRecord) => void;

const STACK_LINES = 8;
/** Kept before the widget can replace it. */
const settle = Promise.prototype.then;

export function installRecorder(tell: Tell): void {
  const scope = globalThis as unknown as Record<string, any>;
  const wrap = (owner: any, name: string, options: Options) => wrapMethod(owner, name, options, tell);

  for (const name of ["alert", "confirm", "prompt", "print"]) wrap(scope, name, { api: name, blocked: () => true });
  wrap(scope, "open", { api: "window.open", blocked: (value) => value === null });
  const clipboard = scope.Clipboard?.prototype;
  for (const name of ["writeText", "write"])
    wrap(clipboard, name, { api: `clipboard.${name}`, blocked: deniedByPolicy("clipboard-write") });
  for (const name of ["readText", "read"])
    wrap(clipboard, name, { api: `clipboard.${name}`, blocked: deniedByPolicy("clipboard-read") });
  const documents = scope.Document?.prototype;
  wrap(documents, "execCommand", {
    api: (args) => `execCommand.${String(args[0]).toLowerCase()}`,
    only: (args) => /^(copy|cut|paste)$/i.test(String(args[0])),
    blocked: (value) => value === false,
  });
  wrap(documents, "requestStorageAccess", { api: "requestStorageAccess", blocked: denied });
  wrap(scope.Element?.prototype, "requestFullscreen", { api: "requestFullscreen", blocked: denied });
  wrap(scope.ServiceWorkerContainer?.prototype, "register", { api: "serviceWorker.register", blocked: denied });
  wrap(scope.MediaDevices?.prototype, "getUserMedia", {
    api: (args) => `getUserMedia${kinds(args[0])}`,
    blocked: (value, error, args) =>
      ["audio", "video"].some(
        (kind) => args[0]?.[kind] && deniedByPolicy(kind === "audio" ? "microphone" : "camera")(value, error),
      ),
  });
  wrap(scope.MediaDevices?.prototype, "getDisplayMedia", {
    api: "getDisplayMedia",
    blocked: deniedByPolicy("display-capture"),
  });
  for (const name of ["getCurrentPosition", "watchPosition"]) wrapGeolocation(scope.Geolocation?.prototype, name, tell);
  wrap(scope.Navigator?.prototype, "share", { api: "navigator.share", blocked: denied });
  wrapConstructor(scope, "RTCPeerConnection", tell);
  wrapDownloads(scope, tell);
  wrapCookies(documents, tell);
  wrapStorage(scope.Storage?.prototype, tell);
}

interface Options {
  readonly api: string | ((args: readonly any[]) => string);
  readonly only?: (args: readonly any[]) => boolean;
  /** Whether the value, or the error, says that the host did not let it through. */
  readonly blocked: (value: unknown, error: unknown, args: readonly any[]) => boolean;
}

/** A rejection for want of focus or of a gesture is not the host's doing: the permissions policy decides. */
const deniedByPolicy =
  (feature: string) =>
  (_value: unknown, error?: unknown): boolean => {
    const policy = (document as unknown as { featurePolicy?: { allowsFeature(name: string): boolean } }).featurePolicy;
    return error !== undefined && !(policy?.allowsFeature(feature) ?? false);
  };
const denied = (_value: unknown, error?: unknown): boolean => error !== undefined;
const kinds = (constraints: any): string => (constraints?.video ? ".video" : constraints?.audio ? ".audio" : "");

function wrapMethod(owner: any, name: string, options: Options, tell: Tell): void {
  const original = owner?.[name];
  if (typeof original !== "function") return;
  const replacement = new Proxy(original, {
    apply(target, self, args) {
      if (options.only && !options.only(args)) return Reflect.apply(target, self, args);
      const stack = stackOf();
      const api = typeof options.api === "string" ? options.api : options.api(args);
      const report = (returned: string, blocked: boolean) => tell({ api, returned, stack, blocked });
      let value: unknown;
      try {
        value = Reflect.apply(target, self, args);
      } catch (error) {
        report(nameOf(error), options.blocked(undefined, error, args));
        throw error;
      }
      if (value instanceof Promise)
        Reflect.apply(settle, value, [
          (result: unknown) => report(show(result), options.blocked(result, undefined, args)),
          (error: unknown) => report(nameOf(error), options.blocked(undefined, error, args)),
        ]);
      else report(show(value), options.blocked(value, undefined, args));
      return value;
    },
  });
  redefine(owner, name, replacement);
}

/** Geolocation answers through callbacks. */
function wrapGeolocation(owner: any, name: string, tell: Tell): void {
  const original = owner?.[name];
  if (typeof original !== "function") return;
  redefine(
    owner,
    name,
    new Proxy(original, {
      apply(target, self, [onSuccess, onError, ...rest]: any[]) {
        const stack = stackOf();
        const report = (returned: string, blocked: boolean) =>
          tell({ api: `geolocation.${name}`, returned, stack, blocked });
        const success =
          typeof onSuccess === "function"
            ? (position: unknown) => (report("a position", false), onSuccess(position))
            : onSuccess;
        const failure = (error: any) => (
          report(`error ${error?.code}`, error?.code === 1),
          typeof onError === "function" ? onError(error) : undefined
        );
        return Reflect.apply(target, self, [success, failure, ...rest]);
      },
    }),
  );
}

function wrapConstructor(scope: any, name: string, tell: Tell): void {
  const original = scope[name];
  if (typeof original !== "function") return;
  redefine(
    scope,
    name,
    new Proxy(original, {
      construct(target, args, newTarget) {
        const servers = (args[0]?.iceServers ?? []).flatMap((server: any) => server?.urls ?? server?.url ?? []);
        tell({ api: name, returned: servers.map(String).join(" ").slice(0, 500), stack: stackOf(), blocked: false });
        return Reflect.construct(target, args, newTarget === scope[name] ? target : newTarget);
      },
    }),
  );
}

/** A download that the sandbox refuses leaves no message: clicks on `a[download]` are seen, by the user, by `click()` or by `dispatchEvent()`. */
function wrapDownloads(scope: any, tell: Tell): void {
  if (typeof scope.HTMLElement !== "function") return;
  // Kept before the widget can replace them.
  const { setTimeout: later, addEventListener } = scope;
  const isDownload = (target: unknown): boolean =>
    Boolean((target as Element | null)?.closest?.("a[download], area[download]"));
  const report = (stack: string) => tell({ api: "download", returned: "nothing", stack, blocked: true });
  // Whether the widget itself prevents it is known once every listener has run.
  const onClick = (event: Event) => {
    if (event.isTrusted && isDownload(event.composedPath()[0])) later(() => event.defaultPrevented || report(""), 0);
  };
  const listen = () => Reflect.apply(addEventListener, scope, ["click", onClick, true]);
  listen();
  // Opening a document drops the listeners of its window; the host opens the widget's own. (Not `write`: what it parses would seem to come from here.)
  redefine(
    scope.Document.prototype,
    "open",
    new Proxy(scope.Document.prototype.open, {
      apply(target, self, args) {
        const value = Reflect.apply(target, self, args);
        if (self === scope.document) listen();
        return value;
      },
    }),
  );
  redefine(
    scope.HTMLElement.prototype,
    "click",
    new Proxy(scope.HTMLElement.prototype.click, {
      apply(target, self, args) {
        if (!isDownload(self)) return Reflect.apply(target, self, args);
        const stack = stackOf();
        let event: Event | undefined;
        const keep = (given: Event) => void (event = given);
        Reflect.apply(addEventListener, self, ["click", keep, { once: true, capture: true }]);
        Reflect.apply(target, self, args);
        if (!event?.defaultPrevented) report(stack);
      },
    }),
  );
  // FileSaver and its like click a link that is in no document.
  redefine(
    scope.EventTarget.prototype,
    "dispatchEvent",
    new Proxy(scope.EventTarget.prototype.dispatchEvent, {
      apply(target, self, args) {
        const asks = args[0]?.type === "click" && args[0] instanceof scope.MouseEvent && isDownload(self);
        const stack = asks ? stackOf() : "";
        const value = Reflect.apply(target, self, args);
        if (asks && value) report(stack);
        return value;
      },
    }),
  );
}

/** A cookie that is set to be gone: that it is not there is what was asked for. */
function isDeletion(text: string): boolean {
  const age = /;\s*max-age\s*=\s*(-?\d+)/i.exec(text)?.[1];
  if (age !== undefined) return Number(age) <= 0;
  const expiry = /;\s*expires\s*=\s*([^;]+)/i.exec(text)?.[1];
  return expiry !== undefined && Date.parse(expiry) < Date.now();
}

function wrapCookies(owner: any, tell: Tell): void {
  const descriptor = owner && Object.getOwnPropertyDescriptor(owner, "cookie");
  if (!descriptor?.set || !descriptor.get) return;
  const { get, set } = descriptor;
  const setter = new Proxy(set, {
    apply(target, self, args) {
      const before = Reflect.apply(get, self, []) as string;
      Reflect.apply(target, self, args);
      const text = String(args[0]);
      const name = text.split("=")[0]?.trim() ?? "";
      const stored =
        Reflect.apply(get, self, []) !== before || before.split("; ").some((entry) => entry === text.split(";")[0]);
      tell({
        api: "cookie.set",
        returned: stored ? "stored" : "not stored",
        stack: stackOf(),
        blocked: !stored && !isDeletion(text),
        value: `${name}=${text.slice(name.length + 1, 10_000)}`,
      });
    },
  });
  Object.defineProperty(owner, "cookie", { ...descriptor, set: setter });
}

/** Writes to `localStorage` and `sessionStorage`: allowed, and read by the scanner for secrets. */
function wrapStorage(owner: any, tell: Tell): void {
  const original = owner?.setItem;
  if (typeof original !== "function") return;
  redefine(
    owner,
    "setItem",
    new Proxy(original, {
      apply(target, self, args) {
        const value = Reflect.apply(target, self, args);
        tell({
          api: "storage.setItem",
          returned: "undefined",
          stack: stackOf(),
          blocked: false,
          value: `${String(args[0])}=${String(args[1]).slice(0, 10_000)}`,
        });
        return value;
      },
    }),
  );
}

function redefine(owner: any, name: string, value: unknown): void {
  let holder = owner;
  while (holder && !Object.prototype.hasOwnProperty.call(holder, name)) holder = Object.getPrototypeOf(holder);
  const descriptor = holder && Object.getOwnPropertyDescriptor(holder, name);
  if (descriptor?.configurable) Object.defineProperty(holder, name, { ...descriptor, value });
}

function stackOf(): string {
  return (new Error().stack ?? "")
    .split("\n")
    .slice(3, 3 + STACK_LINES)
    .join("\n");
}

const nameOf = (error: unknown): string => (error as { name?: string } | null)?.name ?? "an exception";

function show(value: unknown): string {
  if (value === null || value === undefined || typeof value === "boolean" || typeof value === "number")
    return String(value);
  return typeof value === "string" ? "a string" : typeof value === "object" ? "an object" : typeof value;
}
