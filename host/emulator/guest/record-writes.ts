/** Downloads, cookies and storage: what leaves the widget, or stays behind it. */
import { apply, intercept, isCallable, makeRoom, namesOf, quietly, stackOf } from "./wrap.ts";
import type { Callable, Names, Site } from "./wrap.ts";

/** Characters of a written value that are reported, for the scanner. */
const VALUE_LIMIT = 10_000;

/** A download that the sandbox refuses leaves no message: clicks on `a[download]` are seen, by the user, by `click()` or by `dispatchEvent()`. */
export function recordDownloads({ owner, api, tell }: Site): void {
  const scope = owner as unknown as Window & typeof globalThis;
  // Kept before the widget can replace them.
  const { setTimeout: later, addEventListener: listenTo } = scope as unknown as Readonly<
    Record<"setTimeout" | "addEventListener", Callable>
  >;
  const { closest } = scope.Element.prototype as unknown as { readonly closest: Callable };
  const { MouseEvent: NativeMouseEvent } = scope;
  const { composedPath } = scope.Event.prototype as unknown as { readonly composedPath: Callable };
  const isDownload = (target: unknown): boolean =>
    isCallable(namesOf(target)?.closest) && apply(closest, target, ["a[download], area[download]"]) !== null;
  const report = (stack: string) => tell({ api, returned: "nothing", stack, blocked: true });
  // Whether the widget itself prevents it is known once every listener has run.
  const onClick = (event: Event) => {
    if (event.isTrusted && quietly(() => isDownload((apply(composedPath, event, []) as unknown[])[0]), false))
      later(() => {
        if (!event.defaultPrevented) report("");
      }, 0);
  };
  const listen = () => apply(listenTo, scope, ["click", onClick, true]);
  listen();
  // Opening a document drops the listeners of its window; the host opens the widget's own. (Not `write`: what it parses would seem to come from here.)
  intercept(namesOf(scope.Document.prototype), "open", {
    apply(target, self: unknown, args: unknown[]) {
      const value = apply(target, self, args);
      if (self === scope.document) listen();
      return value;
    },
  });
  intercept(namesOf(scope.HTMLElement.prototype), "click", {
    apply(target, self: unknown, args: unknown[]) {
      if (!isDownload(self)) return apply(target, self, args);
      const stack = stackOf();
      let click: Event | null = null;
      apply(listenTo, self, ["click", (event: Event) => (click = event), { once: true, capture: true }]);
      apply(target, self, args);
      if (!(click as Event | null)?.defaultPrevented) report(stack);
      return undefined;
    },
  });
  // FileSaver and its like click a link that is in no document.
  intercept(namesOf(scope.EventTarget.prototype), "dispatchEvent", {
    apply(target, self: unknown, args: unknown[]) {
      const [event] = args;
      makeRoom();
      const asks = quietly(
        () => event instanceof NativeMouseEvent && event.type === "click" && isDownload(self),
        false,
      );
      const stack = asks ? stackOf() : "";
      const value = apply(target, self, args);
      if (asks && value) report(stack);
      return value;
    },
  });
}

export function recordCookies({ owner, method, api, tell }: Site): void {
  const descriptor = owner ? Object.getOwnPropertyDescriptor(owner, method) : undefined;
  if (!descriptor) return;
  const { get, set } = accessorsOf(descriptor);
  if (!get || !set) return;
  const setter = new Proxy(set, {
    apply(target, self: unknown, args: unknown[]) {
      const read = () => String(apply(get, self, []));
      const before = read();
      const stack = stackOf();
      apply(target, self, args);
      quietly(() => {
        const text = String(args[0]);
        const name = text.split("=")[0]?.trim() ?? "";
        const stored = read() !== before || before.split("; ").some((entry) => entry === text.split(";")[0]);
        tell({
          api,
          returned: stored ? "stored" : "not stored",
          stack,
          blocked: !stored && !isDeletion(text),
          value: `${name}=${text.slice(name.length + 1, VALUE_LIMIT)}`,
        });
      }, undefined);
    },
  });
  Object.defineProperty(owner, method, { ...descriptor, set: setter });
}

function accessorsOf(descriptor: object) {
  const { get, set } = descriptor as Names;
  return { get: isCallable(get) ? get : null, set: isCallable(set) ? set : null };
}

/** A cookie that is set to be gone: that it is not there is what was asked for. */
function isDeletion(text: string): boolean {
  const age = /;\s*max-age\s*=\s*(-?\d+)/i.exec(text)?.[1];
  if (age !== undefined) return Number(age) <= 0;
  const expiry = /;\s*expires\s*=\s*([^;]+)/i.exec(text)?.[1];
  return expiry !== undefined && Date.parse(expiry) < Date.now();
}

/** Writes to `localStorage` and `sessionStorage`: allowed, and read by the scanner for secrets. */
export function recordStorage({ owner, method, api, tell }: Site): void {
  intercept(owner, method, {
    apply(target, self: unknown, args: unknown[]) {
      const stack = stackOf();
      const value = apply(target, self, args);
      const written = quietly(() => `${String(args[0])}=${String(args[1]).slice(0, VALUE_LIMIT)}`, "");
      tell({ api, returned: "undefined", stack, blocked: false, value: written });
      return value;
    },
  });
}
