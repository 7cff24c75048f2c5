/** A measurement as a profile file: what was measured, over the built-in host that is nearest to it. Pure. */
import { parsePolicy } from "../../host/csp/policy.ts";
import { FEATURES, listNamed } from "../../host/probe/plan.ts";
import { profileIds, profiles, type BuiltInProfileId } from "../../host/profiles/index.ts";
import type { HostProfile } from "../../host/profiles/types.ts";
import type { Json, Measurement } from "../model/measurement.ts";
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
  const bridge = facts(bridgeOf(measurement));
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
  if (keepsWild) return keepsPlain ? "literal" : "https-only";
  return keepsPlain ? "no-wildcards" : undefined;
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

/** A masked name is the widget's own: what follows it is the host's. */
function suffixOf(origin: string): string | undefined {
  const [, suffix] = /^https?:\/\/[^./]+\.([a-z0-9.-]+)(?::\d+)?$/i.exec(origin) ?? [];
  return suffix;
}

function outerText(header: ReadonlyMap<string, readonly string[]>): string | null {
  const kept = [...header].filter(([name]) => name !== "sandbox" && name !== "frame-ancestors");
  return kept.length === 0 ? null : kept.map(([name, sources]) => [name, ...sources].join(" ")).join("; ");
}

/** The attribute above cannot be read: what the widget could do says which of its tokens there are. */
function outerTokens({ facts: { presses } }: Measurement, base: HostProfile): Json | undefined {
  const told = [
    ["allow-popups", presses.popup === undefined ? undefined : presses.popup === "allowed"],
    ["allow-modals", presses.confirm === undefined ? undefined : presses.confirm === "shown"],
  ] as const;
  if (told.every(([, given]) => given === undefined)) return undefined;
  const tokens = new Set<string>(base.frames.outerSandbox.value);
  for (const [token, given] of told) if (given === true) tokens.add(token);
  return [...tokens];
}

/** Features of the nearest host that were not asked about stay as they are there. */
function allowOf(features: readonly string[], base: HostProfile): string {
  const asked = new Set<string>(FEATURES);
  const others = [...featuresIn(base.frames.outerAllow.value)].filter((name) => !asked.has(name));
  return [...others, ...FEATURES.filter((name) => features.includes(name))].map((name) => `${name} *`).join("; ");
}

function bridgeOf(measurement: Measurement): Readonly<Record<string, Json | undefined>> {
  const { bridge, openai } = measurement.facts;
  const measured = Object.fromEntries(
    statementsOf(profiles.chatgpt, measurement)
      .filter(({ id, measured: value }) => id.startsWith("bridge.") && value !== undefined)
      .map(({ id, measured: value }) => [id.slice("bridge.".length), value]),
  );
  const { containerDimensions, deliveredResult, ...others } = measured;
  return {
    ...others,
    ...(isSized(containerDimensions) ? { containerDimensions } : {}),
    ...(deliveredResult === "whole" || deliveredResult === "content-only" ? { deliveredResult } : {}),
    ...(openai === null ? { displayModeOutsideGesture: undefined } : {}),
    ...(bridge === null ? { hostInfo: undefined } : {}),
    ...(measurement.client
      ? { clientInfo: { name: measurement.client.name, version: measurement.client.version } }
      : {}),
  };
}

/** The form that profiles keep. */
const isSized = (value: Json | undefined): boolean =>
  typeof value === "object" &&
  value !== null &&
  !Array.isArray(value) &&
  JSON.stringify(Object.keys(value).toSorted()) === '["height","maxWidth"]';
