/**
 * The one builder of effective policies: what a browser enforces is the string
 * made here. Also the readers of such strings, so that nobody parses them twice.
 */
import { parseUrl } from "./addresses.ts";
import { applyAssumptions } from "./assumptions.ts";
import { profileById } from "../profiles/index.ts";
import { chatgpt } from "../profiles/chatgpt.ts";
import type {
  CspDeclaration,
  CspList,
  DirectiveTemplate,
  EffectivePolicy,
  EntryFilter,
  HostProfile,
  PolicyTemplate,
} from "../profiles/types.ts";

export interface PolicyContext {
  /** Origin of the connected MCP server; null for stdio servers and files. */
  readonly serverOrigin: string | null;
  /** Contested facts settled by the user; already applied to the profile itself. */
  readonly assumptions?: Readonly<Record<string, string>>;
}

export interface BuiltPolicies {
  /** Profile that applies: another one when nothing was declared and the host has one for that case. */
  readonly applied: HostProfile;
  /** Outer layer first. */
  readonly effective: readonly EffectivePolicy[];
}

/** Policies of the sandbox document and of the widget, as this host builds them. */
export function buildPolicies(
  profile: HostProfile,
  declaration: CspDeclaration,
  context: PolicyContext,
): BuiltPolicies {
  const applied = declaration.from === null ? undeclaredProfile(profile, context.assumptions ?? {}) : profile;
  const effective: EffectivePolicy[] = [];
  const outer = outerPolicy(applied);
  if (outer) effective.push({ layer: "outer", delivery: "header", value: outer });
  if (applied.innerPolicy.value) {
    const entries = entriesOf(declaration, context.serverOrigin, applied.entryFilter.value);
    effective.push({
      layer: "inner",
      delivery: applied.frames.innerDelivery.value,
      value: serialise(applied.innerPolicy.value, entries, declaration.from === null),
    });
  }
  return { applied, effective };
}

/** Only the policy is the other profile's: frames and bridge stay those of the host that was asked for. */
function undeclaredProfile(profile: HostProfile, assumptions: Readonly<Record<string, string>>): HostProfile {
  const other = profile.whenUndeclared.value === null ? undefined : profileById(profile.whenUndeclared.value);
  if (!other) return profile;
  const { id, title, summary, innerPolicy, badge, whenDeclared } = applyAssumptions(other, assumptions);
  return {
    ...profile,
    id,
    title,
    summary,
    innerPolicy,
    whenUndeclared: other.whenUndeclared,
    ...(whenDeclared ? { whenDeclared } : {}),
    ...(badge ? { badge } : {}),
  };
}

function outerPolicy({ frames }: HostProfile): string | null {
  const directives = frames.outerPolicy.value ? [serialise(frames.outerPolicy.value, {}, false)] : [];
  if (frames.outerHeaderSandbox.value) directives.push(`sandbox ${frames.outerHeaderSandbox.value.join(" ")}`);
  return directives.length > 0 ? directives.join("; ") : null;
}

/** A template as it would be sent; `{resource}` and the like stand for the declared lists. */
export const templateText = (template: PolicyTemplate): string =>
  template
    .map(({ name, sources, valueless, fallback }) => {
      if (valueless) return name;
      return `${name} ${sources.length > 0 ? sources.join(" ") : (fallback ?? "'none'")}`;
    })
    .join("; ");

type Entries = Readonly<Record<string, readonly string[]>>;

function entriesOf(declaration: CspDeclaration, serverOrigin: string | null, filter: EntryFilter): Entries {
  const kept = (list: "resource" | "connect" | "frame" | "base") =>
    declaration[list].filter(isOneSource).flatMap((entry) => KEPT[filter](entry, list));
  return {
    "{resource}": kept("resource"),
    "{connect}": kept("connect"),
    "{frame}": kept("frame"),
    "{base}": kept("base"),
    "{server}": serverOrigin ? [serverOrigin] : [],
  };
}

const onlyIf =
  (passes: (entry: string) => boolean) =>
  (entry: string): readonly string[] =>
    passes(entry) ? [entry] : [];

