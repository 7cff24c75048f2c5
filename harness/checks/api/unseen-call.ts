import { isAkinTo, isApiId, isGranted, rowOf } from "../../../host/apis/index.ts";
import type { HostProfile } from "../../../host/profiles/types.ts";
import { defineCheck, failOrPass } from "../define-check.ts";
import type { ApiUse, NetworkAttempt, StaticUse } from "../../model/evidence.ts";
import type { Severity } from "../../model/result.ts";
import { groupBy } from "../shared/evidence.ts";
import { inOtherTrials } from "../shared/trials.ts";

interface Unseen {
  /** What becomes of the call, after "which this run did not reach". */
  readonly fate: string;
  /** One step milder than when it is seen: it may be code that nobody ever reaches. */
  readonly severity: "warning" | "info";
  /** In the widget's own code, unguarded. */
  readonly own: Severity;
  /** A use beside it that makes it a second choice. */
  readonly unlessBeside?: string;
}

const RELATIVE_URL: Unseen = {
  fate: "it would go to the sandbox host, which answers 404; write the absolute URL",
  severity: "warning",
  own: "warning",
};

interface Run {
  readonly apiUses: readonly ApiUse[];
  readonly network: readonly NetworkAttempt[];
  readonly profile: HostProfile;
}

/** What is to be said of a use in the code; null: the run saw its like, or nothing refuses it. */
function unseenIn({ what, detail }: StaticUse, { apiUses, network, profile }: Run): Unseen | null {
  if (what === "relative-url") {
    // A bare name is what an import map may know.
    const wasSeen = network.some(({ blockClass }) => blockClass === "relative-url");
    return wasSeen || !/^\.{0,2}\//.test(detail) ? null : RELATIVE_URL;
  }
  if (!isApiId(what)) return null;
  const row = rowOf(what);
  const isAkin = isAkinTo(what);
  const wasSeen = apiUses.some(({ api }) => isAkin(api));
  return row.unseen === undefined || wasSeen || isGranted(row, profile) ? null : row.unseen;
}

/** A press of a link in the markup may be prevented; a download that code starts is meant. */
function hasOtherWay({ what, detail }: StaticUse, { unlessBeside }: Unseen, uses: readonly StaticUse[]): boolean {
  if (what === "download" && !detail.startsWith("<")) return false;
  return uses.some((other) => other.what === unlessBeside);
}

/** Packages carry code that nobody calls, and a guarded call has another way to go. */
const severityOf = ({ severity, own }: Unseen, { provenance, guard }: StaticUse): Severity =>
  provenance === undefined && guard === undefined ? own : severity;

export default defineCheck({
  id: "api/unseen-call",
  title: "Code that no scenario reached calls nothing that the sandbox refuses",
  severity: "error",
  needs: ["bundle", "apiUses", "network", "trials"],
  messages: {
    unseen:
      "The code uses {call}, which this run did not reach: {fate}. Do it another way, or add a scenario whose steps reach it.",
  },
  source: "docs/hosts.md#chatgpt-sandbox; docs/hosts.md#chatgpt-permissions",
  breaksAtRunTime: true,
  run({ bundle, apiUses: ownUses, network: ownRequests, trials }, { profile }) {
    const apiUses = [...ownUses, ...inOtherTrials(trials, "apiUses")];
    const network = [...ownRequests, ...inOtherTrials(trials, "network")];
    const unseen = bundle.uses.flatMap((use) => {
      const said = unseenIn(use, { apiUses, network, profile });
      if (said === null || hasOtherWay(use, said, bundle.uses)) return [];
      return [{ ...use, fate: said.fate, severity: severityOf(said, use) }];
    });
    return failOrPass(
      groupBy(unseen, ({ what, detail, severity }) => `${what} ${detail} ${severity}`).map(
        ([{ what, detail, where, fate, severity }]) => ({
          messageId: "unseen",
          severity,
          channel: "static",
          where,
          identity: ["call"],
          data: { call: callOf(what, detail), fate },
        }),
      ),
    );
  },
});

function callOf(what: StaticUse["what"], detail: string): string {
  if (what === "relative-url") return `the relative URL ${detail}`;
  if (what === "download") return `a download (${detail})`;
  return what === "cookie" ? detail : `${detail}()`;
}
