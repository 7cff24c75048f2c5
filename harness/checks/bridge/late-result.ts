import { defineCheck, failOrPass, inapplicable, review, type Outcome, type RawFinding } from "../define-check.ts";
import { differenceOf, type Difference } from "../../model/difference.ts";
import type { BridgeEvidence, NotRun, Shown, TrialName, TrialsEvidence, Where } from "../../model/evidence.ts";
import { isPicture, looksSame, partsOf, without } from "../../model/shown.ts";
import { isLoading, NOT_RUN, quoted, renderingOf, shownIn, whyNotRun } from "../shared/trials.ts";

type Message = Difference["kind"] | "second" | "streamed" | "cancelled";

export default defineCheck({
  id: "bridge/late-result",
  title: "Widget shows its result whether it comes early or late",
  severity: "error",
  needs: ["trials", "bridge"],
  messages: {
    lost: "With its result at once the widget shows {main}; when the result comes some seconds after the widget, as from a tool that takes its time, it shows {late}{reads}. Listen: to openai:set_globals where it reads window.openai.toolOutput, or to ui/notifications/tool-result.",
    partial:
      "When the result comes some seconds after the widget, as from a tool that takes its time, {count} of what it shows otherwise is missing, such as {missing}{reads}. Take all of it from the event: openai:set_globals, or ui/notifications/tool-result.",
    missed:
      "The widget shows {main}, as without a result; only when the result comes later it shows {late}. Its handler for the result is set too late: set it before ui/initialize is sent, and read window.openai.toolOutput when it starts.",
    second:
      "After a second result, another one than the first, the widget still shows {shown}. Draw again with each openai:set_globals, or each ui/notifications/tool-result.",
    streamed:
      "After parts of its input, the input and the result the widget shows {late}, and without such parts {main}. Draw again with ui/notifications/tool-input and ui/notifications/tool-result, whatever ui/notifications/tool-input-partial brought.",
    cancelled:
      "The call of its tool was cancelled, and the widget still shows {shown}: it waits for ever. Say that nothing comes with ui/notifications/tool-cancelled.",
  },
  reasons: {
    ...NOT_RUN,
    "not-seen": "the widget could not be looked at when its result came late",
    unfinished: "with its result late the widget did not come to rest ({ended})",
    "main-not-seen": "the widget could not be looked at in the main trial",
    "second-not-seen": "the widget could not be looked at after its second result",
    "second-unsure":
      "after a second result the widget shows {shown}, in which nothing of that result was found, and which changes by itself, too",
  },
  source: "docs/hosts.md#chatgpt-bridge: the widget may be mounted before its result is there",
  leavesOpen: true,
  breaksAtRunTime: true,
  run({ trials, bridge }) {
    const [first, second] = [lateOutcome(trials), secondOutcome(trials)];
    const found = [first, second].flatMap((one) => (one?.outcome === "fail" ? one.findings : []));
    const all = [...found, ...streamFindings(trials), ...cancelFindings(trials, bridge)];
    if (all.length > 0) return failOrPass(all);
    return second && first.outcome !== "review" ? second : first;
  },
});

/** What a rendering shows that came to rest: one that was cut off may only not be there yet. */
function settledIn(trials: TrialsEvidence, trial: TrialName): Shown | null {
  const { ended, shown = null } = renderingOf(trials, trial) ?? {};
  return ended === "settled" ? shown : null;
}

/** It ends as without parts of the input: nothing of the result is missing, and it does not wait for ever. */
function streamFindings(trials: TrialsEvidence): RawFinding<Message>[] {
  const [main, streamed] = [shownIn(trials, "main"), settledIn(trials, "stream")];
  if (!main || !streamed || looksSame(main, streamed)) return [];
  const { atRest: before } = renderingOf(trials, "stream") ?? {};
  const { words } = trials.result;
  const compared = { words, outputRead: trials.outputRead, controls: before ? [before] : [] };
  const difference = differenceOf({ ...compared, mains: allShown(trials, "main"), lates: [streamed] });
  const isMissing =
    difference !== null && difference.kind !== "missed" && words.some((word) => difference.parts.has(word));
  if (!isMissing && (!isLoading(streamed) || isLoading(main))) return [];
  const data = { main: quoted(main), late: quoted(streamed) };
  return [{ messageId: "streamed", data, identity: [], channel: "probe" }];
}

/** Only one that listens to the host can have heard of it. */
function cancelFindings(trials: TrialsEvidence, bridge: BridgeEvidence): RawFinding<Message>[] {
  const shown = settledIn(trials, "cancelled");
  if (!shown || !isLoading(shown) || bridge.handshake !== "initialized") return [];
  return [
    { messageId: "cancelled", data: { shown: quoted(shown) }, identity: [], channel: "probe", severity: "warning" },
  ];
}

