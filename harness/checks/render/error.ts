import { defineCheck, failOrPass, review, type RawFinding } from "../define-check.ts";
import { isJudgedBy } from "../../../host/apis/index.ts";
import {
  CHOSEN_TRIALS,
  type AnsweredBy,
  type ApiUse,
  type Artifacts,
  type ConsoleEntry,
  type NetworkAttempt,
  type PropsEvidence,
  type Where,
} from "../../model/evidence.ts";
import { askedBefore, isMadeUp, RECORD_COMMAND, tellingStubs } from "../shared/evidence.ts";
import { failureOf } from "../shared/loads.ts";

export default defineCheck({
  id: "render/error",
  title: "Widget runs without an uncaught error",
  severity: "error",
  needs: ["console", "network", "apiUses", "props", "bridge", "document"],
  messages: {
    uncaught: "Uncaught: {text} ({count}×)",
    missing: "Uncaught: {text} ({count}×), as is to be expected while {script} does not load.",
    "made-up": `Uncaught: {text} ({count}×). What it was answered was made up: give the answers in a scenario (toolOutput, mocks), or record them (${RECORD_COMMAND}).`,
  },
  reasons: {
    stubbed: `"{text}" may come from a stub given for {url}: record the real answers (${RECORD_COMMAND})`,
    "result-made":
      '"{text}" may come from the result that was made for tool {tool}, which was not called: give toolInput or toolOutput in a scenario',
    "opened-by-widget":
      '"{text}" may come from what is missing: no tool names this resource, and what the widget that opens it hands over is not known. Give toolOutput in a scenario under its URI',
  },
  source: "docs/hosts.md#chatgpt-submission: the widget renders without console errors",
  inTrials: ["dark", "narrow", "pressed", ...CHOSEN_TRIALS],
  leavesOpen: true,
  breaksAtRunTime: true,
  run({ console, network: attempts, apiUses, props, bridge, document }, { isOpenedByWidget, trial }) {
    // What would replace the widget's document gives it no answer.
    const network = attempts.filter(({ escape }) => !escape);
    const errors = console.filter((entry) => entry.origin === "exception" && !isConsequence(entry, attempts, apiUses));
    if (errors.length === 0) return { outcome: "pass" };
    if ((document.explored ?? []).length > 0) {
      const isAlone = isOpenedByWidget === true && props.sizes.structuredContent === 0;
      return ofPresses(errors, { document, network, bridge }, isAlone || props.inventedResult !== undefined);
    }
    if (trial === "outage" || trial === "cancelled") return failOrPass(errors.map(withoutData));
    const text = firstLine(errors[0]?.text ?? "");
    const doubt = dataInDoubt(text, network, props, isOpenedByWidget);
    if (doubt) return doubt;
    const script = missingScript(network);
    const asked = unreadableAnswer(network);
    return failOrPass(errors.map((entry) => findingFor(placedAt(entry, asked), script)));
  },
});

/** Its own finding, an error, tells of it. */
const missingScript = (network: readonly NetworkAttempt[]): string | undefined =>
  network.find(
    (attempt) =>
      attempt.kind === "script" &&
      (attempt.outcome === "blocked-by-csp" || attempt.blockClass === "relative-url" || failureOf(attempt) !== null),
  )?.url;

type Found = RawFinding<"uncaught" | "missing" | "made-up">;

const NOT_JSON = /is not valid JSON|Unexpected end of JSON input/;
const ASKED_BY_CODE: ReadonlySet<NetworkAttempt["kind"]> = new Set(["fetch", "xhr"]);

/** The one answer that no JSON can be expected of: a body that is read has no place in the code. */
function unreadableAnswer(network: readonly NetworkAttempt[]): Where | undefined {
  const [one, ...others] = network.filter(
    ({ kind, outcome, status = 0, mimeType = "" }) =>
      ASKED_BY_CODE.has(kind) && outcome === "allowed" && (status >= 400 || !mimeType.includes("json")),
  );
  return others.length === 0 ? one?.where : undefined;
}

const placedAt = (entry: ConsoleEntry, asked: Where | undefined): ConsoleEntry =>
  entry.where || !asked || !NOT_JSON.test(entry.text) ? entry : { ...entry, where: asked };

