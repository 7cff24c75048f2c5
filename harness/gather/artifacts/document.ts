/** How the rendering ended, and what was seen of it then. */
import type { AnsweredBy, DocumentEvidence } from "../../model/evidence.ts";
import type { DocumentProbe, DroppedKind, RawLog } from "../../model/raw-log.ts";
import type { JoinContext } from "../../model/join-context.ts";
import { forgeriesOf } from "./forged.ts";

const UNSEEN: DocumentProbe = { visibleElements: 0, textLength: 0, width: 0, height: 0, title: "", hints: [] };

export function documentOf(raw: RawLog, { sandbox }: JoinContext): DocumentEvidence {
  const { document, acts, departure, refresh, given } = raw;
  const probe = document.probe ?? UNSEEN;
  return {
    ended: document.ended,
    domContentLoaded: document.loaded,
    visibleElements: probe.visibleElements,
    textLength: probe.textLength,
    paintedShare: document.paintedShare,
    width: probe.width,
    height: probe.height,
    title: probe.title,
    hints: probe.hints,
    forged: forgeriesOf(raw),
    origin: sandbox.origin,
    answers: answersOf(raw),
    caps: [...given.cuts, ...capsOf(raw)],
    steps: acts.steps,
    explored: acts.explored,
    ...(acts.failed === null ? {} : { stepFailure: acts.failed }),
    pendingTimers: document.pendingTimers,
    observed: document.observed,
    ...(departure ? { left: departure } : {}),
    ...(refresh ? { refresh } : {}),
  };
}

function answersOf({ arrivals }: RawLog): Partial<Record<AnsweredBy, number>> {
  const answers: Partial<Record<AnsweredBy, number>> = {};
  for (const { answeredBy } of arrivals) answers[answeredBy] = (answers[answeredBy] ?? 0) + 1;
  return answers;
}

const DROPPED = {
  messages: "kinds of console message",
  issues: "kinds of CSP violation",
  requests: "requests",
  arrivals: "arrivals",
} as const satisfies Readonly<Record<DroppedKind, string>>;

function capsOf({ dropped, limit }: RawLog): string[] {
  return (Object.keys(DROPPED) as DroppedKind[]).flatMap((kind) => {
    const count = dropped[kind] ?? 0;
    return count > 0 ? [`${count} more ${DROPPED[kind]} were counted and not kept (limit ${limit})`] : [];
  });
}
