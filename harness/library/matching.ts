/** What an assertion says of evidence; the same for Playwright Test and Vitest. */
import { isRecord } from "../../host/csp/record.ts";
import { trialEvidence } from "../judge/trials.ts";
import type { BridgeEvidence, BridgeMessage, Evidence, Gathered, NetworkAttempt } from "../model/evidence.ts";
import type { WidgetRun } from "../model/result.ts";

/** What a matcher answers, as `expect.extend` of both runners takes it. */
export interface Matched {
  readonly pass: boolean;
  readonly message: () => string;
}

/** `*` matches any run of characters; an origin alone matches every address of it. */
export type Address = string | RegExp;

/** Text that a message to the conversation holds, or a message of the bridge by its method, with what its parameters hold at least. */
export type Sent = string | RegExp | { readonly method: string; readonly params?: unknown };

/** Of the main rendering and of every trial: what was asked for in one of them was asked for. */
const withTrials = (evidence: readonly Evidence[]): Evidence[] =>
  evidence.flatMap((one) => [one, ...trialEvidence(one).map(({ evidence: own }) => own)]);

/** @throws Error where it was not observed: that is neither a pass nor a fail */
function observed<T>({ widget, profile, scenario }: Evidence, gathered: Gathered<T>): T {
  if (gathered.status === "ok") return gathered.value;
  throw new Error(`${widget} (${profile}, ${scenario}) was not observed: ${gathered.error.message}`);
}

const attemptsOf = (evidence: readonly Evidence[]): NetworkAttempt[] =>
  withTrials(evidence).flatMap((one) => observed(one, one.artifacts.network));

const bridgesOf = (evidence: readonly Evidence[]): BridgeEvidence[] =>
  withTrials(evidence).map((one) => observed(one, one.artifacts.bridge));

const listed = (lines: readonly string[], none: string): string =>
  lines.length === 0 ? none : [...new Set(lines)].map((line) => `  ${line}`).join("\n");

/** @param isNot of `expect(…).not` */
const said =
  (isNot: boolean, what: string, seen: string): (() => string) =>
  () =>
    `expected the widget ${isNot ? "not " : ""}to have ${what}\n\nSeen:\n${seen}`;

export function requested(evidence: readonly Evidence[], address: Address, isNot = false): Matched {
  const attempts = attemptsOf(evidence);
  return {
    pass: attempts.some(({ url }) => isAddress(address, url)),
    message: said(isNot, `requested ${String(address)}`, attemptsSeen(attempts)),
  };
}

export function blocked(evidence: readonly Evidence[], address: Address, isNot = false): Matched {
  const attempts = attemptsOf(evidence);
  return {
    pass: attempts.some(({ url, outcome }) => isAddress(address, url) && outcome.startsWith("blocked")),
    message: said(isNot, `been blocked from ${String(address)}`, attemptsSeen(attempts)),
  };
}

const attemptsSeen = (attempts: readonly NetworkAttempt[]): string =>
  listed(
    attempts.map(({ kind, url, outcome, directive }) =>
      [kind, url, outcome, ...(directive === null ? [] : [`(${directive})`])].join(" "),
    ),
    "  no request",
  );

/** The pieces between the stars, each at its first place after the one before. */
function fitsGlob([first = "", ...others]: readonly string[], url: string): boolean {
  const last = others.at(-1) ?? "";
  if (!url.startsWith(first) || !url.endsWith(last)) return false;
  let at = first.length;
  for (const piece of others.slice(0, -1)) {
    const found = url.indexOf(piece, at);
    if (found === -1) return false;
    at = found + piece.length;
  }
  return at <= url.length - last.length;
}

export function isAddress(address: Address, url: string): boolean {
  if (address instanceof RegExp) return url.search(address) !== -1;
  if (address.includes("*")) return fitsGlob(address.split("*"), url);
  if (address === url) return true;
  if (!URL.canParse(address) || !URL.canParse(url)) return false;
  const [wanted, seen] = [new URL(address), new URL(url)];
  const isOrigin = wanted.pathname === "/" && wanted.search === "" && !address.endsWith("/");
  return wanted.href === seen.href || (isOrigin && wanted.origin === seen.origin);
}

export function calledTool(evidence: readonly Evidence[], name: string, args?: unknown, isNot = false): Matched {
  const bridges = bridgesOf(evidence);
  const calls = bridges.flatMap(({ messages }) => messages).flatMap(callIn);
  const pass = calls.some((call) => call.name === name && (args === undefined || isWithin(args, call.args)));
  if (!pass) refuseGaps(bridges.map(({ dropped }) => dropped));
  const withArgs = args === undefined ? "" : ` with ${JSON.stringify(args)}`;
  const seen = calls.map((call) => `${call.name} ${JSON.stringify(call.args)}`);
  return { pass, message: said(isNot, `called the tool ${name}${withArgs}`, listed(seen, "  no tool call")) };
}

