/** What changed for a widget between dated versions of a host. */
import { expect, it } from "vitest";
import { mergeResults } from "../../../harness/commands/merge.ts";
import { withVersions } from "../../../harness/judge/versions.ts";
import type { WidgetRun } from "../../../harness/model/result.ts";
import { sharedNotes } from "../../../harness/report/check/groups.ts";
import { checkOf, finding, resultOf, runOf } from "../report/make.ts";

const on = (profile: string, given: Partial<WidgetRun> = {}) => runOf({ profile, appliedProfile: profile, ...given });
const failing = (id: string, fingerprint: string) =>
  checkOf({ id, outcome: "fail", findings: [finding({ fingerprint })] });
const MAY = "chatgpt@2026-05-18";
const OCTOBER = "chatgpt@2026-10-02";
const notesOf = (...runs: readonly WidgetRun[]) =>
  sharedNotes({ ...resultOf(...runs), ...withVersions(runs) }).filter((note) => note.includes(" to chatgpt@"));

it("names the verdicts, and the checks whose findings came and went", () => {
  const runs = [
    on(OCTOBER, { verdict: "fail", checks: [failing("api/clipboard", "a"), failing("csp/companion", "b")] }),
    on(MAY, { checks: [failing("csp/companion", "b"), failing("render/height", "c")] }),
  ];
  expect(notesOf(...runs)).toEqual([
    "w (default), from chatgpt@2026-05-18 to chatgpt@2026-10-02: pass → fail; new: api/clipboard; gone: render/height.",
  ]);
});

it("says that nothing changed, too", () =>
  expect(notesOf(on(MAY), on(OCTOBER))).toEqual([
    "w (default), from chatgpt@2026-05-18 to chatgpt@2026-10-02: nothing changed for it.",
  ]));

it("compares versions of one host, for one widget and scenario, each with the next", () => {
  expect(withVersions([on("chatgpt"), on(OCTOBER)])).toEqual({});
  expect(withVersions([on("claude@2026-05-18"), on(OCTOBER)])).toEqual({});
  expect(withVersions([on(MAY, { widget: "v" }), on(OCTOBER)])).toEqual({});
  expect(withVersions([on(MAY, { scenario: "empty" }), on(OCTOBER)])).toEqual({});
  const three = withVersions([on(OCTOBER), on("chatgpt@2026-11-01"), on(MAY)]).versions ?? [];
  expect(three.map(({ from, to }) => [from.profile, to.profile])).toEqual([
    [MAY, OCTOBER],
    [OCTOBER, "chatgpt@2026-11-01"],
  ]);
});

it("shards whose versions meet only in the merged result are compared there", () =>
  expect(mergeResults([resultOf(on(MAY)), resultOf(on(OCTOBER))]).versions).toHaveLength(1));
