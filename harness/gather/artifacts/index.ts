/** The one join, for both stages: raw log and the facts of the job in, evidence out. Pure. */
import { messageOf } from "../../model/errors.ts";
import type { BridgeEvidence, Gathered, OwnArtifacts } from "../../model/evidence.ts";
import type { RawBridge, RawLog } from "../../model/raw-log.ts";
import { apiUsesOf } from "./api-uses.ts";
import { attemptsOf } from "./attempts/index.ts";
import { bundleOf } from "./bundle.ts";
import { consoleOf } from "./console.ts";
import type { JoinContext } from "../../model/join-context.ts";
import { documentOf } from "./document.ts";
import { locatorFor } from "./locate.ts";
import { propsOf } from "./props.ts";

export function evidenceOf(raw: RawLog, context: JoinContext): OwnArtifacts {
  const locate = locatorFor(raw, context);
  return {
    policy: { status: "ok", value: context.policy },
    network: attempt(() => attemptsOf({ raw, context, locate })),
    apiUses: attempt(() => apiUsesOf(raw, locate)),
    console: attempt(() => consoleOf(raw, locate)),
    bridge: attempt(() => bridgeOf(raw.bridge)),
    document: attempt(() => documentOf(raw, context)),
    props: attempt(() => propsOf(raw)),
    bundle: bundleOf(context, locate),
  };
}

function bridgeOf({ reads: _reads, earlyReads: _earlyReads, ...bridge }: RawBridge): BridgeEvidence {
  return bridge;
}

/** One artifact that cannot be made costs the checks that need it, not the run. */
function attempt<T>(make: () => T): Gathered<T> {
  try {
    return { status: "ok", value: make() };
  } catch (error) {
    return { status: "failed", error: { code: "GATHER", message: messageOf(error) } };
  }
}
