/** What golden cases are made of: the bundled widgets, the broken ones, the adversaries, and the verdict cases. */
import { join } from "node:path";
import type { Job } from "../../harness/gather/types.ts";
import { jobsOf } from "../../harness/runner/jobs.ts";
import { loadTarget } from "../../harness/sources/index.ts";
import { profiles } from "../../host/profiles/index.ts";
import { adversaries, widgetOf as adversaryWidget } from "../browser/adversary/cases.ts";
import { cases, widgetOf as verdictWidget } from "../browser/verdicts/cases.ts";
import type { Widget } from "../../harness/model/widget.ts";

const root = join(import.meta.dirname, "../..");

export const SETS = ["bundled", "broken", "adversary", "verdicts"] as const;
export type GoldenSet = (typeof SETS)[number];

export interface GoldenJob {
  /** Name of its file, without the ending. */
  readonly name: string;
  readonly job: Job;
}

export async function goldenJobs(set: GoldenSet): Promise<GoldenJob[]> {
  const loaded = await widgetsOf(set);
  return jobsOf(loaded, { profiles: [profiles.chatgpt] }).map((job) => ({
    name: `${set}/${nameOf(job)}`,
    job,
  }));
}

function nameOf({ widget, scenario }: Job): string {
  const parts = [widget.name.replace(/^broken\//, ""), ...(scenario.name === "default" ? [] : [scenario.name])];
  return parts
    .join("--")
    .toLowerCase()
    .replaceAll(/[^\w.-]+/g, "-");
}

function widgetsOf(set: GoldenSet): Promise<readonly Widget[]> {
  switch (set) {
    case "bundled":
      return load("widgets");
    case "broken":
      return load("widgets/broken");
    case "adversary":
      return Promise.resolve(adversaries.map(({ id, html }) => adversaryWidget(id, html)));
    case "verdicts":
      return Promise.resolve(cases.map(verdictWidget));
  }
}

async function load(target: string): Promise<readonly Widget[]> {
  const { widgets, close } = await loadTarget({ targets: [target], cwd: root });
  await close();
  return widgets;
}
