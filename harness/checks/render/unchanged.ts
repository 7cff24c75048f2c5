import type { HostProfile } from "../../../host/profiles/types.ts";
import { defineCheck, failOrPass, inapplicable, review, type Outcome } from "../define-check.ts";
import type {
  Artifacts,
  BridgeEvidence,
  NetworkAttempt,
  PropsEvidence,
  Shown,
  TrialsEvidence,
} from "../../model/evidence.ts";
import type { TagData } from "../../model/tags.ts";
import { common, isPicture, partsOf, without, wordsOf } from "../../model/shown.ts";
import { holeIn, isErrorState, loggedError, showsAny, tellsOfFailure } from "../shared/broken-states.ts";
import { RECORD_COMMAND, tellingStubs } from "../shared/evidence.ts";
import { isEmptyState, isLoading, NOT_RUN, quoted, renderingOf, shownIn, whyNotRun } from "../shared/trials.ts";

export default defineCheck({
  id: "render/unchanged",
  title: "Widget shows something of its result",
  severity: "error",
  isAboutWhole: true,
  needs: ["trials", "bridge", "network", "props", "console", "document"],
  messages: {
    loading: "With its result the widget shows {shown}, the same as without: it never gets beyond its loading state.",
    stripped:
      "The widget shows {shown}, as without a result: {host} gives it the result's content alone, without structuredContent and _meta. Show what content says, or call a tool of your own for the data.",
    failed:
      "With its result the widget shows {shown} and logged {text}, though its tool did not fail, nor anything that it asked for: it cannot show this result.",
    hole: "The widget shows {hole} where a value should stand, in {shown}: it reads what the result does not have.",
    empty: "With its result the widget shows {shown}, the same as without: it never gets beyond its empty state.",
  },
  reasons: {
    ...NOT_RUN,
    "not-seen": "the widget could not be looked at without its result",
    "main-not-seen": "the widget could not be looked at with its result",
    "nothing-carried": "the result holds nothing to show",
    expected: "the scenario expects it unchanged",
    same: 'the widget shows {shown} with its result as without, and nothing of the result was seen to be used. If that is meant, say so in the scenario: "expects": "unchanged"',
    "still-loading":
      "the widget shows {shown} with its result as without, though it read the result or asked for more: it still waits, or it does not show what it got",
    stubbed: `the widget shows {shown} with its result as without, and {requests} allowed request(s) got a stub for an answer, {url} first: record the real answers (${RECORD_COMMAND})`,
    "error-over-stub": `the widget shows {shown}, and {requests} allowed request(s) got a stub for an answer, {url} first: record the real answers (${RECORD_COMMAND})`,
    "waits-over-stub":
      "the widget shows {shown}, and nothing ever came over {url}, which was opened and not answered: what it shows then was not seen",
    boxes:
      'with its result the widget shows boxes alone, without a word or a picture, as without. If that is meant, say so in the scenario: "expects": "unchanged"',
    "error-state":
      'with its result the widget shows {shown}, though neither its tool nor anything that it asked for failed, and nothing that it caught was logged. If that is meant, say so in the scenario: "expects": "unchanged"',
    overlooked:
      'with its result the widget shows {shown}, and read nothing of {list}, which is not empty: it looks for its data elsewhere. If that is meant, say so in the scenario: "expects": "unchanged"',
    "result-made":
      "the widget shows {shown} with the result that was made for tool {tool} as without: give toolInput or toolOutput in a scenario",
  },
  source: "docs/hosts.md#chatgpt-submission: the widget renders",
  leavesOpen: true,
  breaksAtRunTime: true,
  run({ trials, bridge, network, props, console, document }, { profile }) {
    const because = whyNotRun(trials, "control");
    if (because === "not-seen") return review("not-seen");
    if (because !== null) return inapplicable(because, { trial: "control" });
    if (!trials.result.carries) return inapplicable("nothing-carried");
    if (trials.expectsUnchanged) return inapplicable("expected");
    const main = shownIn(trials, "main");
    if (!main) return inapplicable("main-not-seen");
    const isBlank = showsNothing(main);
    if (isBlank && document.boxesAlone) return review("boxes");
    const broken = props.inventedResult ? null : brokenState(main, { trials, bridge, network, console });
    if (broken) return broken;
    if (isBlank || isChanged(trials, main)) return passUnlessOverlooked(main, trials, props);
    if (usesResult(trials, main) || fetchesItself(bridge, network))
      return isLoading(main)
        ? review("still-loading", { shown: quoted(main) })
        : passUnlessOverlooked(main, trials, props);
    return outcomeFor(main, tellingStubs(network), props, profile);
  },
});

/** Nothing at all is another check's. */
const showsNothing = ({ text, pictures, waiting }: Shown): boolean => text === "" && pictures.length === 0 && !waiting;

function outcomeFor(
  main: Shown,
  stubs: readonly NetworkAttempt[],
  { inventedResult }: PropsEvidence,
  profile: HostProfile,
) {
  const shown = quoted(main);
  const [stub] = stubs;
  if (stub) return review("stubbed", { shown, requests: stubs.length, url: stub.url });
  if (inventedResult) return review("result-made", { shown, tool: inventedResult.tool });
  const [loading, empty] = [isLoading(main), isEmptyState(main)];
  if (!loading && !empty) return review("same", { shown });
  if (profile.bridge.deliveredResult.value === "content-only")
    return failure("stripped", { shown, host: profile.title });
  return failure(loading ? "loading" : "empty", { shown });
}

