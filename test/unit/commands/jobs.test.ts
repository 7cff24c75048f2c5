/** Which trials a job is asked for: those of the command, and those that its scenario chooses. */
import { expect, it } from "vitest";
import { TRIALS } from "../../../harness/model/evidence.ts";
import type { Scenario, Widget } from "../../../harness/model/widget.ts";
import { jobsOf, profilesNamed, type JobsOptions } from "../../../harness/runner/jobs.ts";
import { profiles } from "../../../host/profiles/index.ts";

const widgetWith = (scenario: Partial<Scenario>): Widget => ({
  name: "w",
  html: "<h1>Hello</h1>",
  source: { kind: "html", path: "w.html" },
  mimeType: "text/html;profile=mcp-app",
  serverOrigin: null,
  serverId: "w",
  scenarios: [{ name: "default", ...scenario }],
  meta: {},
});

it("all is every host that a widget can pass under; a dated version and what is unknown are named", () => {
  const all = profilesNamed(["all"]).map(({ id }) => id);
  expect(all).toEqual(expect.arrayContaining(["chatgpt", "claude", "claude-desktop", "vscode", "goose"]));
  for (const id of ["chatgpt-undeclared", "copilot", "cursor", "claude-ios", "chatgpt@2026-05-18"])
    expect(all).not.toContain(id);
  expect(profilesNamed(["chatgpt@all"]).map(({ id }) => id)).toEqual(["chatgpt@2026-05-18", "chatgpt@2026-10-02"]);
  expect(profilesNamed(["cursor"])[0]?.id).toBe("cursor");
  expect(() => profilesNamed(["claude@all"])).toThrow(expect.objectContaining({ code: "UNKNOWN_PROFILE" }));
});

const namesOf = (scenario: Partial<Scenario>, options: Partial<JobsOptions>) =>
  jobsOf([widgetWith(scenario)], { profiles: [profiles.chatgpt], ...options })[0]?.trials?.names;

it("a scenario adds what it chooses, and a second result is one", () => {
  const options = { trials: TRIALS, trialsByScenario: true };
  expect(namesOf({}, options)).toEqual(TRIALS);
  expect(namesOf({ again: { toolOutput: 2 }, trials: ["again", "outage"] }, options)).toEqual([
    ...TRIALS,
    "again",
    "outage",
  ]);
  expect(namesOf({ stream: [{}], resize: { theme: "dark" } }, options)).toEqual([...TRIALS, "stream", "resize"]);
});

it("what the command line says is all", () => {
  expect(namesOf({ trials: ["outage"] }, { trials: ["main"] })).toEqual(["main"]);
  expect(namesOf({ trials: ["outage"] }, { trialsByScenario: true, trials: [] })).toEqual(["outage"]);
  expect(namesOf({ trials: ["outage"] }, {})).toBeUndefined();
});
