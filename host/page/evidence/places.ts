/** Places as the browser tells a page of them, with what helps to find them in the source. */
import type { RawPlace } from "../../server/types.ts";
import type { ApiUseEvent, PageError, Violation } from "../state/live-log.ts";

/**
 * Chromium counts the lines of a written script from the script's own start
 * (seen in 156), and the server finds them so. How Firefox and Safari count
 * there was not measured: their positions are left out rather than be wrong.
 */
const COUNTS_FROM_SCRIPT = /Chrom(e|ium)\//.test(navigator.userAgent);

const NOWHERE = { url: "", line: -1, column: 0, near: [] } as const satisfies RawPlace;
/** What code does to make a request under `connect-src`. */
const CONNECTING = ["fetch", "open", "send", "WebSocket", "EventSource", "sendBeacon", "WebTransport"];

export function placeOfViolation({ sourceFile, line, column, directive, blockedUrl }: Violation): RawPlace {
  const text = /^(https?|wss?|data|blob):/i.test(blockedUrl) ? { text: blockedUrl } : {};
  if (line <= 0 || !COUNTS_FROM_SCRIPT) return { ...NOWHERE, ...text };
  return {
    url: sourceFile,
    line: line - 1,
    column: Math.max(0, column - 1),
    near: directive === "connect-src" ? CONNECTING : [],
    ...text,
  };
}

export function placeOfError({ sourceFile, line, column }: PageError): RawPlace | null {
  return line > 0 && COUNTS_FROM_SCRIPT
    ? { url: sourceFile, line: line - 1, column: Math.max(0, column - 1), near: [] }
    : null;
}

/** Where a URL stands in the markup. */
export function placeOfText(text: string): RawPlace {
  return { ...NOWHERE, text };
}

/** Frames of a stack outside injected scripts, innermost first, in V8's form. */
export function placesOfUse({ api, stack }: Pick<ApiUseEvent, "api" | "stack">): RawPlace[] {
  if (!COUNTS_FROM_SCRIPT) return [];
  const name = api.split(".").at(-1) ?? api;
  const near = NAMES[api] ?? [name];
  return stack.split("\n").flatMap((line): RawPlace[] => {
    const match = line.includes("sandglass:")
      ? null
      : /\(?((?:https?|blob|about):[^\s()]*?|<anonymous>):(\d+):(\d+)\)?\s*$/.exec(line);
    return match
      ? [
          {
            url: match[1] === "<anonymous>" ? "" : (match[1] ?? ""),
            line: Number(match[2]) - 1,
            column: Number(match[3]) - 1,
            near,
          },
        ]
      : [];
  });
}

/** Where the API's name is not what the code says. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  download: ["click", "download"],
  "cookie.set": ["cookie"],
  "window.open": ["open"],
  "execCommand.copy": ["execCommand"],
  "execCommand.cut": ["execCommand"],
  "execCommand.paste": ["execCommand"],
};
