/**
 * Evidence of the live stage, in the shape that `check` gathers, so that the
 * same judge reads it. There is no DevTools protocol here: what the document
 * says of itself is channel `page`, what reached our servers is `boundary`.
 */
import type {
  ApiUse,
  BridgeEvidence,
  ConsoleEntry,
  Detection,
  DocumentEvidence,
  Evidence,
  FieldReads,
  Gathered,
  PropsEvidence,
  SourceInfo,
  Where,
} from "../../../harness/model/evidence.ts";
import type { RawPlace, SourceReading, StageAnswer } from "../../server/types.ts";
import type { LiveSnapshot } from "../state/live-log.ts";
import type { Inspector, Wanted } from "./inspector.ts";
import { hostedUrl, networkOf } from "./network.ts";
import { placeOfError, placesOfUse } from "./places.ts";

export interface LiveInput {
  readonly live: LiveSnapshot;
  readonly widget: { readonly name: string; readonly source: SourceInfo };
  readonly profile: string;
  readonly scenario: string;
  readonly inventedArguments: boolean;
  readonly source: Gathered<SourceReading>;
  readonly inspector: Inspector;
}

/** Silence after which a widget counts as hung, milliseconds. */
const HUNG_MS = 8000;

/** What the evidence would need: the same walk, with a notebook in place of answers. */
export function wantedFor(input: LiveInput): Wanted {
  const wanted: Wanted = { texts: [], values: [], places: [] };
  const nothing = <T>(masked: T) => ({ masked, detections: [], limits: [] });
  evidenceWith(input, {
    text: (carrier, text) => (wanted.texts.push({ carrier, text }), nothing("")),
    value: (carrier, value) => (wanted.values.push({ carrier, value }), nothing(null)),
    place: (place) => void wanted.places.push(place),
  });
  return wanted;
}

export function liveEvidence(input: LiveInput): Evidence {
  return evidenceWith(input, input.inspector);
}

type Lookup = Pick<Inspector, "text" | "value" | "place">;
type Context = LiveInput & {
  readonly look: Lookup;
  mask(url: string): string;
  locate(place: RawPlace): Where | undefined;
};

function evidenceWith(input: LiveInput, look: Lookup): Evidence {
  const { live } = input;
  const { stage } = live;
  const ok = <T>(value: T): Gathered<T> => ({ status: "ok", value });
  const notYet: Gathered<never> = {
    status: "failed",
    error: { code: "NOT_RENDERED", message: live.failure ?? "the widget has not been rendered yet" },
  };
  const context: Context = {
    ...input,
    look,
    mask: (url) => (url.startsWith("data:") ? `${url.slice(0, 40)}…` : look.text("request", url).masked),
    locate: (place) => look.place(place),
  };
  return {
    schemaVersion: 1,
    widget: input.widget.name,
    source: input.widget.source,
    profile: input.profile,
    scenario: input.scenario,
    browser: browserName(),
    durationMs: live.readyMs ?? 0,
    artifacts: {
      policy: stage ? ok(stage.policy) : notYet,
      network: stage ? ok(networkOf({ live, stage, mask: context.mask, locate: context.locate })) : notYet,
      apiUses: ok(apiUsesOf(context)),
      console: ok(consoleOf(context)),
      bridge: ok(bridgeOf(context)),
      document: stage && (live.document || live.silentMs >= HUNG_MS) ? ok(documentOf(context, stage)) : notYet,
      props: stage ? ok(propsOf(context, stage)) : notYet,
      bundle: input.source.status === "ok" ? ok(input.source.value.bundle) : input.source,
    },
  };
}

function apiUsesOf({ live, locate }: Context): ApiUse[] {
  return live.apiUses.map((use) => {
    // Every frame is asked for: the first may be ours.
    const where = placesOfUse(use).map(locate).find(Boolean);
    return {
      api: use.api,
      count: use.count,
      returned: use.returned,
      channel: "page",
      channels: ["page"],
      initiator: "document",
      blocked: use.blocked,
      ...(where ? { where } : {}),
    };
  });
}

function consoleOf({ live, locate, look }: Context): ConsoleEntry[] {
  return live.errors.map((entry) => {
    const place = placeOfError(entry);
    const where = place ? locate(place) : undefined;
    return {
      level: entry.level,
      text: look.text("console", entry.text).masked,
      origin: entry.origin,
      count: 1,
      ...(where ? { where } : {}),
    };
  });
}

function bridgeOf({ live, look, mask }: Context): BridgeEvidence {
  return {
    surfaces: live.surfaces,
    handshake: live.handshake,
    messages: live.messages.map((message) =>
      message.payload === undefined ? message : { ...message, payload: look.value("message", message.payload).masked },
    ),
    dropped: live.dropped,
    violations: live.protocolProblems,
    toolCalls: live.toolCalls,
    externalLinks: live.links.map((link) => ({ ...link, url: mask(link.url) })),
    requestedHeight: live.height,
  };
}

