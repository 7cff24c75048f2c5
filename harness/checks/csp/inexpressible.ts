import { directiveSources, innerPolicy, listFor } from "../../../host/csp/policy.ts";
import type { HostProfile } from "../../../host/profiles/types.ts";
import { defineCheck, failOrPass, WHOLE_TRIALS, type RawFinding } from "../define-check.ts";
import type { BundleEvidence, NetworkAttempt } from "../../model/evidence.ts";
import { channelOf, groupBy, total } from "../shared/evidence.ts";

type Message =
  | "worker"
  | "data-font"
  | "blob-media"
  | "inline-url"
  | "frame"
  | "external"
  | "frame-never"
  | "eval"
  | "evalHandled"
  | "base"
  | "form"
  | "other";

/** Blocked, and no list of the metadata can allow it: the widget has to do it another way. */
export default defineCheck({
  id: "csp/inexpressible",
  title: "Widget needs nothing that no declaration can allow",
  severity: "error",
  needs: ["network", "console", "bundle", "policy"],
  messages: {
    worker:
      "{directive} blocks {url} for a worker. No list allows worker URLs, nor what a module worker imports: put the worker's whole code into a blob: URL.",
    "data-font":
      "{directive} blocks a data: font. Load the font from a declared origin, or as new FontFace(name, arrayBuffer).",
    "blob-media": "{directive} blocks a blob: {kind}. {instead}",
    "inline-url": "{directive} blocks a {scheme} {kind}. Use a declared origin.",
    frame: "{directive} blocks the frame {url}. Only https: frames of declared frame domains load.",
    external:
      "A link asks for another program (mailto:, tel: or another scheme of its own), and {directive} stops it: pressing it does nothing. Show the address as text, or hand it to the host.",
    "frame-never":
      "{directive} blocks the frame {url}. This host loads no frame that is declared: ask it to open the page as a link.",
    eval: "{directive} refuses code made from strings (eval, new Function, WebAssembly) in this host.",
    evalHandled: "{directive} refuses code made from strings in this host; the code caught that and went on.",
    base: '{directive} blocks <base href="{url}">. Write absolute URLs instead.',
    form: "{directive} blocks the form's target {url}.",
    other: "{directive} blocks {url}, and no list of the metadata can allow it.",
  },
  source: "docs/hosts.md#chatgpt-csp; docs/hosts.md#chromium",
  inTrials: WHOLE_TRIALS,
  breaksAtRunTime: true,
  run({ network, console, bundle, policy }, { profile }) {
    const inner = innerPolicy(policy.effective)?.value ?? "";
    const uncaught = console.some(({ origin, text }) => origin === "exception" && /EvalError|unsafe-eval/.test(text));
    const blocked = network.filter(
      (attempt) => attempt.outcome === "blocked-by-csp" && attempt.blockClass === "csp-inexpressible",
    );
    return failOrPass(
      groupBy(
        blocked,
        ({ kind, directive, url, where }) =>
          `${kind} ${directive} ${shortUrl(url)} ${where?.line} ${kind === "eval" ? where?.column : ""}`,
      ).flatMap((group) =>
        findingFor(group, (attempt) => isGuarded(attempt, bundle) || (!uncaught && !isOwnCall(attempt, bundle)), {
          inner,
          profile,
        }),
      ),
    );
  },
});

/** How far the reader's place of a call may be from Chromium's, characters: the one names its start, the other what is called. */
const PLACE_REACH = 40;

/**
 * Libraries try `new Function` and do without it when it is refused: such a
 * call stands in a `try`, or follows a probe that does.
 */
function isGuarded({ where }: NetworkAttempt, bundle: BundleEvidence): boolean {
  if (where === undefined) return false;
  return bundle.uses.some(
    ({ what, guard, where: at }) =>
      what === "eval" &&
      guard !== undefined &&
      at.url === where.url &&
      at.line === where.line &&
      Math.abs((at.column ?? 0) - (where.column ?? 0)) <= PLACE_REACH,
  );
}

/**
 * A call of the widget's own that is not guarded has no other way to go: who
 * caught its error can only show that the work is not done. WebAssembly is
 * rejected, not thrown, and what stands behind its `catch` no reader tells.
 */
function isOwnCall({ where }: NetworkAttempt, bundle: BundleEvidence): boolean {
  return (
    where?.line !== undefined &&
    // What was loaded may be a package.
    !/^https?:/.test(where.url) &&
    bundle.files.some(({ name, parsed }) => parsed && name === where.url) &&
    !where.excerpt?.includes("WebAssembly")
  );
}

interface Host {
  /** Policy of the widget's document, or "". */
  readonly inner: string;
  readonly profile: HostProfile;
}

function findingFor(
  group: NetworkAttempt[],
  isHandled: (attempt: NetworkAttempt) => boolean,
  host: Host,
): RawFinding<Message>[] {
  const first = group[0];
  if (!first) return [];
  const handled = first.kind === "eval" && isHandled(first);
  return [
    {
      messageId: handled ? "evalHandled" : messageFor(first, host),
      data: {
        directive: first.directive,
        url: shortUrl(first.url),
        kind: first.kind,
        scheme: schemeOf(first.url),
        instead: insteadOf(first, host),
        count: total(group),
      },
      identity: ["directive", "url", "kind"],
      channel: channelOf(first.channels),
      ...(first.where ? { where: first.where } : {}),
      ...(handled ? { severity: "info" as const } : {}),
      ...(isExternal(first) ? { severity: "warning" as const } : {}),
    },
  ];
}

/** Chromium names no address where one of no server is asked for. */
const isExternal = ({ kind, url }: Pick<NetworkAttempt, "kind" | "url">): boolean => kind === "frame" && url === kind;

function messageFor({ kind, directive, url }: NetworkAttempt, { profile }: Host): Message {
  const scheme = schemeOf(url);
  if (kind === "eval") return "eval";
  if (kind === "worker" || directive === "worker-src") return "worker";
  if (kind === "base" || kind === "form") return kind;
  if (kind === "frame" || directive === "frame-src") return frameMessage({ kind, url }, profile);
  if (kind === "font" && scheme === "data:") return "data-font";
  if (scheme === "blob:" && (kind === "image" || kind === "media")) return "blob-media";
  return scheme === "data:" || scheme === "blob:" ? "inline-url" : "other";
}

function frameMessage(attempt: Pick<NetworkAttempt, "kind" | "url">, profile: HostProfile): Message {
  if (isExternal(attempt)) return "external";
  return listFor("frame-src", profile) ? "frame" : "frame-never";
}

/** What this host's policy lets through instead. */
function insteadOf({ directive, kind }: NetworkAttempt, { inner, profile }: Host): string {
  if (directive === null) return "";
  const isData = directiveSources(inner, directive)?.includes("data:") ?? false;
  const isDeclarable = listFor(directive, profile) !== null;
  const ways = [...(isData ? [`a data: ${kind}`] : []), ...(isDeclarable ? ["a declared origin"] : [])];
  return ways.length === 0 ? "" : `Use ${ways.join(", or ")}.`;
}

const schemeOf = (url: string): string => /^[a-z][a-z0-9+.-]*:/i.exec(url)?.[0]?.toLowerCase() ?? url;
/** `blob:` and `data:` addresses differ in every run: only their scheme names them. */
const shortUrl = (url: string): string => (/^(blob|data)(:|$)/.test(url) ? schemeOf(url) : url);
