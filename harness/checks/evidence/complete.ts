import { unknownFacts, unknownOfRequests } from "../../../host/csp/facts.ts";
import { defineCheck, review } from "../define-check.ts";
import { hostPortOf } from "../../model/host-port.ts";
import { noResultMessage } from "../../model/notes.ts";
import type { BundleEvidence, DocumentEvidence, NetworkAttempt } from "../../model/evidence.ts";
import { companionsOf } from "../shared/companions.ts";
import { RECORD_COMMAND } from "../shared/evidence.ts";
import { isUnreached, placeNameOf } from "../shared/reach.ts";

export default defineCheck({
  id: "evidence/complete",
  title: "Widget was seen at work",
  severity: "error",
  needs: ["document", "network", "props", "bundle"],
  messages: {},
  reasons: {
    unreachable:
      "{origin} could not be reached from here: what the widget does with its answer was not seen. Run again where the network reaches it, or give mocks.",
    "refused-local":
      "{origin} is at an address of this machine or its network, which is not asked unless it is named: what the widget does with its answer was not seen. Give mocks, or add --allow-local {hostPort}",
    "script-stubbed": `offline, {url}, an allowed script (of {scripts}), got an empty answer: what the widget does once it has loaded was not seen. Give mocks, or record: ${RECORD_COMMAND}`,
    "sheet-stubbed": `offline, {url}, a style sheet, got an empty answer: the fonts and pictures that it names were not seen. Give mocks, or record: ${RECORD_COMMAND}`,
    "answer-stubbed": `offline, {url} got an empty answer, and {place} asks for an address that only run time knows ({code}): if it comes with that answer, it was not seen. Give mocks, or record: ${RECORD_COMMAND}`,
    "answer-read": `offline, {url} got an empty answer, and the widget reads it: what it does with a real one was not seen. Give mocks, or record: ${RECORD_COMMAND}`,
    "stream-stubbed": `offline, no event came from {url}, a stream: what the widget does with one was not seen. Give mocks (content-type: text/event-stream), or record: ${RECORD_COMMAND}`,
    "no-result": "the widget was not seen with a result: {detail}",
    "result-made":
      "tool {tool} was not called, and the widget was shown with a result made from its output schema: give toolInput or toolOutput in a scenario, or allow calls with --allow-calls",
    "result-made-unasked":
      "tool {tool} was not called, since it says, or its name does, that it destroys, and the widget was shown with a result made from its output schema: give toolInput or toolOutput in a scenario",
    unread: "{file} could not be read ({problem}): what its code asks for beyond this run is not known",
    dropped:
      "more was seen than is kept ({dropped}: {kinds}), and what was not kept is not judged. Raise limits.records in the config, or let the widget do less",
    "worker-timers":
      "{timers} timer(s) of workers were too long to wait for: workers keep real time, so that what these would do was not seen",
    "host-unknown":
      "of {host} this is not known: {facts}. It was shown with nothing refused in their place, so that what it lacks there was not seen",
    "browser-flags":
      "the browser was not started by Sandglass, and without {flags} ({first}, …): storage, workers, WebRTC and frames may behave otherwise in it. docs/remote.md has the command",
    "step-failed": "a step of the scenario failed, so what it leads to was not seen: {step}: {error}",
  },
  source: "README.md, what a verdict means: what could not be observed is not passed",
  leavesOpen: true,
  isPremise: true,
  run({ document, network, props, bundle }, { profile }) {
    const stubbed = network.filter(
      (attempt) => attempt.kind === "script" && attempt.answeredBy === "stub" && attempt.outcome !== "blocked-by-csp",
    );
    const [first] = stubbed;
    if (first) return review("script-stubbed", { url: first.url, scripts: stubbed.length });
    const leading = leadingStub(network, bundle);
    if (leading) return leading;
    const lost = network.find(({ answeredBy }) => answeredBy === "unreachable");
    if (lost) return review("unreachable", { origin: lost.origin });
    const local = network.find(
      ({ answeredBy, blockClass }) => answeredBy === "refused-local" && blockClass === "unreachable",
    );
    if (local) return review("refused-local", { origin: local.origin, hostPort: hostPortOf(new URL(local.url)) });
    if (props.noResult)
      return review("no-result", {
        reason: props.noResult.reason,
        tool: props.noResult.tool,
        detail: noResultMessage(props.noResult),
      });
    if (props.inventedResult) {
      const { tool, reason } = props.inventedResult;
      return review(reason === "destructive" ? "result-made-unasked" : "result-made", { tool });
    }
    const unread = bundle.files.find((file) => file.unread);
    if (unread) return review("unread", { file: unread.name, problem: unread.problem ?? "" });
    const lacking = lackingIn(document);
    if (lacking) return lacking;
    const unknown = [
      ...unknownFacts(profile),
      ...(network.some(mayBeRefusedOutside) ? unknownOfRequests(profile) : []),
    ];
    return unknown.length > 0
      ? review("host-unknown", { host: profile.title, facts: unknown.join(", ") })
      : { outcome: "pass" };
  },
});