/** What becomes of an entry: itself, another, or nothing. */
const KEPT: Readonly<Record<EntryFilter, (entry: string, list: CspList) => readonly string[]>> = {
  literal: (entry) => [entry],
  "https-only": onlyIf((entry) => /^https:\/\//i.test(entry)),
  "no-wildcards": onlyIf((entry) => !entry.includes("*")),
  origins(entry) {
    const [, origin] =
      /^((?:(?:https?|wss?):\/\/)?(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::\d+)?)(?:\/|$)/i.exec(entry) ?? [];
    return origin !== undefined && /:\/\/|\./.test(origin) ? [origin] : [];
  },
  upgraded(entry, list) {
    if (list === "frame") return /^http:/i.test(entry) ? [] : [entry];
    return list === "connect" ? [entry.replace(/^(?:http|ws):\/\//i, "https://")] : [entry];
  },
};

/** What an entry of a declaration becomes in a host's policy: itself, another, or nothing. */
export const keptAs = (filter: EntryFilter, entry: string, list: CspList): readonly string[] =>
  isOneSource(entry) ? KEPT[filter](entry, list) : [];

/** An entry with `;` or `,` would start a directive or a policy of its own; what hosts do with it is not known, so it is left out and reported. */
const isOneSource = (entry: string): boolean => entry.trim() !== "" && !/[;,\u0000-\u001f\u007f]/.test(entry);

function serialise(template: PolicyTemplate, entries: Entries, undeclared: boolean): string {
  return template
    .map((directive) => serialiseDirective(directive, entries, undeclared))
    .filter((text) => text !== null)
    .join("; ");
}

function serialiseDirective(directive: DirectiveTemplate, entries: Entries, undeclared: boolean): string | null {
  if (directive.valueless) return directive.name;
  if (undeclared && directive.undeclared === null) return null;
  const template = (undeclared ? directive.undeclared : undefined) ?? directive.sources;
  const sources = [
    ...new Set(template.flatMap((source) => entries[source] ?? (source.startsWith("{") ? [] : [source]))),
  ];
  return `${directive.name} ${sources.length > 0 ? sources.join(" ") : (directive.fallback ?? "'none'")}`;
}

/** CSP Level 3, section 6.8: which directive answers for another that is absent. */
const FALLBACK: Readonly<Record<string, readonly string[]>> = {
  "script-src-elem": ["script-src", "default-src"],
  "script-src-attr": ["script-src", "default-src"],
  "style-src-elem": ["style-src", "default-src"],
  "style-src-attr": ["style-src", "default-src"],
  "worker-src": ["child-src", "script-src", "default-src"],
  "frame-src": ["child-src", "default-src"],
  "base-uri": [],
  "form-action": [],
  "frame-ancestors": [],
  sandbox: [],
  "upgrade-insecure-requests": [],
};

function chainOf(directive: string): readonly string[] {
  return [directive, ...(FALLBACK[directive] ?? (directive === "default-src" ? [] : ["default-src"]))];
}

/** The policy of the widget's own document; undefined where the host gives it none. */
export const innerPolicy = (effective: readonly EffectivePolicy[]): EffectivePolicy | undefined =>
  effective.find(({ layer }) => layer === "inner");

/** Directives of a serialised policy, in order; the first of a name counts and one that is not ASCII is dropped whole, as in browsers. */
export function parsePolicy(policy: string): ReadonlyMap<string, readonly string[]> {
  const directives = new Map<string, readonly string[]>();
  for (const part of policy.split(";").filter(isAscii)) {
    const [name, ...sources] = part.trim().split(/[\t\n\f\r ]+/);
    if (name && !directives.has(name.toLowerCase())) directives.set(name.toLowerCase(), sources);
  }
  return directives;
}

const isAscii = (text: string): boolean => /^[\u0000-\u007f]*$/.test(text);

/** Sources that govern a directive, through its fallbacks; null when the policy says nothing of it. */
export function directiveSources(policy: string, directive: string): readonly string[] | null {
  const directives = parsePolicy(policy);
  for (const name of chainOf(directive)) {
    const sources = directives.get(name);
    if (sources) return sources;
  }
  return null;
}

/** Which declared list feeds a directive in this host; null when no declaration can widen it. Default host: published ChatGPT. */
export function listFor(directive: string, profile: HostProfile = chatgpt): CspList | null {
  const declarable = profile.whenDeclared === undefined ? profile : (profileById(profile.whenDeclared) ?? profile);
  const template = declarable.innerPolicy.value ?? chatgpt.innerPolicy.value ?? NO_POLICY;
  for (const name of chainOf(directive)) {
    const found = template.find((entry) => entry.name === name);
    if (!found) continue;
    const placeholder = found.sources.find((source) => source in LIST_OF);
    return placeholder ? (LIST_OF[placeholder] ?? null) : null;
  }
  return null;
}

const NO_POLICY: PolicyTemplate = [];
const LIST_OF: Readonly<Record<string, CspList>> = {
  "{resource}": "resource",
  "{connect}": "connect",
  "{frame}": "frame",
  "{base}": "base",
};

/**
 * Origin of the sandbox document: dots of the declared domain become dashes,
 * else `connector-` and 32 hex digits derived from the server; underscores are dashes since August 2026.
 * Source: developers.openai.com/plugins/reference; skybridge #173 (2026-01-04); captures of 2026-08-06 and 2026-08-26.
 */
export function sandboxOrigin(profile: HostProfile, declaration: CspDeclaration, serverId: string): string {
  const declared = profile.frames.declaredDomain.value === "ignored" ? null : declaration.domain;
  const host = declared !== null && /^https:\/\//i.test(declared) ? (parseUrl(declared)?.hostname ?? null) : null;
  const label = host && /^[a-z0-9._-]+$/.test(host) ? host.replace(/[._]/g, "-") : `connector-${hex128(serverId)}`;
  return `https://${label}.${profile.frames.sandboxSuffix.value}`;
}

/** 32 hex digits that depend on the text alone: a name, not a secret. cyrb128 by bryc, public domain. */
function hex128(text: string): string {
  const words: [number, number, number, number] = [1779033703, 3144134277, 1013904242, 2773480762];
  const factors = [597399067, 2869860233, 951274213, 2716044179] as const;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    const [a, b, c, d] = words;
    words[0] = b ^ Math.imul(a ^ code, factors[0]);
    words[1] = c ^ Math.imul(b ^ code, factors[1]);
    words[2] = d ^ Math.imul(c ^ code, factors[2]);
    words[3] = a ^ Math.imul(d ^ code, factors[3]);
  }
  return words
    .map((word, index) => (Math.imul(word ^ (word >>> 15), factors[index] ?? 1) >>> 0).toString(16).padStart(8, "0"))
    .join("");
}
