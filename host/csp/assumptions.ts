/** Settles contested facts: `--assume clipboard-write=granted`. */
import { CDN_BASELINE } from "../profiles/contested.ts";
import type { AssumptionName, HostProfile, PolicyTemplate, Sourced } from "../profiles/types.ts";

const BY_USER = "assumed by the user";

/** Names or values that the profile does not know, as sentences; empty when all are fine. */
export function assumptionProblems(profile: HostProfile, assumed: Readonly<Record<string, string>>): string[] {
  return Object.entries(assumed).flatMap(([name, value]) => {
    const known = profile.assumptions.find((assumption) => assumption.name === name);
    if (!known)
      return [
        `There is no contested fact "${name}" under ${profile.id}; there is ${profile.assumptions.map((assumption) => assumption.name).join(", ") || "none"}.`,
      ];
    return known.values.includes(value)
      ? []
      : [`"${value}" is no value of ${name}; it takes ${known.values.join(" or ")}.`];
  });
}

/** The profile with contested facts set. Values that are the default change nothing. */
export function applyAssumptions(profile: HostProfile, assumed: Readonly<Record<string, string>>): HostProfile {
  return Object.entries(assumed).reduce((result, [name, value]) => {
    const known = profile.assumptions.find((assumption) => assumption.name === name);
    return !known || known.default === value ? result : APPLY[known.name](result, value);
  }, profile);
}

const assumed = <T>(fact: Sourced<unknown>, value: T): Sourced<T> => ({
  ...fact,
  value,
  confidence: "low",
  source: BY_USER,
});

const APPLY: Readonly<Record<AssumptionName, (profile: HostProfile, value: string) => HostProfile>> = {
  "metadata-key": (profile, value) => ({
    ...profile,
    cspKeys: assumed(profile.cspKeys, value === "widgetCSP-only" ? ["openai/widgetCSP"] : ["ui.csp"]),
  }),
  "cdn-baseline": (profile) =>
    withSources(profile, (name) => (/^(script|style|style-src-elem|font|img|connect)/.test(name) ? CDN_BASELINE : [])),
  "clipboard-write": (profile, value) => {
    const others = profile.frames.outerAllow.value
      .split(";")
      .map((entry) => entry.trim())
      .filter((entry) => entry !== "" && !/^clipboard-write\b/.test(entry));
    const allow = [...(value === "granted" ? ["clipboard-write *"] : []), ...others].join("; ");
    return { ...profile, frames: { ...profile.frames, outerAllow: assumed(profile.frames.outerAllow, allow) } };
  },
  "resource-domains": (profile) => withTemplate(profile, (sources) => sources.filter((one) => one !== "{resource}")),
  popups: (profile) => ({
    ...profile,
    frames: {
      ...profile.frames,
      outerSandbox: assumed(profile.frames.outerSandbox, [
        ...profile.frames.outerSandbox.value,
        "allow-popups",
        "allow-popups-to-escape-sandbox",
      ]),
    },
  }),
  wildcards: (profile) => ({ ...profile, entryFilter: assumed(profile.entryFilter, "no-wildcards") }),
  "style-elem-cdn": (profile) =>
    withSources(profile, (name) => (name === "style-src-elem" ? ["https://*.oaiusercontent.com"] : [])),
};

/** The policy with the sources of every directive changed. */
function withTemplate(profile: HostProfile, change: (sources: readonly string[]) => readonly string[]): HostProfile {
  const policy = profile.innerPolicy.value?.map((directive) => ({ ...directive, sources: change(directive.sources) }));
  return policy ? { ...profile, innerPolicy: assumed(profile.innerPolicy, policy) } : profile;
}

function withSources(profile: HostProfile, more: (directive: string) => readonly string[]): HostProfile {
  if (!profile.innerPolicy.value) return profile;
  const policy: PolicyTemplate = profile.innerPolicy.value.map((directive) => {
    const extra = directive.sources.length > 0 ? more(directive.name) : [];
    return extra.length > 0
      ? {
          ...directive,
          sources: [...directive.sources, ...extra],
          ...(directive.undeclared ? { undeclared: [...directive.undeclared, ...extra] } : {}),
        }
      : directive;
  });
  return { ...profile, innerPolicy: assumed(profile.innerPolicy, policy) };
}