function documentOf({ live, look, mask }: Context, stage: StageAnswer): DocumentEvidence {
  const probe = live.document;
  const answers: Record<string, number> = {};
  for (const { by } of live.arrivals) answers[by] = (answers[by] ?? 0) + 1;
  return {
    ended: live.leaving ? "navigated-away" : live.silentMs >= HUNG_MS ? "hung" : "settled",
    domContentLoaded: probe ? probe.readyState !== "loading" : false,
    visibleElements: probe?.visibleElements ?? 0,
    textLength: probe?.textLength ?? 0,
    paintedShare: null,
    width: probe?.width ?? 0,
    height: probe?.height ?? 0,
    title: probe ? look.text("console", probe.title).masked : "",
    hints: (probe?.hints ?? []).map(({ rel, url }) => ({ rel, url: mask(url) })),
    forged: [],
    origin: hostedUrl(stage.boot.frame.outerOrigin, stage),
    answers,
    caps: live.dropped > 0 ? [`${live.dropped} records were counted and not kept`] : [],
    observed: probe !== null || live.silentMs >= HUNG_MS,
  };
}

function propsOf(context: Context, stage: StageAnswer): PropsEvidence {
  const { live, look, source } = context;
  const { toolInput, toolResult, widgetState } = stage.boot;
  const detections: Detection[] = source.status === "ok" ? [...source.value.detections] : [];
  const limits = new Set(source.status === "ok" ? source.value.limits : []);
  const take = (
    found: { readonly detections: readonly Detection[]; readonly limits: readonly string[] },
    sink?: string,
  ) => {
    for (const detection of found.detections) detections.push(sink === undefined ? detection : { ...detection, sink });
    for (const limit of found.limits) limits.add(limit);
  };
  const given = {
    toolInput,
    toolOutput: toolResult?.structuredContent,
    content: toolResult?.content,
    _meta: toolResult?._meta,
    widgetState,
  };
  for (const [carrier, value] of Object.entries(given))
    if (value !== undefined && value !== null) take(look.value(carrier as Detection["carrier"], value));
  for (const { carrier, value, sink } of live.sent) take(look.value(carrier, value), sink);
  for (const { url } of [...live.arrivals, ...live.resources])
    if (!/^(data|blob|about):/.test(url)) take(look.text("request", url), URL.canParse(url) ? new URL(url).origin : "");
  for (const entry of live.errors) if (entry.origin === "console") take(look.text("console", entry.text));
  return {
    detections: unique(detections),
    limits: [...limits],
    inventedArguments: context.inventedArguments,
    reads: readsOf(context, stage),
    sizes: {
      toolInput: bytes(given.toolInput),
      structuredContent: bytes(given.toolOutput),
      content: bytes(given.content),
      meta: bytes(given._meta),
      widgetState: bytes(given.widgetState),
    },
  };
}

const bytes = (value: unknown): number =>
  value === undefined || value === null ? 0 : new TextEncoder().encode(JSON.stringify(value) ?? "").length;

/** The same value in the same place, seen once or a thousand times, is one detection. */
function unique(detections: readonly Detection[]): Detection[] {
  return [
    ...new Map(
      detections.map((one) => [
        [one.kind, one.carrier, one.path, one.fingerprint, one.sink, one.where?.line].join(" "),
        one,
      ]),
    ).values(),
  ];
}

/** Every leaf of the tool's output, with what the widget did with it; what a widget reads of a result that came as a message, no getter sees. */
function readsOf({ live }: Context, stage: StageAnswer): FieldReads | null {
  const output = stage.boot.toolResult?.structuredContent;
  if (!live.reads || live.handshake === "initialized" || typeof output !== "object" || output === null) return null;
  const states = new Map(live.reads.fields.map(({ path, state }) => [path, state]));
  const fields: FieldReads["fields"][number][] = [];
  const walk = (value: unknown, path: string): void => {
    if (fields.length >= 5000) return;
    if (typeof value === "object" && value !== null && Object.keys(value).length > 0) {
      for (const [key, child] of Object.entries(value))
        walk(child, Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`);
    } else fields.push({ path, state: states.get(path) ?? "unread", bytes: bytes(value) });
  };
  walk(output, "$");
  return { fields, opaque: live.reads.opaque };
}

/** What this browser calls itself. */
function browserName(): { readonly name: string; readonly version: string } {
  const match =
    /(Firefox|Edg|Chrome)\/([\d.]+)/.exec(navigator.userAgent) ??
    /(Version)\/([\d.]+).*Safari/.exec(navigator.userAgent);
  return {
    name: match?.[1] === "Version" ? "safari" : (match?.[1] ?? "browser").toLowerCase(),
    version: match?.[2] ?? "",
  };
}
