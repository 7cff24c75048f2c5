import { defineCheck, inapplicable, review, type RawFinding } from "../define-check.ts";
import type { Shown, TrialsEvidence, Where } from "../../model/evidence.ts";
import { common, isPicture, looksSame, partsOf, without } from "../../model/shown.ts";
import { NOT_RUN, quoted, renderingOf, shownIn, whyNotRun } from "../shared/trials.ts";

type Message = "lost" | "missed" | "partial";
type Parts = ReadonlySet<string>;

export default defineCheck({
  id: "bridge/late-result",
  title: "Widget shows its result whether it comes early or late",
  severity: "error",
  needs: ["trials"],
  messages: {
    lost: "With its result at once the widget shows {main}; when the result comes once the widget is there, as hosts often give it, it shows {late}{reads}. Listen: to openai:set_globals where it reads window.openai.toolOutput, or to ui/notifications/tool-result.",
    partial:
      "When the result comes once the widget is there, as hosts often give it, {count} of what it shows otherwise is missing, such as {missing}{reads}. Take all of it from the event: openai:set_globals, or ui/notifications/tool-result.",
    missed:
      "The widget shows {main}, as without a result; only when the result comes later it shows {late}. Its handler for the result is set too late: set it before ui/initialize is sent, and read window.openai.toolOutput when it starts.",
  },
  reasons: {
    ...NOT_RUN,
    "not-seen": "the widget could not be looked at when its result came late",
    unfinished: "with its result late the widget did not come to rest ({ended})",
    "main-not-seen": "the widget could not be looked at in the main trial",
  },
  source: "docs/hosts.md#chatgpt-bridge: the widget may be mounted before its result is there",
  leavesOpen: true,
  breaksAtRunTime: true,
  run({ trials }) {
    const because = whyNotRun(trials, "late");
    if (because === "not-seen") return review("not-seen");
    if (because !== null) return inapplicable(because, { trial: "late" });
    const [main, late] = [shownIn(trials, "main"), shownIn(trials, "late")];
    if (!main) return inapplicable("main-not-seen");
    if (!late) return review("not-seen");
    const { ended = "settled" } = renderingOf(trials, "late") ?? {};
    const mainEnded = renderingOf(trials, "main")?.ended;
    if (looksSame(main, late)) return { outcome: "pass" };
    const finding = findingFor(trials, main, late);
    if (finding) return { outcome: "fail", findings: [finding] };
    if (ended !== mainEnded && ended !== "settled") return review("unfinished", { ended });
    return { outcome: "pass" };
  },
});

/** What stands in both renderings of main and in none of late, and the other way round: clocks and dice are in neither. */
function findingFor(trials: TrialsEvidence, main: Shown, late: Shown): RawFinding<Message> | null {
  const [mainAgain, lateAgain] = [shownIn(trials, "main", 1), shownIn(trials, "late", 1)];
  if (!mainAgain || !lateAgain) return null;
  const mains = [partsOf(main), partsOf(mainAgain)] as const;
  const lates = [partsOf(late), partsOf(lateAgain)] as const;
  const controls = [shownIn(trials, "control"), shownIn(trials, "control", 1)].flatMap((one) =>
    one ? [partsOf(one)] : [],
  );
  const missing = without(common(...mains), ...lates);
  const gained = without(common(...lates), ...mains);
  const given = new Set(trials.result.words);
  const message = messageOf({ mains, lates, controls, missing, gained, given, readsOutput: trials.outputRead });
  if (!message) return null;
  const where = whereOf(trials, message);
  return {
    messageId: message,
    data: {
      main: quoted(mainAgain),
      late: quoted(lateAgain),
      count: `${missing.size} part${missing.size === 1 ? "" : "s"}`,
      missing:
        [...missing]
          .filter((part) => !isPicture(part))
          .slice(0, 3)
          .join(", ") || "a picture",
      reads:
        message === "missed" || trials.sites.earlyReads.length === 0
          ? ""
          : ", since toolOutput was read while it was null",
    },
    identity: [],
    channel: "probe",
    ...(where ? { where } : {}),
  };
}

interface Compared {
  readonly mains: readonly [Parts, Parts];
  readonly lates: readonly [Parts, Parts];
  readonly controls: readonly Parts[];
  /** In both of main, in none of late. */
  readonly missing: Parts;
  /** In both of late, in none of main. */
  readonly gained: Parts;
  /** Words of the result. */
  readonly given: Parts;
  /** Without it a widget that shows dice would be one that lost its result. */
  readonly readsOutput: boolean;
}

function messageOf({ mains, lates, controls, missing, gained, given, readsOutput }: Compared): Message | null {
  const shows = (parts: Parts): boolean => common(parts, given).size > 0;
  /** Nothing came with the result: what a rendering shows, it showed before. */
  const sameAsControl = (rendered: readonly Parts[]): boolean =>
    controls.length > 0 && rendered.every((parts) => without(parts, ...controls).size === 0);
  const matters = readsOutput || shows(missing) || lates.every((parts) => parts.size === 0);
  if (missing.size > 0 && matters && sameAsControl(lates)) return "lost";
  if (gained.size > 0 && shows(gained) && sameAsControl(mains)) return "missed";
  // A slide that has gone on shows other data; one that has not heard of the data shows none.
  return shows(missing) && !shows(gained) ? "partial" : null;
}

/** Where the result is taken: a read that came too early, an error that followed, or the handler. */
function whereOf(trials: TrialsEvidence, message: Message): Where | undefined {
  const { earlyReads, handlers } = trials.sites;
  if (message === "missed") return handlers[0] ?? earlyReads[0];
  const logged = renderingOf(trials, "late")?.artifacts?.console;
  const thrown = logged?.status === "ok" ? logged.value.find(({ origin }) => origin === "exception") : undefined;
  return earlyReads[0] ?? thrown?.where ?? handlers[0];
}
