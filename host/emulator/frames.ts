/**
 * The documents of a rendering, built here and nowhere else: the page's stage,
 * the outer sandbox document, and the widget's own document with its policy
 * first. Both stages serve exactly these.
 * Source: captures of 2026-05-18 to 2026-10-02 (see `profiles/chatgpt.ts`).
 */
import type { FramePlan, HostState, StageBoot } from "./bridge/types.ts";
import type { EffectivePolicy, FrameFacts, HostProfile } from "../profiles/types.ts";
import { innerPolicy } from "../csp/policy.ts";
import { withOrigin } from "../csp/sandbox.ts";

export interface FramesInput {
  readonly profile: HostProfile;
  readonly effective: readonly EffectivePolicy[];
  /** Origin of the sandbox document. */
  readonly sandbox: string;
  readonly html: string;
  readonly state: HostState;
  /** The guest script, on one line. */
  readonly guestSource: string;
  /** `observe`: the widget's policy is reported and not enforced. */
  readonly mode: "enforce" | "observe";
}

export function planFrames({ profile, effective, sandbox, html, state, guestSource, mode }: FramesInput): FramePlan {
  const { frames } = profile;
  const inner = innerPolicy(effective);
  const outerHeader = keptOrigin(effective.find((policy) => policy.layer === "outer")?.value);
  const query = new URLSearchParams(
    Object.entries(frames.sandboxQuery.value).map(([name, value]) => [name, valueFor(name, value, state)]),
  );
  const topUrl = `${frames.topOrigin.value}/`;
  const headers: Record<string, string> = {};
  const enforced = [outerHeader, mode === "enforce" && inner?.delivery === "header" ? inner.value : undefined].filter(
    (value) => value !== undefined,
  );
  if (enforced.length > 0) headers["content-security-policy"] = enforced.join(", ");
  if (mode === "observe" && inner) headers["content-security-policy-report-only"] = inner.value;
  const prefix = innerPrefix({ html, policy: metaPolicy(inner, mode), profile, state, guestSource });
  return {
    topUrl,
    outerUrl: `${sandbox}/${query.size > 0 ? `?${query}` : ""}`,
    outerOrigin: sandbox,
    outerHeaders: headers,
    outerHtml: outerDocument(frames.topOrigin.value),
    outerSandbox: withOrigin(frames.outerSandbox.value).join(" "),
    outerAllow: delegated(frames),
    innerSandbox: withOrigin(frames.innerSandbox.value).join(" "),
    innerHtml: prefix + html,
    innerPrefixLength: prefix.length,
  };
}

/** The sandbox document has to reach the frame that it writes: what an opaque origin lacks, the guest takes from the widget. */
function keptOrigin(header: string | undefined): string | undefined {
  return header?.replace(/(^|; )sandbox\b([^;]*)/, (_, start: string, tokens: string) =>
    [`${start}sandbox`, ...withOrigin(tokens.split(" ").filter(Boolean))].join(" "),
  );
}

/** The `allow` attribute without what the app refuses all the same. */
function delegated({ outerAllow, refusedFeatures }: FrameFacts): string {
  const refused = refusedFeatures.value;
  if (refused.length === 0) return outerAllow.value;
  const entries = outerAllow.value.split(";").map((entry) => entry.trim());
  return entries.filter((entry) => entry !== "" && !refused.includes(entry.split(/\s/)[0] ?? "")).join("; ");
}

function valueFor(name: string, value: string, state: HostState): string {
  if (name === "locale") return state.locale;
  return name === "deviceType" ? state.device : value;
}

/** A report-only policy cannot stand in a meta element; what it would upgrade still has to be upgraded. */
function metaPolicy(inner: EffectivePolicy | undefined, mode: FramesInput["mode"]): string | null {
  if (!inner) return null;
  if (mode === "observe")
    return /(^|;)\s*upgrade-insecure-requests\b/.test(inner.value) ? "upgrade-insecure-requests" : null;
  return inner.delivery === "meta" ? inner.value : null;
}

/** Host styles seen in captures of ChatGPT; other hosts add none that we know of. */
const HOST_STYLE =
  "html,body{font-family:ui-sans-serif,-apple-system,system-ui,'Segoe UI',Helvetica,Arial,sans-serif!important;background-color:transparent}";

