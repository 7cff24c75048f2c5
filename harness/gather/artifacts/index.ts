/** The one join, for both stages: raw log and the facts of the job in, evidence out. Pure. */
import { messageOf } from "../../model/errors.ts";
import type { BridgeEvidence, Evidence, Gathered, OwnArtifacts, Where } from "../../model/evidence.ts";
import type { RawBridge, RawCoverage, RawLog, RawPlace } from "../../model/raw-log.ts";
import { apiUsesOf } from "./api-uses.ts";
import { attemptsOf } from "./attempts/index.ts";
import { bundleOf } from "./bundle.ts";
import { consoleOf } from "./console.ts";
import { Coverage } from "./coverage.ts";
import type { JoinContext } from "../../model/join-context.ts";
import { documentOf } from "./document.ts";
import { entryOf } from "./entry.ts";
import { locatorFor, withPlace, type Locate } from "./locate.ts";
import { hasOtherWay } from "./other-ways.ts";
import { propsOf } from "./props.ts";
import { placedByText } from "./read-places.ts";
import { indexOf } from "./source-index.ts";

export function evidenceOf(raw: RawLog, context: JoinContext): OwnArtifacts {
  const locate = locatorFor(raw, context);
  const bundle = bundleOf(context, locate);
  const index = indexOf(context.document);
  return {
    policy: { status: "ok", value: context.policy },
    ...placedByText(
      {
        attempts: attempt(() => attemptsOf({ raw, context, locate })),
        uses: attempt(() => apiUsesOf(raw, locate)),
      },
      {
        bundle: () => (raw.coverage ? bundleOf(reachedIn(raw.coverage, context), locate) : bundle),
        hasOtherWay: (kind, knows) => hasOtherWay(index, kind, knows),
        inDocument: (where) =>
          where.url === index.name && where.file === undefined && where.line !== undefined
            ? { ...where, ...locate.position(where.line, where.column ?? 1) }
            : where,
      },
    ),
    console: attempt(() => consoleOf(raw, locate)),
    bridge: attempt(() => bridgeOf(raw.bridge, locate)),
    document: attempt(() => documentOf(raw, context, locate)),
    props: attempt(() => propsOf(raw)),
    bundle,
    ...(raw.expected ? { expectations: { status: "ok", value: raw.expected } } : {}),
  };
}

const reachedIn = (records: readonly RawCoverage[], context: JoinContext): JoinContext => ({
  ...context,
  bundle: new Coverage(records, context).reached(context.bundle),
});

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
    const where = senderPlace(method, places, locate);
    return where ? [{ method, where }] : [];
  });
  const externalLinks = bridge.externalLinks.map((link) => withPlace(link, locate.address(link.url)));
  return { ...bridge, externalLinks, ...(placed.length > 0 ? { senders: placed } : {}) };
}

/** The widget's own call of an SDK says most, then the line that names the message, then the helper that posts them all. */
function senderPlace(method: string, places: readonly RawPlace[], locate: Locate): Where | undefined {
  const call = SDK_CALLS.get(method);
  const named =
    (call === undefined ? undefined : locate.named(places, [call])) ??
    (method === "" ? undefined : locate.named(places, [method])) ??
    locate.named(places, ["postMessage"]);
  if (!isOfPackage(named?.file)) return named;
  const located = places.map((place) => locate.named([place], []));
  return located.find((where) => where?.file !== undefined && !isOfPackage(where.file)) ?? named;
}

const isOfPackage = (file = ""): boolean => /(?:^|[\\/])node_modules[\\/]/.test(file);

/** How code calls what sends a message, on the `App` of `@modelcontextprotocol/ext-apps`, which keeps these names when it is made small. */
const SDK_CALLS: ReadonlyMap<string, string> = new Map([
  ["tools/call", ".callServerTool("],
  ["resources/read", ".readServerResource("],
  ["resources/list", ".listServerResources("],
  ["ui/message", ".sendMessage("],
  ["ui/open-link", ".openLink("],
  ["ui/download-file", ".downloadFile("],
  ["ui/update-model-context", ".updateModelContext("],
  ["ui/request-display-mode", ".requestDisplayMode("],
  ["notifications/message", ".sendLog("],
]);

/** One artifact that cannot be made costs the checks that need it, not the run. */
function attempt<T>(make: () => T): Gathered<T> {
  try {
    return { status: "ok", value: make() };
  } catch (error) {
    return { status: "failed", error: { code: "GATHER", message: messageOf(error) } };
  }
}
