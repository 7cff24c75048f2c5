/** What the checks of `expect/*` share: one meaning of seen, of not seen, and of what cannot be told. Not a check. */
import type { Artifacts, ExpectationsEvidence, Screen } from "../../model/evidence.ts";
import {
  assertedOf,
  expectationWords,
  isNegated,
  kindOf,
  type Asserted,
  type ExpectationKind,
} from "../../model/expectation.ts";
import { wasSeen, type SeenUntil } from "../../model/expectation-met.ts";
import {
  contextsIn,
  isClipped,
  messagesToConversation,
  modesAskedIn,
  saysText,
  toolCallsIn,
} from "../../model/matching.ts";
import { fillTemplate } from "../../model/notes.ts";
import type { Cap, Note, TagData } from "../../model/tags.ts";
import { failOrPass, inapplicable, review, type CheckContext, type Outcome, type RawFinding } from "../define-check.ts";
import { tellingStubs } from "./evidence.ts";
import { renderingOf } from "./trials.ts";

type Observed = Pick<Artifacts, "expectations" | "bridge" | "network" | "document" | "props" | "trials">;
type Asked = ExpectationsEvidence["asked"][number];
type Message = "missing" | "present" | "gone";
type Reason = keyof typeof REASONS;

const REASONS = {
  none: "the scenario expects nothing of the kind",
  "step-failed": "{expected}: a step of the scenario failed, and what comes after it was not seen: {step}",
  "not-looked-at": "{expected}: the widget could not be looked at",
  "screen-cut": "{expected}: there is more on the screen than is read",
  dropped: "{expected}: more was seen than is kept",
  clipped: "{expected}: a message of the widget was too long to be kept whole, and may have been it",
  "not-settled": "{expected}: the widget did not come to rest ({ended}), and what comes later was not seen",
  "life-cut": "{expected}: the widget's life was not seen to its end ({ended})",
  stubbed:
    "{expected}: {url} got an answer that nobody gave, and what the widget does with the real one was not seen. Give mocks, or record: sandglass check TARGET --network live --record FILE.har, then --replay FILE.har",
  "no-server":
    'the call of {tool} had no server to answer it, and what comes of it was not seen: {expected}. Give the scenario a "tools" entry',
  "result-made": "{expected}: the widget was not seen with a result that its tool gave",
} as const;

/** Fields that all of them have. */
export const EXPECTING = {
  severity: "error",
  needs: ["expectations", "bridge", "network", "document", "props", "trials"],
  messages: {
    missing: "The scenario expects {expected}{when}, and it was not seen. Seen: {seen}.",
    present: "The scenario rules out {expected}{when}, and it was seen: {seen}.",
    gone: "The scenario expects {expected} at the end: it was there when the widget came to rest, and later it is gone. Seen at the end: {seen}. If it is meant to go, expect it in a step.",
  },
  reasons: REASONS,
  source: "The scenario itself; docs/expect.md: what it may expect, and when that is looked at",
  leavesOpen: true,
  breaksAtRunTime: true,
} as const;

/** Judges what the scenario expects of these kinds. */
export function judgeExpectations(
  kinds: readonly ExpectationKind[],
  observed: Observed,
  { trial = "main" }: Pick<CheckContext, "trial">,
): Outcome<Message, Reason> {
  const own = observed.expectations.asked.filter(({ expectation }) => kinds.includes(kindOf(expectation)));
  // In another trial only what must not be is looked for.
  const asked =
    trial === "main" ? own : own.filter(({ expectation, step }) => isNegated(expectation) && step === undefined);
  if (asked.length === 0) return inapplicable("none");
  const judged = asked.map((one) => judgeOne(one, observed));
  const findings = judged.flatMap(({ finding }) => finding ?? []);
  const open = judged.find(({ reason }) => reason !== undefined)?.reason;
  if (findings.length > 0 || !open || trial !== "main") return failOrPass(findings);
  return review(open.id, open.data);
}