type Pressed = Pick<Artifacts, "document" | "network" | "bridge">;

/** Each by the answers that the widget had got by then: over one that nobody gave, an error is a note. */
function ofPresses(errors: readonly ConsoleEntry[], { document, network, bridge }: Pressed, inDoubt: boolean) {
  const { toolCalls } = bridge;
  const findings = errors.map((entry) => {
    const asked = askedBefore(document, entry, { network, toolCalls });
    const finding: Found = findingFor(entry, missingScript(asked.network));
    return inDoubt || isMadeUp(asked.network, asked) ? overMadeUp(finding) : finding;
  });
  return failOrPass(findings);
}

const overMadeUp = (finding: Found): Found => ({
  ...finding,
  ...(finding.messageId === "uncaught" ? { messageId: "made-up" } : {}),
  severity: "info",
});

/** With other data, or other answers, nothing might be thrown. */
function dataInDoubt(
  text: string,
  network: readonly NetworkAttempt[],
  props: PropsEvidence,
  isOpenedByWidget: boolean | undefined,
) {
  const [stub] = tellingStubs(network);
  if (stub) return review("stubbed", { text, url: stub.url });
  if (props.inventedResult) return review("result-made", { text, tool: props.inventedResult.tool });
  return isOpenedByWidget && props.sizes.structuredContent === 0 ? review("opened-by-widget", { text }) : null;
}

/** Who sees no data may well be told so all the same: whether anything is, the screen says. */
const withoutData = (entry: ConsoleEntry): RawFinding<"uncaught" | "missing"> => ({
  ...findingFor(entry, undefined),
  severity: "warning",
});

/** A name that is not defined while a script is missing is one cause, not two. */
function findingFor(entry: ConsoleEntry, script: string | undefined): RawFinding<"uncaught" | "missing"> {
  const follows = script !== undefined && /^(Uncaught )?ReferenceError: \S+ is not defined/.test(entry.text);
  return {
    messageId: follows ? "missing" : "uncaught",
    data: { text: firstLine(entry.text), count: entry.count, ...(follows ? { script } : {}) },
    identity: ["text"],
    channel: "page-event",
    ...(follows ? { severity: "info" } : {}),
    ...(entry.where ? { where: entry.where } : {}),
  };
}

const firstLine = (text: string): string => (text.split("\n")[0] ?? "").slice(0, 300);

const ALWAYS_TOLD: ReadonlySet<string> = new Set(["relative-url", "mixed-content", "local-network"]);
const OF_SERVERS: ReadonlySet<string> = new Set(["cors", "corp"]);
const WORD_OF_SERVER: ReadonlySet<AnsweredBy> = new Set(["live", "server", "recording", "mock"]);
const isCapture = isJudgedBy("media-capture");

/** A finding that is an error names it; another cause is told by the error itself. */
function isToldAsError({ outcome, blockClass, answeredBy, escape }: NetworkAttempt): boolean {
  if (outcome === "blocked-by-csp" || outcome === "blocked-by-sandbox" || escape) return true;
  if (outcome === "allowed") return false;
  if (OF_SERVERS.has(blockClass)) return answeredBy !== undefined && WORD_OF_SERVER.has(answeredBy);
  return ALWAYS_TOLD.has(blockClass);
}

/** A rejected promise that only tells again what another check already finds. */
function isConsequence(
  { text }: ConsoleEntry,
  network: readonly NetworkAttempt[],
  apiUses: readonly ApiUse[],
): boolean {
  if (/Failed to fetch dynamically imported module|error loading dynamically imported module/.test(text))
    return network.some(
      (attempt) => isToldAsError(attempt) || (attempt.kind === "script" && failureOf(attempt) !== null),
    );
  if (/Failed to fetch|Failed to construct '(WebSocket|Worker|EventSource)'/.test(text))
    return network.some(isToldAsError);
  if (/NotAllowedError|SecurityError|InvalidStateError|Disallowed by permissions policy/.test(text))
    return apiUses.some((use) => use.blocked && use.returned !== "undefined" && !isCapture(use.api));
  return /Content Security Policy|EvalError/.test(text) && network.some(({ outcome }) => outcome === "blocked-by-csp");
}
