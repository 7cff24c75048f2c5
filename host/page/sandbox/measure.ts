/** What is on the screen of a document, measured as `check` measures it (harness/gather/document.ts). */
export interface DocumentMeasure {
  readonly elements: number;
  readonly text: number;
  readonly title: string;
  readonly width: number;
  readonly height: number;
  readonly origin: string;
  readonly loaded: boolean;
  readonly hints: readonly { readonly rel: string; readonly url: string }[];
}

const PICTURES = new Set([
  "IMG",
  "SVG",
  "CANVAS",
  "VIDEO",
  "IFRAME",
  "OBJECT",
  "EMBED",
  "INPUT",
  "BUTTON",
  "SELECT",
  "TEXTAREA",
  "METER",
  "PROGRESS",
]);
const HINTS = ["dns-prefetch", "preconnect", "prerender", "prefetch"];
/** Elements looked at; a larger document is not blank either way. */
const LOOKED_AT = 5000;

export function measureDocument(): DocumentMeasure {
  const count = { elements: 0, text: 0, looked: 0 };
  walk(document, count);
  const root = document.documentElement as HTMLElement | null;
  return {
    elements: count.elements,
    text: count.text,
    title: document.title.slice(0, 200),
    width: innerWidth,
    height: root?.scrollHeight ?? 0,
    origin: location.origin,
    loaded: document.readyState === "complete",
    hints: hintsOf(),
  };
}

function walk(root: Document | ShadowRoot, count: { elements: number; text: number; looked: number }): void {
  for (const element of root.querySelectorAll("*")) {
    if (++count.looked > LOOKED_AT) return;
    if (element.shadowRoot) walk(element.shadowRoot, count);
    const name = element.tagName.toUpperCase();
    if (name === "SCRIPT" || name === "STYLE" || !isVisible(element)) continue;
    let own = 0;
    for (const node of element.childNodes)
      if (node.nodeType === Node.TEXT_NODE) own += (node as Text).data.trim().length;
    if (
      own > 0 ||
      PICTURES.has(name) ||
      (isPainted(element) && element !== document.body && element !== document.documentElement)
    )
      count.elements++;
    count.text += own;
  }
}

function isVisible(element: Element): boolean {
  const { width, height } = element.getBoundingClientRect();
  if (width < 1 || height < 1) return false;
  const style = getComputedStyle(element);
  return style.visibility !== "hidden" && style.display !== "none" && Number(style.opacity) > 0.01;
}

function isPainted(element: Element): boolean {
  const style = getComputedStyle(element);
  return (
    style.backgroundImage !== "none" ||
    !/^(rgba\(0, 0, 0, 0\)|transparent)$/.test(style.backgroundColor) ||
    parseFloat(style.borderTopWidth) > 0
  );
}

function hintsOf(): { rel: string; url: string }[] {
  const links = [...document.querySelectorAll<HTMLLinkElement>("link[rel]")].flatMap((link) =>
    [...link.relList].filter((rel) => HINTS.includes(rel)).map((rel) => ({ rel, url: link.href })),
  );
  const rules = [...document.querySelectorAll("script[type=speculationrules]")].map((script) => ({
    rel: "speculationrules",
    url: (script.textContent ?? "").slice(0, 500),
  }));
  return [...links, ...rules].slice(0, 100);
}