interface Judged {
  readonly finding?: RawFinding<Message>;
  readonly reason?: Note<Reason>;
}

function judgeOne(asked: Asked, observed: Observed): Judged {
  const { expectation, step } = asked;
  const expected = expectationWords(expectation);
  const isOfStep = step !== undefined;
  if (isOfStep && !asked.seen) return { reason: { id: "step-failed", data: { expected, step: failedStep(observed) } } };
  const asserted = assertedOf(expectation);
  const seen = seenUntil(asked, observed);
  if (wasSeen(asserted, seen)) return isNegated(expectation) ? { finding: findingOf("present", asked, seen) } : {};
  const unsure = isOfStep ? doubtAt(asserted, seen, observed) : doubtAtEnd(asserted, seen, observed);
  if (unsure) return { reason: { id: unsure.id, data: { expected, ...unsure.data } } };
  if (isNegated(expectation)) return {};
  return { finding: findingOf(!isOfStep && wasThere(asserted, observed) ? "gone" : "missing", asked, seen) };
}

const failedStep = ({ document }: Observed): string => document.stepFailure?.step ?? "it was not reached";

function seenUntil({ step, seen }: Asked, { expectations, bridge, network }: Observed): SeenUntil {
  const urls = bridge.externalLinks.map(({ url }) => url);
  if (step === undefined || !seen)
    return {
      screen: expectations.screen,
      messages: bridge.messages,
      links: urls,
      requests: network.map(({ url }) => url),
    };
  return {
    screen: seen.screen,
    messages: bridge.messages.slice(0, seen.messages),
    links: urls.slice(0, seen.links),
    requests: seen.requests,
  };
}

const ON_SCREEN: ReadonlySet<ExpectationKind> = new Set(["text", "role"]);
const IN_MESSAGES: ReadonlySet<ExpectationKind> = new Set(["tool", "message", "context", "displayMode"]);

type Doubt = Note<Reason> | null;
const doubt = (id: Reason, data: TagData = {}): Doubt => ({ id, data });

/** What a rendering that is over tells of whether more may have come. */
export type SeenWhole = Pick<Observed, "bridge" | "network" | "document" | "props">;

/** Why what was not seen in a whole rendering may have been there all the same, and in words; null: it was not there. */
export function absenceDoubt(
  asserted: Asserted,
  seen: SeenWhole,
): { readonly id: Reason; readonly text: string } | null {
  const unsure = doubtAtEnd(asserted, { screen: null, messages: seen.bridge.messages, links: [], requests: [] }, seen);
  if (!unsure) return null;
  return {
    id: unsure.id,
    text: fillTemplate(REASONS[unsure.id], { expected: expectationWords(asserted), ...unsure.data }),
  };
}

/** Records that may tell of a request, of which not all were kept. */
export const ofRequests: ReadonlySet<Cap["kind"]> = new Set([
  "request",
  "arrival",
  "navigation",
  "csp-violation",
  "browser-message",
  "record",
]);

/** Why something may have been there all the same, and was not seen. */
function doubtAt(asserted: Asserted, { screen, messages }: SeenUntil, observed: SeenWhole): Doubt {
  const { bridge, document, network, props } = observed;
  const kind = kindOf(asserted);
  if (ON_SCREEN.has(kind) && screen === null) return doubt("not-looked-at");
  if (ON_SCREEN.has(kind) && screen?.cut) return doubt("screen-cut");
  if (IN_MESSAGES.has(kind) && bridge.dropped > 0) return doubt("dropped");
  if (isAnyClipped(kind, messages)) return doubt("clipped");
  if (document.caps.some((cap) => mayTellOf(kind, cap))) return doubt("dropped");
  const [stub] = tellingStubs(network);
  if (stub) return doubt("stubbed", { url: stub.url });
  const unanswered = bridge.toolCalls.find(({ refusal }) => refusal === "no-server");
  if (unanswered) return doubt("no-server", { tool: unanswered.name });
  return props.inventedResult || props.noResult ? doubt("result-made") : null;
}

