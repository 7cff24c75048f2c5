/** How the rendering ended, and what was seen of it then. */
import type { AnsweredBy, DocumentEvidence, Where } from "../../model/evidence.ts";
import { provenanceOf } from "../../model/provenance.ts";
import type { DocumentProbe, DroppedKind, RawCall, RawLog } from "../../model/raw-log.ts";
import type { JoinContext } from "../../model/join-context.ts";
import type { Cap } from "../../model/tags.ts";
import { forgeriesOf } from "./forged.ts";
import { withPlace, type Locate } from "./locate.ts";

const UNSEEN: DocumentProbe = { visibleElements: 0, textLength: 0, width: 0, height: 0, title: "", hints: [] };

export function documentOf(raw: RawLog, { sandbox }: JoinContext, locate: Locate): DocumentEvidence {
  const { document, acts, departure, refresh, given } = raw;
  const placed = <T extends { readonly url: string }>(one: T) =>
    withPlace(one, locate.address(one.url) ?? locate.address(one.url.replace(/\/$/, "")) ?? locate.path(one.url));
  return {
    ended: document.ended,
    domContentLoaded: document.loaded,
    paintedShare: document.paintedShare,
    ...screenOf(document.probe ?? UNSEEN, placed),
    forged: forgeriesOf(raw),
    origin: sandbox.origin,
    answers: answersOf(raw),
    caps: capsOf(raw),
    ...(given.cuts.length > 0 ? { cuts: given.cuts } : {}),
    steps: acts.steps,
    explored: acts.explored,
    ...(acts.exploringStoppedAfterMs === null ? {} : { exploringStoppedAfterMs: acts.exploringStoppedAfterMs }),
    ...(acts.failed === null ? {} : { stepFailure: acts.failed }),
    ...(document.life ? { lived: document.life } : {}),
    pendingTimers: document.pendingTimers,
    ...(document.browserLacks ? { browserLacks: document.browserLacks } : {}),
    observed: document.observed,
    ...(document.restless ? { restless: true } : {}),
    ...(departure ? { left: departure } : {}),
    ...(refresh ? { refresh: placed(refresh) } : {}),
    ...hungInOf(document.hungIn ?? [], locate),
  };
}

type Placing = <T extends { readonly url: string }>(one: T) => T & { readonly where?: Where };
type Screen = Pick<
  DocumentEvidence,
  | "visibleElements"
  | "textLength"
  | "textUnseeable"
  | "boxesAlone"
  | "width"
  | "height"
  | "contentHeight"
  | "title"
  | "hints"
  | "broken"
  | "links"
>;

function screenOf(probe: DocumentProbe, placed: Placing): Screen {
  return {
    visibleElements: probe.visibleElements,
    textLength: probe.textLength,
    ...(probe.textUnseeable ? { textUnseeable: true } : {}),
    ...(probe.boxesAlone ? { boxesAlone: true } : {}),
    width: probe.width,
    height: probe.height,
    ...(probe.contentHeight === undefined ? {} : { contentHeight: probe.contentHeight }),
    title: probe.title,
    hints: probe.hints.map(placed),
    ...(probe.broken && probe.broken.length > 0 ? { broken: probe.broken } : {}),
    ...(probe.links && probe.links.length > 0 ? { links: probe.links } : {}),
  };
}

/** The innermost call of the widget's own; else of a package that it uses. */
function hungInOf(calls: readonly RawCall[], locate: Locate): Pick<DocumentEvidence, "hungIn"> {
  const located = calls.flatMap(({ name, place }) => {
    const where = locate(place);
    return where ? [{ name, where }] : [];
  });
  const own = located.find(({ where: { file = "", url } }) => !isOfPackage(file) && provenanceOf("", url) === null);
  const call = own ?? located[0];
  return call ? { hungIn: { ...(call.name === "" ? {} : { name: call.name }), where: call.where } } : {};
}

const isOfPackage = (file: string): boolean => /(?:^|[\\/])node_modules[\\/]/.test(file);

function answersOf({ arrivals }: RawLog): Partial<Record<AnsweredBy, number>> {
  const answers: Partial<Record<AnsweredBy, number>> = {};
  for (const { answeredBy } of arrivals) answers[answeredBy] = (answers[answeredBy] ?? 0) + 1;
  return answers;
}

const CAPS = {
  exceptions: "uncaught-error",
  browserMessages: "browser-message",
  navigations: "navigation",
  messages: "console-message",
  issues: "csp-violation",
  requests: "request",
  arrivals: "arrival",
  socketFrames: "socket-frame",
  bridgeMessages: "bridge-message",
  bridgeViolations: "bridge-violation",
  toolCalls: "tool-call",
  links: "link",
  apiUses: "api-use",
  storageWrites: "storage-write",
} as const satisfies Readonly<Record<DroppedKind, Cap["kind"]>>;

function capsOf({ dropped, limit }: RawLog): Cap[] {
  const kinds = Object.keys(CAPS) as DroppedKind[];
  return kinds
    .map((kind) => ({ kind: CAPS[kind], dropped: dropped[kind] ?? 0, limit }))
    .filter((cap) => cap.dropped > 0);
}