function callIn({
  direction,
  kind,
  method,
  payload,
}: BridgeMessage): { readonly name: string; readonly args: unknown }[] {
  if (direction !== "to-host" || kind !== "request") return [];
  if (method === "tools/call" && isRecord(payload) && typeof payload.name === "string")
    return [{ name: payload.name, args: payload.arguments ?? {} }];
  if (method !== "callTool") return [];
  const [name, args = {}] = Array.isArray(payload) ? (payload as readonly unknown[]) : [payload];
  return typeof name === "string" ? [{ name, args }] : [];
}

const CONVERSATION = new Set(["ui/message", "sendFollowUpMessage"]);

export function sent(evidence: readonly Evidence[], what: Sent, isNot = false): Matched {
  const bridges = bridgesOf(evidence);
  const messages = bridges
    .flatMap((bridge) => bridge.messages)
    .filter(({ direction, kind }) => direction === "to-host" && kind !== "response");
  const pass = messages.some((message) => isSent(what, message));
  if (!pass) refuseGaps(bridges.map(({ dropped }) => dropped));
  const words = typeof what === "string" || what instanceof RegExp ? String(what) : JSON.stringify(what);
  const seen = messages.map(
    ({ method, payload }) => `${method} ${payload === undefined ? "" : JSON.stringify(payload).slice(0, 200)}`,
  );
  return { pass, message: said(isNot, `sent ${words}`, listed(seen, "  no message")) };
}

function isSent(what: Sent, { method, payload }: BridgeMessage): boolean {
  if (typeof what === "string" || what instanceof RegExp) {
    if (!CONVERSATION.has(method)) return false;
    const texts = textsIn(payload);
    return texts.some((text) => (typeof what === "string" ? text.includes(what) : text.search(what) !== -1));
  }
  return method === what.method && (what.params === undefined || isWithin(what.params, payload));
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** A message that was not kept may have been the one that is asked about. */
function refuseGaps(dropped: readonly number[]): void {
  const count = dropped.reduce((sum, one) => sum + one, 0);
  if (count > 0) throw new Error(`${count} messages of the widget were counted and not kept: it cannot be told.`);
}

/** `expect.any(…)` and the like, of either runner. */
const isMatcher = (wanted: unknown): wanted is { asymmetricMatch(seen: unknown): boolean } =>
  isRecord(wanted) && typeof wanted.asymmetricMatch === "function";

/** Objects hold at least these fields; `expect.any(…)` and the like decide by themselves. */
export function isWithin(wanted: unknown, seen: unknown): boolean {
  if (isMatcher(wanted)) return wanted.asymmetricMatch(seen);
  if (Array.isArray(wanted))
    return Array.isArray(seen) && wanted.length === seen.length && wanted.every((one, at) => isWithin(one, seen[at]));
  if (isRecord(wanted))
    return isRecord(seen) && Object.entries(wanted).every(([name, value]) => isWithin(value, seen[name]));
  return Object.is(wanted, seen);
}

/** @throws Error where the verdict is open: that is neither a pass nor a fail */
export function worksIn(runs: readonly WidgetRun[], profile: string): Matched {
  const own = runs.filter((run) => run.profile === profile);
  if (own.length === 0) throw new Error(`Nothing was checked under "${profile}"; there is ${namesOf(runs)}.`);
  const failed = own.filter(({ verdict }) => verdict === "fail");
  const open = own.filter(({ verdict }) => verdict === "incomplete");
  if (failed.length === 0 && open.length > 0)
    throw new Error(
      `Whether it works in ${profile} was not seen:\n${listed(open.flatMap(openIn), "  nothing was observed")}`,
    );
  return {
    pass: failed.length === 0,
    message: () =>
      failed.length === 0
        ? `expected the widget not to work in ${profile}, and nothing was found`
        : `expected the widget to work in ${profile}\n\n${listed(failed.flatMap(findingsIn), "  (no finding is told)")}`,
  };
}

const namesOf = (runs: readonly WidgetRun[]): string =>
  [...new Set(runs.map(({ profile }) => profile))].join(", ") || "none";

const openIn = ({ checks }: WidgetRun): string[] =>
  checks.flatMap(({ id, open, reason }) => (open ? [`${id}: ${reason?.message ?? "could not be decided"}`] : []));

const findingsIn = ({ checks }: WidgetRun): string[] =>
  checks.flatMap(({ id, outcome, severity, findings }) =>
    outcome !== "fail"
      ? []
      : findings
          .filter((finding) => (finding.severity ?? severity) !== "info")
          .map(
            ({ message, where }) =>
              `${id}: ${message}${where ? ` (${[where.url, where.line, where.column].filter(Boolean).join(":")})` : ""}`,
          ),
  );
