/** Its life run on: not here, where it keeps your time, but in the check, by its own clock. */
import type { WidgetRun } from "../../../harness/model/result.ts";
import type { CheckState } from "../../server/types.ts";
import { checkedRun } from "../panels/verdict-words.ts";
import { Icon } from "../ui/icon.tsx";
import { Section } from "./section.tsx";

const MINUTE = 60_000;
const STEPS = [1, 10] as const;

export function LifeControl({
  check,
  onRunOn,
}: {
  readonly check: CheckState | null;
  /** Checks it again, for so much of its life. */
  readonly onRunOn: (lifeMs: number) => void;
}) {
  const busy = check?.state === "running";
  const lived = checkedRun(check)?.lived;
  const seenSoFar = lived ? lifeSeen(lived) : "How much of its life was seen stands here after the check.";
  return (
    <Section title="Time" open>
      <div className="button-row">
        {STEPS.map((minutes) => (
          <button
            key={minutes}
            type="button"
            className="button button--small"
            disabled={busy || lived === undefined}
            onClick={() => onRunOn((lived?.askedMs ?? 0) + minutes * MINUTE)}
          >
            <Icon name="play" size={12} /> Run on +{minutes} min
          </button>
        ))}
      </div>
      <p className="hint" role="status">
        {busy ? "Running on…" : seenSoFar}
      </p>
      <p className="hint">
        The widget on this page keeps your time. The check renders the same widget anew and runs its clock ahead; what
        comes stands with its moment among the findings of “sandglass check”.
      </p>
    </Section>
  );
}

type Life = NonNullable<WidgetRun["lived"]>;

const BECAUSE: Readonly<Record<Life["ended"], string>> = {
  whole: "",
  "at-rest": ", and nothing new came for long",
  "time-limit": ", until the time of the check was over",
  "busy-wait": ", in real time, since it waits for the clock in a loop",
  left: ", until it left its document",
  crashed: ", until it crashed",
};

/** `4 min 10 s of its life seen`. */
export function lifeSeen({ virtualMs, ended }: Life): string {
  const seconds = Math.floor(virtualMs / 1000);
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  const parts = [...(minutes > 0 ? [`${minutes} min`] : []), ...(rest > 0 || minutes === 0 ? [`${rest} s`] : [])];
  return `${parts.join(" ")} of its life seen${BECAUSE[ended]}.`;
}
