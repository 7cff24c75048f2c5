/** Findings of other trials: with the trial's name, once, and never in the place of the main one's. */
import { expect, it } from "vitest";
import modalDialog from "../../../harness/checks/api/modal-dialog.ts";
import refusedFeature from "../../../harness/checks/api/refused-feature.ts";
import protocol from "../../../harness/checks/bridge/protocol.ts";
import type { AnyCheck } from "../../../harness/checks/define-check.ts";
import failedLoad from "../../../harness/checks/network/failed-load.ts";
import blank from "../../../harness/checks/render/blank.ts";
import error from "../../../harness/checks/render/error.ts";
import hang from "../../../harness/checks/render/hang.ts";
import { judgeOne } from "../../../harness/judge/judge.ts";
import { CHOSEN_TRIALS, type Evidence, type TrialName, type TrialRendering } from "../../../harness/model/evidence.ts";
import { evidence } from "../allowlist/make.ts";
import { rendered, tried } from "../checks/trials.ts";
import { attempt, bridgeOf, documentOf, line, use } from "../make.ts";

const main = evidence({ document: { observed: true } });

const ASKED = [protocol, failedLoad, refusedFeature];

function judged(
  renderings: readonly TrialRendering[],
  from: Evidence = main,
  checks: readonly AnyCheck[] = [modalDialog, blank, error, hang],
) {
  const trials = { status: "ok", value: tried({ renderings }) } as const;
  const all = { ...from, artifacts: { ...from.artifacts, trials } };
  return judgeOne(all, { toolVersion: "0", checks });
}
const foundIn = (run: ReturnType<typeof judged>) =>
  run.checks.flatMap(({ findings }) => findings.map(({ messageId, trial = "main" }) => `${messageId} ${trial}`));

const asking = { apiUses: [use({ api: "alert" })] };
const empty = { document: documentOf({ visibleElements: 0, textLength: 0, paintedShare: 0 }) };

it("what one trial alone finds fails the run, and names it", () => {
  const run = judged([rendered("dark", asking)]);
  expect(foundIn(run)).toEqual(["blocked dark"]);
  expect(run.verdict).toBe("fail");
  expect(run.checks[0]?.findings[0]?.message).toMatch(/ \(in the dark trial\)$/);
});
it("what two trials find is told once, and what the main one finds is its own", () => {
  expect(foundIn(judged([rendered("late", asking), rendered("dark", asking)]))).toEqual(["blocked late"]);
  const loud: Evidence = {
    ...main,
    artifacts: { ...main.artifacts, apiUses: { status: "ok", value: asking.apiUses } },
  };
  expect(foundIn(judged([rendered("late", asking)], loud))).toEqual(["blocked main"]);
});
it("a blank or throwing control is no fault, and a throwing late trial is another check's", () => {
  const throwing = { console: [line({})] };
  expect(foundIn(judged([rendered("control", { ...empty, ...throwing })]))).toEqual([]);
  expect(foundIn(judged([rendered("late", throwing)]))).toEqual([]);
  expect(foundIn(judged([rendered("narrow", throwing)]))).toEqual(["uncaught narrow"]);
  expect(foundIn(judged([rendered("late", empty)]))).toEqual(["blank late"]);
});
it("what a press alone asks for is judged: a device, a chunk, a message; in an outage nothing loads", () => {
  const chunk = attempt({ kind: "script", status: 404, answeredBy: "mock" });
  const told = (trial: TrialName, given: Parameters<typeof rendered>[1], bridge = bridgeOf()) => {
    const { artifacts: own, ...rendering } = rendered(trial, given);
    const artifacts = own && { ...own, bridge: { status: "ok", value: bridge } as const };
    return foundIn(judged([{ ...rendering, ...(artifacts ? { artifacts } : {}) }], main, ASKED));
  };
  expect(told("pressed", { apiUses: [use({ api: "usb" })] })).toEqual(["blocked pressed"]);
  expect(told("pressed", { network: [chunk] })).toEqual(["status pressed"]);
  expect(told("outage", { network: [chunk] })).toEqual([]);
  const violations = [{ rule: "invalid-params", detail: "it takes an object with prompt", count: 1 }] as const;
  expect(told("pressed", {}, bridgeOf({ violations }))).toEqual(["invalid-params pressed"]);
});
it("in trials by choice, blankness is an error, and so is what is thrown, but where no data comes", () => {
  for (const trial of CHOSEN_TRIALS) expect(foundIn(judged([rendered(trial, empty)]))).toEqual([`blank ${trial}`]);
  const verdictOf = (trial: TrialName) => {
    const { verdict, checks } = judged([rendered(trial, { console: [line({})] })]);
    const [finding] = checks.flatMap(({ findings }) => findings);
    return [finding?.messageId, finding?.severity ?? "error", verdict];
  };
  expect(verdictOf("again")).toEqual(["uncaught", "error", "fail"]);
  expect(verdictOf("reload")).toEqual(["uncaught", "error", "fail"]);
  for (const trial of ["stream", "resize"] as const) expect(verdictOf(trial)).toEqual(["uncaught", "error", "fail"]);
  for (const trial of ["outage", "cancelled"] as const)
    expect(verdictOf(trial)).toEqual(["uncaught", "warning", "pass"]);
  expect(judged([rendered("cancelled", empty)]).verdict).toBe("pass");
});
it("an outage that a widget logs and outlives is no fault", () => {
  const lost = attempt({ answeredBy: "unreachable", outcome: "failed", blockClass: "unreachable" });
  const logged = line({ origin: "console", text: "no network" });
  const run = judged([rendered("outage", { network: [lost], console: [logged] })]);
  expect([foundIn(run), run.verdict]).toEqual([[], "pass"]);
});
it("what cannot be decided in a trial is not decided", () => {
  const run = judged([rendered("dark", { document: documentOf({ ended: "crashed", width: 0 }) })]);
  expect(run.checks[1]).toMatchObject({ outcome: "review", reason: { id: "crashed" } });
  expect(run.verdict).toBe("incomplete");
});
it("a hang in one trial alone is one", () => {
  expect(foundIn(judged([rendered("narrow", { document: documentOf({ ended: "hung" }) })]))).toEqual(["hung narrow"]);
  expect(foundIn(judged([rendered("narrow", { document: documentOf({}) })]))).toEqual([]);
});
it("the second renderings are for comparing alone", () => {
  expect(foundIn(judged([{ ...rendered("late", asking), round: 1 }]))).toEqual([]);
});
it("the result says which trials ran", () => {
  expect(judged([]).trials).toContainEqual({ trial: "late", outcome: "ran" });
  expect(judgeOne(main, { toolVersion: "0" }).trials).toBeUndefined();
});