const mayTellOf = (kind: ExpectationKind, cap: Cap): boolean =>
  !ON_SCREEN.has(kind) && (kind !== "request" || ofRequests.has(cap.kind));

/** Of the messages that it may have been. */
function isAnyClipped(kind: ExpectationKind, messages: SeenUntil["messages"]): boolean {
  if (kind === "tool") return toolCallsIn(messages).some(({ clipped }) => clipped);
  if (kind === "message") return messagesToConversation(messages).some(({ payload }) => isClipped(payload));
  return kind === "context" && contextsIn(messages).some(({ payload }) => isClipped(payload));
}

function doubtAtEnd(asserted: Asserted, seen: SeenUntil, observed: SeenWhole): Doubt {
  const { ended, stepFailure, lived } = observed.document;
  if (stepFailure) return doubt("step-failed", { step: stepFailure.step });
  if (ended !== "settled") return doubt("not-settled", { ended });
  if (lived && lived.ended !== "whole" && lived.ended !== "at-rest") return doubt("life-cut", { ended: lived.ended });
  return doubtAt(asserted, seen, observed);
}

/** On the screen when the widget came to rest, before its life went on. */
function wasThere(asserted: Asserted, { trials }: Observed): boolean {
  const atRest = renderingOf(trials, "main")?.atRest;
  return "text" in asserted && atRest !== undefined && saysText(atRest.text, asserted.text);
}

function findingOf(messageId: Message, { expectation, step, where }: Asked, seen: SeenUntil): RawFinding<Message> {
  const asserted = assertedOf(expectation);
  return {
    messageId,
    data: {
      expected: expectationWords(expectation),
      when: step === undefined ? "" : ` in step ${step + 1}`,
      seen: seenWords(asserted, seen),
    },
    identity: ["expected", "when"],
    channel: channelOf(kindOf(asserted)),
    ...(where ? { where } : {}),
  };
}

function channelOf(kind: ExpectationKind): RawFinding["channel"] {
  if (kind === "request") return "network";
  return ON_SCREEN.has(kind) ? "dom" : "stage";
}

const QUOTE_CHARACTERS = 160;
const QUOTED = 6;

/** What was there of the kind, for people. */
function seenWords(asserted: Asserted, { screen, messages, links, requests }: SeenUntil): string {
  if ("text" in asserted) return textWords(screen);
  if ("role" in asserted)
    return listed(
      (screen?.elements ?? []).filter(({ role }) => role === asserted.role).map(({ name }) => JSON.stringify(name)),
      `no ${asserted.role}`,
    );
  if ("tool" in asserted)
    return listed(
      toolCallsIn(messages).map(({ name, args }) => `${name} ${JSON.stringify(args)}`),
      "no tool call",
    );
  if ("message" in asserted) return listed(payloads(messagesToConversation(messages)), "no message");
  if ("context" in asserted) return listed(payloads(contextsIn(messages)), "no context");
  if ("link" in asserted) return listed(links, "no link");
  if ("request" in asserted) return listed(requests, "no request");
  return listed(modesAskedIn(messages), "no display mode");
}

const textWords = (screen: Screen | null): string =>
  screen === null || screen.text === ""
    ? "no text"
    : `"${short(screen.text.replaceAll("\u001f", "").replaceAll("\n", " / "))}"`;

const payloads = (messages: readonly { readonly payload?: unknown }[]): string[] =>
  messages.map(({ payload }) => JSON.stringify(payload ?? null));

const short = (text: string): string => (text.length > QUOTE_CHARACTERS ? `${text.slice(0, QUOTE_CHARACTERS)}…` : text);

function listed(all: readonly string[], none: string): string {
  const each = [...new Set(all)];
  if (each.length === 0) return none;
  const more = each.length > QUOTED ? ` and ${each.length - QUOTED} more` : "";
  return each.slice(0, QUOTED).map(short).join(", ") + more;
}
