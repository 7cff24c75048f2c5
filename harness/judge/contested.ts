/** Contested facts on which the verdict of a run hangs: judged as if each were the other way. Pure. */
import type { Assumption, HostProfile } from "../../host/profiles/types.ts";
import type { Evidence } from "../model/evidence.ts";
import { runNote, type RunNote } from "../model/notes.ts";
import type { Verdict } from "../model/result.ts";
import { otherwise } from "./otherwise.ts";

/** A contested fact with another of its values. */
export interface OtherValue {
  readonly name: string;
  readonly assumed: string;
  readonly other: string;
}

interface Weighed extends OtherValue {
  /** Null: to be seen by rendering alone. */
  readonly verdict: Verdict | null;
}

type JudgeVerdict = (evidence: Evidence) => Verdict;

/**
 * What hangs on the contested facts that the user did not settle; nothing of those that no request and no call of the
 * widget depends on.
 * @param profile of the evidence, with no contested fact settled
 */
export function contestedNotes(
  evidence: Evidence,
  verdict: Verdict,
  profile: HostProfile,
  judged: JudgeVerdict,
): RunNote[] {
  const all = weighed(evidence, verdict, profile, judged);
  return [...new Set(all.map(({ name }) => name))].flatMap((name) => {
    const values = all.filter((one) => one.name === name);
    const deciding = values.filter((one) => one.verdict !== verdict);
    const [first] = values;
    if (deciding.length > 0) return deciding.map((one) => noteOf(one, verdict));
    return first ? [runNote({ id: "contested-same", data: dataOf(first) })] : [];
  });
}

/** Facts whose other value only a second rendering can weigh, since what was refused would go on under it. */
export const valuesToRender = (
  evidence: Evidence,
  verdict: Verdict,
  profile: HostProfile,
  judged: JudgeVerdict,
): readonly OtherValue[] => weighed(evidence, verdict, profile, judged).filter((one) => one.verdict === null);

function weighed(evidence: Evidence, verdict: Verdict, profile: HostProfile, judged: JudgeVerdict): Weighed[] {
  return otherValues(evidence, profile).flatMap((one): Weighed[] => {
    const changed = otherwise(evidence, profile, one.name, one.other);
    if (!changed) return [];
    const rendered = evidence.contested?.find(({ name, value }) => name === one.name && value === one.other);
    // A browser that was lost says nothing of the other value.
    if (rendered && rendered.evidence.artifacts.document.status !== "failed")
      return [{ ...one, verdict: judged(rendered.evidence) }];
    const judgedAgain = judged(changed.evidence);
    // What fails on the same evidence fails whatever would have followed; nothing else comes to the same for sure.
    const isOpen = changed.opens && !(verdict === "fail" && judgedAgain === "fail");
    return [{ ...one, verdict: isOpen ? null : judgedAgain }];
  });
}

function otherValues({ artifacts: { policy } }: Evidence, { assumptions }: HostProfile): OtherValue[] {
  const settled = policy.status === "ok" ? policy.value.assumptions : {};
  return assumptions
    .filter(({ name }) => settled[name] === undefined)
    .flatMap(({ name, values, default: assumed }: Assumption) =>
      values.filter((value) => value !== assumed).map((other) => ({ name, assumed, other })),
    );
}

const dataOf = ({ name, assumed, other }: OtherValue) => ({ name, assumed, other });

function noteOf(one: Weighed, verdict: Verdict): RunNote {
  if (one.verdict === null) return runNote({ id: "contested-unseen", data: dataOf(one) });
  if (one.verdict === "fail") return runNote({ id: "contested-breaks", data: dataOf(one) });
  if (one.verdict === "pass") return runNote({ id: "contested-works", data: dataOf(one) });
  return runNote({ id: "contested-open", data: { ...dataOf(one), verdict } });
}