type Reason =
  Exclude<NotRun, "not-seen"> | "not-seen" | "unfinished" | "main-not-seen" | "second-not-seen" | "second-unsure";
type Decided = Outcome<Message, Reason>;

function lateOutcome(trials: TrialsEvidence): Decided {
  const because = whyNotRun(trials, "late");
  if (because === "not-seen") return review("not-seen");
  if (because !== null) return inapplicable(because, { trial: "late" });
  const [main, late] = [shownIn(trials, "main"), shownIn(trials, "late")];
  if (!main) return inapplicable("main-not-seen");
  if (!late) return review("not-seen");
  const { ended = "settled" } = renderingOf(trials, "late") ?? {};
  const mainEnded = renderingOf(trials, "main")?.ended;
  if (looksSame(main, late)) return { outcome: "pass" };
  // It may never have been given its result.
  if (ended !== mainEnded && ended !== "settled") return review("unfinished", { ended });
  if (ended === "time-limit" || ended === "crashed") return review("unfinished", { ended });
  const finding = findingFor(trials, main, late);
  if (finding) return { outcome: "fail", findings: [finding] };
  return { outcome: "pass" };
}

/** Null where there was no second result, or it is the first once more. */
function secondOutcome(trials: TrialsEvidence): Decided | null {
  const { secondWords, expectsUnchanged } = trials;
  if (secondWords === undefined || expectsUnchanged) return null;
  const { shown: after = null, atRest: before } = renderingOf(trials, "again") ?? {};
  if (!after || !before) return review("second-not-seen");
  const data = { shown: quoted(after) };
  if (looksSame(before, after)) {
    const [where] = trials.sites.handlers;
    const finding = { messageId: "second", data, identity: [], channel: "probe" } as const;
    return { outcome: "fail", findings: [{ ...finding, ...(where ? { where } : {}) }] };
  }
  const gained = without(partsOf(after), partsOf(before));
  if (secondWords.some((word) => gained.has(word))) return { outcome: "pass" };
  return isSteady(trials, before) ? { outcome: "pass" } : review("second-unsure", data);
}

/** With the first result alone it stays as it is, in equal renderings and in its life. */
function isSteady(trials: TrialsEvidence, before: Shown): boolean {
  const { shown: main = null, atRest } = renderingOf(trials, "main") ?? {};
  return main !== null && looksSame(main, before) && looksSame(atRest ?? main, before);
}

function findingFor(trials: TrialsEvidence, main: Shown, late: Shown): RawFinding<Difference["kind"]> | null {
  const [mains, lates] = [allShown(trials, "main"), allShown(trials, "late")];
  // Some say that nothing has come, when it takes long.
  const held = ([0, 1] as const).flatMap((round) => renderingOf(trials, "late", round)?.atRest ?? []);
  const controls = [...allShown(trials, "control"), ...held];
  const { result, outputRead } = trials;
  const difference = differenceOf({ mains, lates, controls, words: result.words, outputRead });
  if (!difference) return null;
  const { kind, parts } = difference;
  const where = whereOf(trials, kind);
  const isReadEarly = kind !== "missed" && trials.sites.earlyReads.length > 0;
  return {
    messageId: kind,
    data: {
      main: quoted(mains.at(-1) ?? main),
      late: quoted(lates.at(-1) ?? late),
      count: `${parts.size} part${parts.size === 1 ? "" : "s"}`,
      missing:
        [...parts]
          .filter((part) => !isPicture(part))
          .slice(0, 3)
          .join(", ") || "a picture",
      reads: isReadEarly ? ", since toolOutput was read while it was null" : "",
    },
    identity: [],
    channel: "probe",
    ...(where ? { where } : {}),
  };
}

/** In each round in which it was seen. */
const allShown = (trials: TrialsEvidence, trial: TrialName): Shown[] =>
  ([0, 1] as const).flatMap((round) => shownIn(trials, trial, round) ?? []);

/** Where the result is taken: a read that came too early, an error that followed, or the handler. */
function whereOf(trials: TrialsEvidence, message: Difference["kind"]): Where | undefined {
  const { earlyReads, handlers } = trials.sites;
  if (message === "missed") return handlers[0] ?? earlyReads[0];
  const logged = renderingOf(trials, "late")?.artifacts?.console;
  const thrown = logged?.status === "ok" ? logged.value.find(({ origin }) => origin === "exception") : undefined;
  return earlyReads[0] ?? thrown?.where ?? handlers[0];
}
