/** How a finding came to be: declared, in force, asked, answered, seen. */
import type { NetworkAttempt } from "../../../harness/model/evidence.ts";
import type { Finding, WidgetRun } from "../../../harness/model/result.ts";
import { directiveSources, innerPolicy } from "../../csp/policy.ts";
import type { CspList } from "../../profiles/types.ts";
import { LABELS, textsOf, type ChainFrom, type Label } from "./chain-kinds.ts";
import { listsOf, type CspLists } from "./edited-meta.ts";

const LISTS: readonly CspList[] = ["connect", "resource", "frame", "redirect", "base"];

/** The request that it is about; null where it is about none. */
export function attemptOf({ data, where }: Finding, { network }: WidgetRun): NetworkAttempt | null {
  const about = network.filter(({ url, origin }) => url === data.url || origin === data.origin || origin === data.url);
  const here = about.filter((one) => one.where?.line !== undefined && one.where.line === where?.line);
  const bad = (attempts: readonly NetworkAttempt[]) => attempts.find(({ outcome }) => outcome !== "allowed");
  return bad(here) ?? bad(about) ?? here[0] ?? about[0] ?? null;
}

/** Empty where no more is known than what the finding says. @param check its id */
export function chainOf(
  check: string,
  finding: Finding,
  from: ChainFrom,
): { readonly label: Label; readonly text: string }[] {
  const { run } = from;
  const attempt = attemptOf(finding, run);
  const texts = attempt ? requestTexts(attempt, run) : textsOf(check, finding, from);
  if (!texts) return [];
  const written = finding.declaredAt ?? run.declaredAt;
  // Without a line it is the project's file of packages, which declares nothing.
  const place = written?.line ? ` (${[written.file ?? written.url, written.line].filter(Boolean).join(":")})` : "";
  const all: Partial<Record<Label, string>> = {
    ...texts,
    ...(texts.Declared ? { Declared: `${texts.Declared}${place}` } : {}),
    "What the user sees": seenText(run),
  };
  return LABELS.flatMap((label) => (all[label] ? [{ label, text: all[label] }] : []));
}

const requestTexts = (attempt: NetworkAttempt, run: WidgetRun) => ({
  Declared: declaredText(attempt, run),
  "In force": policyText(attempt, run),
  "Asked for": askedText(attempt),
  Answer: answerText(attempt),
});

function declaredText({ list }: NetworkAttempt, { policy: { declared } }: WidgetRun): string {
  if (!declared?.from) return "nothing";
  if (!list) return `nothing of the declaration speaks of it (${declared.from})`;
  const entries = declared[list];
  return `${declared.from}, ${list}: ${entries.length > 0 ? entries.join(", ") : "no entry"}`;
}

function policyText({ directive }: NetworkAttempt, { policy: { effective } }: WidgetRun): string {
  if (directive === null) return "no directive of a policy governs it";
  const inner = innerPolicy(effective)?.value;
  const sources = inner === undefined ? null : directiveSources(inner, directive);
  return sources === null ? `${directive}: not restricted` : `${directive} ${sources.join(" ")}`;
}

function askedText({ kind, url, count, method, redirectedFrom = [], where }: NetworkAttempt): string {
  const place = where
    ? ` at ${[where.file ?? where.url, where.line].filter((part) => part !== undefined).join(":")}`
    : "";
  const hops = redirectedFrom.length > 0 ? `, reached from ${redirectedFrom.join(" → ")}` : "";
  return `${kind}${method && method !== "GET" ? ` ${method}` : ""} ${url}${count > 1 ? `, ${count} times` : ""}${place}${hops}`;
}

const BY: Readonly<Record<NonNullable<NetworkAttempt["answeredBy"]>, string>> = {
  mock: "by a mock",
  recording: "by a recording",
  stub: "by a stub of Sandglass: nobody gave this answer",
  live: "by the network",
  server: "by the server",
  "sandbox-host": "by the sandbox's own host",
  refused: "refused",
  "refused-local": "not asked: it is at an address of this network",
  unreachable: "by nobody: it could not be reached",
};

function answerText({ outcome, answeredBy, status, error, cors }: NetworkAttempt): string {
  if (outcome === "blocked-by-csp") return "none: the policy blocked it before it left";
  if (outcome === "blocked-by-sandbox") return "none: the sandbox blocked it";
  const allowed = cors ? `, access-control-allow-origin: ${cors.allowOrigin ?? "none"}` : "";
  const by = answeredBy ? ` ${BY[answeredBy]}` : "";
  return `${status ?? "an answer"}${by}${allowed}${error ? `; ${error}` : ""}`;
}

function seenText({ console: entries, ended }: WidgetRun): string {
  const error = entries.find(({ origin }) => origin === "exception") ?? entries.find(({ level }) => level === "error");
  const rest = ended === "settled" ? "" : `, and the rendering ended: ${ended}`;
  return error
    ? `whatever the widget makes of: ${error.text.split("\n")[0] ?? ""}${rest}`
    : `no error was thrown${rest}`;
}

/** The declaration with what the finding asks for; null where no entry would mend it, or it stands there already. */
export function fixOf(check: string, finding: Finding, run: WidgetRun, lists: CspLists): CspLists | null {
  const attempt = attemptOf(finding, run);
  // Declared with nothing in it is declared: the strict default gives way to the policy of published widgets.
  const isOfDeclaration = check === "csp/declaration" && finding.messageId === "missing";
  if (!attempt && isOfDeclaration && !run.policy.declared?.from) return listsOf(lists);
  if (attempt?.outcome !== "blocked-by-csp" || attempt.blockClass !== "csp-expressible") return null;
  const list = LISTS.find((one) => one === attempt.list);
  if (!list || lists[list].includes(attempt.origin)) return null;
  return { ...listsOf(lists), [list]: [...lists[list], attempt.origin] };
}