/**
 * Everything before the widget's first character, on one line, so that line
 * numbers stay true. The parser ignores the widget's own `<html>` and `<head>`
 * tags after it and merges their attributes, so nothing is searched for in the
 * widget's text. Standards or quirks mode stays as the widget chose it.
 */
function innerPrefix({
  html,
  policy,
  profile,
  state,
  guestSource,
}: {
  readonly html: string;
  readonly policy: string | null;
  readonly profile: HostProfile;
  readonly state: HostState;
  readonly guestSource: string;
}): string {
  const guest = guestSource.trim();
  if (/[\n\r]|<\/script/i.test(guest))
    throw new Error("the guest script must be one line without a closing script tag: build it minified");
  const doctype = beginsWithDoctype(html) ? "<!doctype html>" : "";
  const isChatGpt = profile.bridge.windowOpenai.value;
  return [
    doctype,
    isChatGpt ? `<html lang="${attribute(state.locale)}">` : "<html>",
    "<head>",
    policy === null ? "" : `<meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">`,
    `<script>${guest}\u003c/script>`,
    isChatGpt ? `<style>${HOST_STYLE}</style>` : "",
  ].join("");
}

/** Whether a doctype comes first, but for white space and comments. Reads each character once, however many comments there are. */
export function beginsWithDoctype(html: string): boolean {
  const start = /\S|$/g;
  for (;;) {
    const at = start.exec(html)?.index ?? html.length;
    if (!html.startsWith("<!--", at)) return /^<!doctype/i.test(html.slice(at, at + 9)) && html.includes(">", at);
    const end = endOfComment(html, at);
    if (end === -1) return false;
    start.lastIndex = end;
  }
}

/** Offset behind the comment that begins at `at`, or -1. Source: html.spec.whatwg.org, "Comment start state" and after. */
function endOfComment(html: string, at: number): number {
  const abrupt = /^<!---?>/.exec(html.slice(at, at + 6));
  if (abrupt) return at + abrupt[0].length;
  const end = /--!?>/g;
  end.lastIndex = at + 4;
  return end.test(html) ? end.lastIndex : -1;
}

const attribute = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");

/**
 * The sandbox document: asks the page for the widget, writes it into
 * `about:blank`, and relays messages both ways. The page's first answer alone
 * is taken, so that a widget cannot render another one.
 */
function outerDocument(topOrigin: string): string {
  const script = `(() => {
  const top = ${JSON.stringify(topOrigin)};
  let inner = null;
  addEventListener("message", (event) => {
    if (inner && event.source === inner.contentWindow) return parent.postMessage(event.data, top);
    if (event.source !== parent || event.origin !== top) return;
    if (inner) return inner.contentWindow && inner.contentWindow.postMessage(event.data, "*");
    if (!event.data || event.data.sandglass !== "render") return;
    const { html, sandbox, guest, url } = event.data;
    const [control, port] = event.ports;
    inner = document.createElement("iframe");
    inner.setAttribute("sandbox", sandbox);
    inner.style.cssText = "border:0;width:100%;height:100%;display:block;color-scheme:normal";
    const write = () => {
      inner.contentWindow["sandglass:guest"] = { ...guest, port };
      const page = inner.contentDocument;
      page.open();
      page.write(html);
      page.close();
      control.postMessage("written");
    };
    // A document that is written during its own load event would get no other.
    if (url) inner.addEventListener("load", () => setTimeout(write), { once: true });
    if (url) inner.src = url;
    document.body.append(inner);
    if (!url) write();
  });
  parent.postMessage({ sandglass: "ready" }, top);
})();`;
  return `<!doctype html><html><head><meta charset="utf-8"><title>Widget sandbox</title><style>html,body{margin:0;height:100%;background:transparent}</style></head><body><script>${script}</script></body></html>`;
}

/** The stage page of `check`: the boot data, and the script that renders it. */
export function topHtml(boot: StageBoot, { scriptUrl }: { readonly scriptUrl: string }): string {
  const data = JSON.stringify(boot)
    .replaceAll("<", "\\u003c")
    .replaceAll("\u2028", "\\u2028")
    .replaceAll("\u2029", "\\u2029");
  const background = boot.state.theme === "dark" ? "#212121" : "#ffffff";
  return (
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Sandglass</title><style>html,body{margin:0;background:${background}}body{padding:16px}</style></head>` +
    `<body><script id="boot" type="application/json">${data}</script><script src="${attribute(scriptUrl)}"></script></body></html>`
  );
}