it("what pressing finds is found, and what it leaves open is not", () => {
  const press = 'pressing button "Save"';
  const said = use({ api: "alert", where: { url: "w.html", line: 1, column: 1, pressed: press } });
  const run = judged([rendered("pressed", { apiUses: [said] }), { ...rendered("pressed", asking), round: 1 }]);
  expect(foundIn(run)).toEqual(["blocked pressed", "blocked pressed"]);
  expect(run.checks[0]?.findings[0]?.message).toMatch(/ This comes after pressing button "Save"\.$/);
  const busy = judged([rendered("pressed", { document: documentOf({ ended: "time-limit" }) })]);
  expect([foundIn(busy), busy.verdict]).toEqual([[], "pass"]);
});
it("a press that ends the renderer leaves the verdict open", () => {
  const run = judged([rendered("pressed", { document: documentOf({ ended: "crashed", width: 0 }) })]);
  expect(run.checks[3]).toMatchObject({ id: "render/hang", outcome: "review", open: true, reason: { id: "crashed" } });
  expect(run.verdict).toBe("incomplete");
});

it("notes tell what was tried, and which calls were not made", () => {
  const explored = Array.from({ length: 7 }, (_, at) => ({ target: `pressing ${at}`, outcome: "pressed" as const }));
  const toolCalls = [
    { name: "pay", outcome: "refused", refusal: "exploring" },
    { name: "pay", outcome: "refused", refusal: "exploring" },
    { name: "seats", outcome: "refused", refusal: "no-server" },
    { name: "rows", outcome: "ok" },
  ] as const;
  const one = rendered("pressed", { document: documentOf({ explored }) });
  if (!one.artifacts) throw new Error("nothing rendered");
  const bridge = { status: "ok", value: bridgeOf({ toolCalls }) } as const;
  const { notes } = judged([{ ...one, artifacts: { ...one.artifacts, bridge } }]);
  expect(notes.map(({ id, data }) => [id, data])).toEqual([
    ["explored", { count: 7, targets: "pressing 0; pressing 1; pressing 2; pressing 3; pressing 4 …" }],
    ["calls-not-made", { calls: "pay" }],
    ["calls-unanswered", { calls: "seats" }],
  ]);
});
