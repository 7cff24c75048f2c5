/** The one join, for both stages: raw log and the facts of the job in, evidence out. Pure. */
import { messageOf } from "../../model/errors.ts";
import type { BridgeEvidence, Evidence, Gathered, OwnArtifacts } from "../../model/evidence.ts";
import type { RawBridge, RawLog } from "../../model/raw-log.ts";
import { apiUsesOf } from "./api-uses.ts";
import { attemptsOf } from "./attempts/index.ts";
import { bundleOf } from "./bundle.ts";
import { consoleOf } from "./console.ts";
import { Coverage } from "./coverage.ts";
import type { JoinContext } from "../../model/join-context.ts";
import { documentOf } from "./document.ts";
import { entryOf } from "./entry.ts";
import { locatorFor, withPlace, type Locate } from "./locate.ts";
import { propsOf } from "./props.ts";
import { placedByText } from "./read-places.ts";

export function evidenceOf(raw: RawLog, context: JoinContext): OwnArtifacts {
  const locate = locatorFor(raw, context);
  const bundle = bundleOf(context, locate);
  return {
    policy: { status: "ok", value: context.policy },
    ...placedByText(
      {
        attempts: attempt(() => attemptsOf({ raw, context, locate })),
        uses: attempt(() => apiUsesOf(raw, locate)),
      },
      bundle,
    ),
    console: attempt(() => consoleOf(raw, locate)),
    bridge: attempt(() => bridgeOf(raw.bridge, locate)),
    document: attempt(() => documentOf(raw, context, locate)),
    props: attempt(() => propsOf(raw)),
    bundle,
    ...(raw.expected ? { expectations: { status: "ok", value: raw.expected } } : {}),
  };
}

/** Where the widget's own code starts. */
export function entryIn(raw: RawLog, context: JoinContext): Pick<Evidence, "entry"> {
  const entry = entryOf(raw, context, locatorFor(raw, context));
  return entry ? { entry } : {};
}

/**
 * What ran in any of the renderings of a job, and the bundle with what became of its places; nothing when it was not
 * measured.
 */
export function coveredIn(
  raw: RawLog,
  others: readonly RawLog[],
  context: JoinContext,
): Pick<Evidence["artifacts"], "coverage"> & Partial<Pick<Evidence["artifacts"], "bundle">> {
  const records = [raw, ...others].flatMap(({ coverage = [] }) => coverage);
  if (records.length === 0) return {};
  const coverage = new Coverage(records, context);
  const reached = { ...context, bundle: coverage.reached(context.bundle) };
  return { coverage: attempt(() => coverage.evidence()), bundle: bundleOf(reached, locatorFor(raw, context)) };
}

function bridgeOf(
  { reads: _reads, earlyReads: _earlyReads, senders = [], ...bridge }: RawBridge,
  locate: Locate,
): BridgeEvidence {
  const placed = senders.flatMap(({ method, places }) => {
    // The line that names the method says more than the helper that posts them all.
    const where = (method === "" ? undefined : locate.named(places, [method])) ?? locate.named(places, ["postMessage"]);
    return where ? [{ method, where }] : [];
  });
  const externalLinks = bridge.externalLinks.map((link) => withPlace(link, locate.address(link.url)));
  return { ...bridge, externalLinks, ...(placed.length > 0 ? { senders: placed } : {}) };
}

/** One artifact that cannot be made costs the checks that need it, not the run. */
function attempt<T>(make: () => T): Gathered<T> {
  try {
    return { status: "ok", value: make() };
  } catch (error) {
    return { status: "failed", error: { code: "GATHER", message: messageOf(error) } };
  }
}
