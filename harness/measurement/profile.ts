/** A measurement as a profile file: what was measured, over the built-in host that is nearest to it. Pure. */
import { parsePolicy } from "../../host/csp/policy.ts";
import { FEATURES, listNamed } from "../../host/probe/plan.ts";
import { knownProfiles, profileIds, profiles, type BuiltInProfileId } from "../../host/profiles/index.ts";
import type { DisplayMode, HostProfile } from "../../host/profiles/types.ts";
import type { Json, Measurement } from "../model/measurement.ts";
import { variablesOf } from "./bridge-statements.ts";
import { layersOf } from "./layers.ts";
import { featuresIn, statementsOf } from "./statements.ts";

type Facts = Readonly<Record<string, Json>>;

/** As `--profile FILE` reads it. */
export interface ProfileFile {
  readonly id: string;
  readonly extends: BuiltInProfileId;
  readonly title: string;
  readonly summary: string;
  readonly source: string;
  readonly seen: string;
  readonly [fact: string]: Json;
}

export function hostOf({ facts, client }: Measurement): { readonly name: string; readonly version: string } {
  const info = facts.bridge?.hostInfo;
  if (info && info.name !== "") return info;
  return client ? { name: client.name, version: client.version } : { name: "unknown host", version: "" };
}

/** `claude-2026-11-26`: of the host's name and the day. */
export function idOf(measurement: Measurement): string {
  const { name } = hostOf(measurement);
  const word =
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "")
      .slice(0, 24) || "host";
  return `${word}-${measurement.date}`;
}

/** The host with the fewest differences, and of these the first. */
export function nearestProfile(measurement: Measurement): BuiltInProfileId {
  const counted = profileIds.map((id) => ({
    id,
    different: statementsOf(profiles[id], measurement).filter(({ state }) => state === "different").length,
  }));
  return counted.reduce((best, one) => (one.different < best.different ? one : best)).id;
}

export function profileOf(measurement: Measurement, id = idOf(measurement)): ProfileFile {
  const nearest = nearestProfile(measurement);
  const { name, version } = hostOf(measurement);
  const source = `measured: sandglass probe ${measurement.sandglass} in ${`${name} ${version}`.trim()}, ${measurement.browser}`;
  const fact = (value: Json): Json => ({ value, source, seen: measurement.date, confidence: "medium" });
  const facts = (values: Readonly<Record<string, Json | undefined>>): Facts =>
    Object.fromEntries(
      Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [[key, fact(value)]])),
    );
  const base: HostProfile = profiles[nearest];
  const frames = facts(framesOf(measurement, base));
  const bridge = facts(bridgeOf(measurement, base));
  return {
    id,
    extends: nearest,
    title: `${name}, measured`,
    summary: `${`${name} ${version}`.trim()} as measured on ${measurement.date}; what was not measured is as in ${nearest}.`,
    source,
    seen: measurement.date,
    ...facts({ innerPolicy: innerOf(measurement), entryFilter: filterOf(measurement) }),
    ...(Object.keys(frames).length > 0 ? { frames } : {}),
    ...(Object.keys(bridge).length > 0 ? { bridge } : {}),
  };
}

const PLACEHOLDERS = { connect: "{connect}", resource: "{resource}", frame: "{frame}", base: "{base}" } as const;

/** The measured policy with the declared lists taken out of it; null: there was none. */
function innerOf({ facts }: Measurement): Json | undefined {
  const layers = layersOf(facts);
  if (layers === null) return undefined;
  return layers.inner && templateOf(layers.inner.text);
}

export function templateOf(policy: string): string {
  return [...parsePolicy(policy)]
    .map(([name, sources]) => {
      const general = sources.map((source) => {
        const list = listNamed(source);
        return list === null ? source : PLACEHOLDERS[list];
      });
      return [name, ...new Set(general)].join(" ");
    })
    .join("; ");
}

/** Told by what became of the odd entries, where they were declared. */
function filterOf({ facts, declared }: Measurement): Json | undefined {
  const policy = layersOf(facts)?.inner?.text;
  if (policy === undefined || !JSON.stringify(declared).includes("//plain.resource.probe.example")) return undefined;
  const keepsWild = policy.includes("*.wild.resource.probe.example");
  const keepsPlain = policy.includes("http://plain.resource.probe.example");
  if (!keepsWild) return keepsPlain ? "no-wildcards" : undefined;
  if (!keepsPlain) return "https-only";
  return filterOfKept(policy);
}

/** Both odd entries are there: whether as they were written, the others say. */
function filterOfKept(policy: string): string {
  if (!policy.includes("path.resource.probe.example/assets/")) return "origins";
  return policy.includes("https://plain.connect.probe.example") ? "upgraded" : "literal";
}

function framesOf(measurement: Measurement, base: HostProfile): Readonly<Record<string, Json | undefined>> {
  const { document: page, features } = measurement.facts;
  const layers = layersOf(measurement.facts);
  const header = layers?.outer ? parsePolicy(layers.outer.text) : null;
  return {
    topOrigin: httpOrigin(page.ancestors?.at(-1)),
    sandboxSuffix: suffixOf(page.origin),
    sandboxQuery: page.query,
    outerPolicy: header ? outerText(header) : undefined,
    outerHeaderSandbox: header ? (header.get("sandbox") ?? null) : undefined,
    outerSandbox: outerTokens(measurement, base),
    outerAllow: features === null ? undefined : allowOf(features, base),
    innerSandbox: page.sandbox ?? undefined,
    innerDelivery: layers?.inner?.delivery,
  };
}

