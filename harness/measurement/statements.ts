/** A measurement against a profile, statement by statement. Pure. */
import { readDeclaration } from "../../host/csp/declaration.ts";
import { buildPolicies, parsePolicy } from "../../host/csp/policy.ts";
import { sandboxTokens } from "../../host/csp/sandbox.ts";
import { FEATURES } from "../../host/probe/plan.ts";
import type { HostProfile } from "../../host/profiles/types.ts";
import type { Measurement } from "../model/measurement.ts";
import { cellStatements } from "./cells.ts";
import { layersOf } from "./layers.ts";
import { bridgeStatements } from "./bridge-statements.ts";
import { statement, type Statement } from "./statement.ts";

export interface Site {
  /** Origin that stands for `{server}`; the probe's server writes that word itself. */
  readonly serverOrigin?: string | null;
  /** What a stage on loopback cannot have: origins of its own. Default false. */
  readonly isLoopback?: boolean;
}

/** How the probe's server writes its own origin. */
export const SERVER = "{server}";

export function statementsOf(profile: HostProfile, measurement: Measurement, site: Site = {}): Statement[] {
  const { declaration } = readDeclaration(measurement.declared, profile.cspKeys.value);
  const { serverOrigin = SERVER, isLoopback = false } = site;
  const { applied, effective } = buildPolicies(profile, declaration, { serverOrigin });
  const statements = [
    ...policyStatements(effective, measurement),
    ...cellStatements(effective, measurement),
    ...frameStatements(applied, measurement),
    ...bridgeStatements(applied, measurement),
  ];
  return isLoopback ? statements.filter(({ id }) => !OF_ITS_ORIGIN.has(id)) : statements;
}

/** What a stage on loopback answers with addresses of its own, what its server is told by us, and how it hears of refusals. */
const OF_ITS_ORIGIN = new Set([
  "frames.topOrigin",
  "frames.sandboxSuffix",
  "bridge.clientInfo",
  "innerPolicy report-uri",
  "outerPolicy report-uri",
]);

type Effective = ReturnType<typeof buildPolicies>["effective"];

function policyStatements(effective: Effective, measurement: Measurement): Statement[] {
  const layers = layersOf(measurement.facts);
  return (["outer", "inner"] as const).flatMap((layer) => {
    const believed = effective.find((one) => one.layer === layer);
    const seen = layers === null ? undefined : layers[layer];
    return [
      ...directiveStatements(layer, believed?.value ?? null, seen === undefined ? undefined : (seen?.text ?? null)),
      ...(layer === "inner" && believed
        ? [statement("frames.innerDelivery", believed.delivery, seen ? seen.delivery : undefined)]
        : []),
    ];
  });
}

const NONE = "(none)";

/** Each directive by itself; `undefined`: nothing was measured. */
function directiveStatements(
  layer: "outer" | "inner",
  believed: string | null,
  measured: string | null | undefined,
): Statement[] {
  const [told, seen] = [directivesOf(believed), directivesOf(measured ?? null)];
  // Of a policy that restricts frames alone, nothing may have been refused that the other lets through.
  const names = new Set([...told.keys(), ...seen.keys()]);
  names.delete("frame-ancestors");
  return [...names].map((name) =>
    statement(
      `${layer}Policy ${name}`,
      told.get(name) ?? NONE,
      measured === undefined ? undefined : (seen.get(name) ?? NONE),
    ),
  );
}

function directivesOf(policy: string | null): ReadonlyMap<string, string> {
  if (policy === null) return new Map();
  return new Map([...parsePolicy(policy)].map(([name, sources]) => [name, [...new Set(sources)].toSorted().join(" ")]));
}

function frameStatements({ frames }: HostProfile, { facts }: Measurement): Statement[] {
  const { document: page, features, presses } = facts;
  const tokens = sandboxTokens(frames);
  const isOpaque = page.origin === "null";
  return [
    statement("frames.topOrigin", frames.topOrigin.value, page.ancestors?.at(-1)),
    statement(
      "frames.sandboxSuffix",
      frames.sandboxSuffix.value,
      isOpaque ? undefined : suffixOf(page.origin, frames.sandboxSuffix.value),
    ),
    statement("frames.sandboxQuery", frames.sandboxQuery.value, page.query),
    statement("frames.innerSandbox", [...frames.innerSandbox.value].toSorted(), page.sandbox ?? undefined),
    statement("sandbox allow-same-origin", tokens.has("allow-same-origin"), !isOpaque),
    statement("sandbox allow-popups", tokens.has("allow-popups"), wordIs(presses.popup, /^allowed/)),
    statement("sandbox allow-modals", tokens.has("allow-modals"), wordIs(presses.confirm, /^shown$/)),
    ...FEATURES.map((feature) =>
      statement(
        `frames.outerAllow ${feature}`,
        featuresIn(frames.outerAllow.value).has(feature) && !frames.refusedFeatures.value.includes(feature),
        features === null ? undefined : features.includes(feature),
      ),
    ),
  ];
}

const wordIs = (word: string | undefined, wanted: RegExp): boolean | undefined =>
  word === undefined ? undefined : wanted.test(word);

/** The part of the host's name that profiles give. */
function suffixOf(origin: string, suffix: string): string {
  if (!URL.canParse(origin)) return origin.replace(/^https?:\/\/[^.]*\./, "");
  const { host } = new URL(origin);
  return host.endsWith(`.${suffix}`) ? suffix : host;
}

/** Names that an `allow` attribute delegates. */
export function featuresIn(allow: string): ReadonlySet<string> {
  return new Set(
    allow
      .split(";")
      .map((part) => part.trim())
      .filter((part) => part !== "" && !/'none'/.test(part))
      .map((part) => part.split(/\s+/)[0] ?? ""),
  );
}