const OF_THE_WIDGET: ReadonlySet<NetworkAttempt["initiator"]> = new Set(["document", "worker", "frame"]);

/** The widget's own policy let it through: one of the frame around it, which acts on the widget too, may not. */
const mayBeRefusedOutside = ({ directive, outcome, initiator }: NetworkAttempt): boolean =>
  directive !== null && outcome !== "blocked-by-csp" && OF_THE_WIDGET.has(initiator);

/** What was not waited for or reached, what the browser was not told, and what was seen and not kept. */
function lackingIn({ pendingTimers: timers = 0, stepFailure, browserLacks = [], caps }: DocumentEvidence) {
  if (timers > 0) return review("worker-timers", { timers });
  if (stepFailure) return review("step-failed", { ...stepFailure });
  const [flag] = browserLacks;
  if (flag !== undefined) return review("browser-flags", { flags: `${browserLacks.length} of its flags`, first: flag });
  if (caps.length === 0) return null;
  return review("dropped", {
    dropped: caps.reduce((sum, { dropped }) => sum + dropped, 0),
    kinds: caps.map(({ kind }) => kind).join(", "),
  });
}

/** Hosts of published packages, whose style sheets name files beside themselves. */
const BESIDE_THEMSELVES = /^https:\/\/(?:[\w-]+\.)*(?:jsdelivr\.net|unpkg\.com|esm\.sh|cdnjs\.cloudflare\.com)\//;
const ANSWERED_WITH_DATA: ReadonlySet<NetworkAttempt["kind"]> = new Set(["fetch", "xhr", "eventsource", "websocket"]);

/** A made-up answer in place of one that may have named further addresses. */
function leadingStub(network: readonly NetworkAttempt[], { uses }: BundleEvidence) {
  const stubs = network.filter(({ answeredBy, outcome }) => answeredBy === "stub" && outcome !== "blocked-by-csp");
  const sheet = stubs.find(
    ({ kind, url }) => kind === "stylesheet" && !BESIDE_THEMSELVES.test(url) && companionsOf(url, kind).length === 0,
  );
  if (sheet) return review("sheet-stubbed", { url: sheet.url });
  const answer = stubs.find(({ kind, bodyRead }) => ANSWERED_WITH_DATA.has(kind) && bodyRead !== false);
  const led = answer && uses.find((use) => isUnreached(use, network));
  if (answer && led) return review("answer-stubbed", { url: answer.url, place: placeNameOf(led), code: led.detail });
  const read = stubs.find((stub) => OF_THE_WIDGET.has(stub.initiator) && isRead(stub));
  if (read) return review("answer-read", { url: read.url });
  const stream = stubs.find((stub) => OF_THE_WIDGET.has(stub.initiator) && stub.kind === "eventsource");
  return stream ? review("stream-stubbed", { url: stream.url }) : null;
}

/** What telemetry sends is answered, too, and nobody reads that. Libraries read each answer of XHR: what was asked for tells. */
function isRead({ kind, method, bodyRead = false }: NetworkAttempt): boolean {
  return (kind === "fetch" && bodyRead) || (kind === "xhr" && method === "GET");
}