const httpOrigin = (origin: string | undefined): string | undefined =>
  origin !== undefined && /^https?:\/\/[a-z0-9.-]+(:\d+)?$/i.test(origin) ? origin : undefined;

/** A masked name is the widget's own: what follows it is the host's. No name stands under an address of numbers. */
function suffixOf(origin: string): string | undefined {
  const [, suffix] = /^https?:\/\/[^./]+\.((?:[a-z0-9-]+\.)*[a-z][a-z0-9-]*)(?::\d+)?$/i.exec(origin) ?? [];
  return suffix;
}

function outerText(header: ReadonlyMap<string, readonly string[]>): string | null {
  const kept = [...header].filter(([name]) => name !== "sandbox" && name !== "frame-ancestors");
  return kept.length === 0 ? null : kept.map(([name, sources]) => [name, ...sources].join(" ")).join("; ");
}

/** The attribute above cannot be read: what the widget could do says which of its tokens there are. */
function outerTokens({ facts: { presses, document: page } }: Measurement, base: HostProfile): Json | undefined {
  const told = [
    ["allow-same-origin", page.origin === "null" ? false : undefined],
    ["allow-popups", presses.popup?.startsWith("allowed")],
    ["allow-modals", presses.confirm === undefined ? undefined : presses.confirm === "shown"],
  ] as const;
  if (told.every(([, given]) => given === undefined)) return undefined;
  const tokens = new Set<string>(base.frames.outerSandbox.value);
  for (const [token, given] of told)
    if (given === true) tokens.add(token);
    else if (given === false) tokens.delete(token);
  return [...tokens];
}

/** Features of the nearest host that were not asked about stay as they are there. */
function allowOf(features: readonly string[], base: HostProfile): string {
  const asked = new Set<string>(FEATURES);
  const others = [...featuresIn(base.frames.outerAllow.value)].filter((name) => !asked.has(name));
  return [...others, ...FEATURES.filter((name) => features.includes(name))].map((name) => `${name} *`).join("; ");
}

/** Facts that are taken as they were measured. */
const AS_MEASURED = new Set([
  "windowOpenai",
  "hostInfo",
  "hostCapabilities",
  "failedToolCall",
  "displayModeOutsideGesture",
]);

function bridgeOf(measurement: Measurement, base: HostProfile): Readonly<Record<string, Json | undefined>> {
  const { client, facts } = measurement;
  const context = facts.bridge?.hostContext;
  const said = statementsOf(profiles.chatgpt, measurement).flatMap(({ id, measured }) =>
    measured === undefined ? [] : [[id.replace(/^bridge\./, ""), measured] as const],
  );
  const delivered = said.find(([name]) => name === "deliveredResult")?.[1];
  return {
    ...Object.fromEntries(said.filter(([name]) => AS_MEASURED.has(name))),
    ...(context ? contextOf(context, base) : {}),
    deliveredResult: delivered === "whole" || delivered === "content-only" ? delivered : undefined,
    openaiMissing: facts.openai
      ? base.bridge.openaiMissing.value.filter((name) => !Object.hasOwn(facts.openai ?? {}, name))
      : undefined,
    clientInfo: client && { name: client.name, version: client.version },
    heightRange: heightRangeOf(facts.size?.given ?? {}),
  };
}

/** Bounds show where a frame did not take the height that was reported. */
function heightRangeOf(given: Readonly<Record<string, number>>): Json | undefined {
  const heights = Object.entries(given).map(([reported, height]) => ({ reported: Number(reported), height }));
  if (heights.length === 0) return undefined;
  const raised = heights.filter(({ reported, height }) => height > reported).map(({ height }) => height);
  const cut = heights.filter(({ reported, height }) => height < reported).map(({ height }) => height);
  return {
    min: raised.length > 0 ? Math.min(...raised) : null,
    max: cut.length > 0 ? Math.max(...cut) : null,
  };
}

const MODES: readonly DisplayMode[] = ["inline", "fullscreen", "pip"];
const SIZES = ["height", "maxHeight", "width", "maxWidth"];
const KNOWN_FIELDS = new Set<string>(["styles", ...knownProfiles.flatMap(({ bridge }) => bridge.contextFields.value)]);

function contextOf(
  context: Readonly<Record<string, Json>>,
  base: HostProfile,
): Readonly<Record<string, Json | undefined>> {
  const { userAgent, availableDisplayModes: modes, containerDimensions: sizes } = context;
  return {
    contextFields: Object.keys(context).filter((name) => KNOWN_FIELDS.has(name)),
    userAgent: typeof userAgent === "string" ? userAgent : undefined,
    availableDisplayModes: Array.isArray(modes)
      ? MODES.filter((mode) => (modes as readonly Json[]).includes(mode))
      : undefined,
    containerDimensions:
      typeof sizes === "object" && sizes !== null
        ? Object.fromEntries(
            Object.entries(sizes).filter(
              ([name, value]) => SIZES.includes(name) && typeof value === "number" && value > 0,
            ),
          )
        : undefined,
    styles: stylesOf(context, base),
  };
}

/** One theme was seen: the other is as in the nearest host, or the same. */
function stylesOf(context: Readonly<Record<string, Json>>, base: HostProfile): Json {
  const variables = variablesOf(context.styles);
  if (!variables) return null;
  const seen = Object.fromEntries(Object.entries(variables).filter(([, value]) => typeof value === "string"));
  const { light, dark } = base.bridge.styles.value ?? { light: seen, dark: seen };
  return context.theme === "dark" ? { light, dark: seen } : { light: seen, dark };
}