type Around = Pick<Artifacts, "trials" | "bridge" | "network" | "console">;

/** Over a result and answers that are in order. */
function brokenState(
  main: Shown,
  { trials, bridge, network, console }: Around,
): Outcome<"failed" | "hole", "error-over-stub" | "waits-over-stub" | "error-state"> | null {
  const isInOrder =
    trials.isError === false &&
    bridge.toolCalls.every(({ outcome }) => outcome === "ok") &&
    network.every(({ outcome, status = 0 }) => outcome === "allowed" && status < 400);
  if (!isInOrder) return null;
  const failed = isErrorState(main) && !showsAny(main, trials.result.words);
  const stubs = tellingStubs(network);
  const [stub] = stubs;
  if (stub)
    return failed
      ? review("error-over-stub", { shown: quoted(main), requests: stubs.length, url: stub.url })
      : silentOver(main, stubs);
  const logged = failed ? loggedError(console) : undefined;
  if (logged) {
    const data = { shown: quoted(main), text: (logged.text.split("\n")[0] ?? "").slice(0, 200) };
    const where = logged.where ? { where: logged.where } : {};
    return failOrPass([{ messageId: "failed", data, identity: [], channel: "probe", ...where }]);
  }
  if (failed && !tellsOfFailure(trials.result.words)) return review("error-state", { shown: quoted(main) });
  const found = holeIn(main, shownIn(trials, "control"), trials);
  if (found === null) return null;
  const { hole, isWhole } = found;
  const severity = isWhole ? {} : { severity: "warning" as const };
  return failOrPass([
    { messageId: "hole", data: { hole, shown: quoted(main) }, identity: ["hole"], channel: "probe", ...severity },
  ]);
}

/** It says that it waits, or that there is nothing, over what was opened and never answered. */
function silentOver(main: Shown, stubs: readonly NetworkAttempt[]): Outcome<never, "waits-over-stub"> | null {
  const silent = stubs.find(({ kind }) => kind === "websocket" || kind === "eventsource");
  const waits = isLoading(main) || isEmptyState(main);
  return silent && waits ? review("waits-over-stub", { shown: quoted(main), url: silent.url }) : null;
}

/** An empty state over a result with a list that holds something, of which nothing was read, is no pass. */
function passUnlessOverlooked(
  main: Shown,
  { result }: TrialsEvidence,
  { reads, inventedResult }: PropsEvidence,
): Outcome<never, "overlooked"> {
  const isSure = reads !== null && reads.opaque.length === 0 && !inventedResult;
  if (!isSure || !isEmptyState(main) || showsAny(main, result.words)) return { outcome: "pass" };
  // That there is nothing is then what the result says.
  if (reads.fields.some(({ emptyList, state }) => emptyList && state !== "unread")) return { outcome: "pass" };
  const entries = reads.fields.filter(({ path }) => path.includes("["));
  const [first] = entries;
  if (!first || entries.some(({ state }) => state !== "unread")) return { outcome: "pass" };
  return review("overlooked", { shown: quoted(main), list: first.path.slice(0, first.path.indexOf("[")) });
}

const failure = <const M extends string>(messageId: M, data: TagData) =>
  ({ outcome: "fail", findings: [{ messageId, data, identity: [], channel: "probe" }] }) as const;

/** Something stands there that does not without the result, and did so in each rendering. */
function isChanged(trials: TrialsEvidence, main: Shown): boolean {
  const control = shownIn(trials, "control");
  if (!control) return true;
  // The control is seen at rest: what the life that follows brings comes without a result, too.
  const [first, again] = [atRestIn(trials, 0) ?? main, atRestIn(trials, 1)];
  const gained = without(partsOf(first), partsOf(control));
  const lost = without(partsOf(control), partsOf(first));
  const steady = again ? common(gained, partsOf(again)) : gained;
  return steady.size > 0 || [...lost].some((part) => isPicture(part) || /\p{L}/u.test(part));
}

/** Read, or shown: a word of the result may stand there by chance, which is taken for shown. */
function usesResult({ outputRead, result, inputWords }: TrialsEvidence, main: Shown): boolean {
  if (outputRead) return true;
  const shows = (words: readonly string[]): boolean =>
    common(new Set(wordsOf(main.text)), new Set(words.filter((word) => word.length > 2))).size > 0;
  if (isLoading(main)) return false;
  // What is drawn from the input alone is a widget at work, too.
  return shows(result.words) || (shows(inputWords) && !isEmptyState(main));
}

const atRestIn = (trials: TrialsEvidence, round: 0 | 1): Shown | null =>
  renderingOf(trials, "main", round)?.atRest ?? shownIn(trials, "main", round);

const DATA = new Set<NetworkAttempt["kind"]>(["fetch", "xhr", "eventsource", "websocket"]);

function fetchesItself(bridge: BridgeEvidence, network: readonly NetworkAttempt[]): boolean {
  const asked = bridge.messages.some(
    ({ direction, method }) => direction === "to-host" && /^resources\/(read|list)$/.test(method),
  );
  return asked || bridge.toolCalls.length > 0 || network.some(({ kind }) => DATA.has(kind));
}
