/** Which trials a job is asked for: those of the command, and those that its scenario chooses. */
import { expect, it } from "vitest";
import { TRIALS } from "../../../harness/model/evidence.ts";
import type { Scenario, Widget } from "../../../harness/model/widget.ts";
import { jobsOf, type JobsOptions } from "../../../harness/runner/jobs.ts";
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
