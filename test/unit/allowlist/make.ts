/** Evidence as a gatherer would give it, with what a test cares about put in. */
import { NOT_TRIED } from "../../../harness/judge/trials.ts";
import { readDeclaration } from "../../../host/csp/declaration.ts";
import { directiveOfKind } from "../../../host/csp/kinds.ts";
import { buildPolicies, listFor } from "../../../host/csp/policy.ts";
import { profileById } from "../../../host/profiles/index.ts";
import type { CspDeclaration, HostProfile } from "../../../host/profiles/types.ts";
import type {
  Artifacts,
  BundleEvidence,
  Evidence,
  NetworkAttempt,
  RequestKind,
} from "../../../harness/model/evidence.ts";
import { attempt, bridgeOf, documentOf, NO_BUNDLE, propsOf, SANDBOX } from "../make.ts";

export { SANDBOX };
export function profile(id: string): HostProfile {
  const found = profileById(id);
  if (!found) throw new Error(`no profile ${id}`);
  return found;
}

export function declare(
  lists: Partial<Record<"connect" | "resource" | "frame" | "redirect", readonly string[]>> | null,
  domain: string | null = "https://my-app.example",
): CspDeclaration {
  const csp = lists && {
    connect_domains: lists.connect ?? [],
    resource_domains: lists.resource ?? [],
    frame_domains: lists.frame ?? [],
    redirect_domains: lists.redirect ?? [],
  };
  const ui = lists && {
    connectDomains: lists.connect ?? [],
    resourceDomains: lists.resource ?? [],
    frameDomains: lists.frame ?? [],
  };
  return readDeclaration(
    {
      ...(csp ? { "openai/widgetCSP": csp, ui: { csp: ui } } : {}),
      ...(domain ? { "openai/widgetDomain": domain } : {}),
    },
    ["openai/widgetCSP", "ui.csp"],
  ).declaration;
}

/** What goes with an allowed request, or with a blocked one. */
type Rest<O extends NetworkAttempt["outcome"]> = Partial<Omit<Extract<NetworkAttempt, { outcome: O }>, "outcome">>;

/** An allowed request; `rest` changes what matters. */
export const asked = (url: string, kind: RequestKind = "fetch", rest: Rest<"allowed"> = {}): NetworkAttempt =>
  attempt({ url, kind, ...rest });

/** A request that the policy refuses, or would. */
export function blocked(url: string, kind: RequestKind = "fetch", rest: Rest<"blocked-by-csp"> = {}): NetworkAttempt {
  const directive = rest.directive ?? directiveOfKind(kind);
  const list = /^(https|wss?|http):/.test(url) && directive ? listFor(directive) : null;
  return attempt({
    url,
    kind,
    outcome: "blocked-by-csp",
    list,
    blockClass: list ? "csp-expressible" : "csp-inexpressible",
    channels: ["audits"],
    ...rest,
  });
}

export interface Made {
  readonly declaration?: CspDeclaration;
  readonly profileId?: string;
  readonly network?: readonly NetworkAttempt[];
  readonly bundle?: BundleEvidence;
  readonly links?: Artifacts["bridge"]["externalLinks"];
  readonly document?: Partial<Artifacts["document"]>;
  readonly serverOrigin?: string | null;
  /** Origins that what the widget is given names. */
  readonly named?: readonly string[];
}

export function artifacts({
  declaration = declare({}),
  profileId = "chatgpt",
  network = [],
  bundle = NO_BUNDLE,
  links = [],
  document = {},
  serverOrigin = null,
  named = [],
}: Made): Artifacts {
  const { applied, effective } = buildPolicies(profile(profileId), declaration, { serverOrigin });
  return {
    policy: {
      requested: profileId,
      applied: applied.id,
      declared: declaration,
      problems: [],
      effective,
      assumptions: {},
    },
    network,
    bundle,
    apiUses: [],
    console: [],
    bridge: bridgeOf({ handshake: "initialized", externalLinks: links }),
    document: documentOf(document),
    props: propsOf(named.length === 0 ? {} : { named }),
    trials: NOT_TRIED,
    coverage: { files: [] },
    pictures: { mayDiffer: 0, compared: [] },
    expectations: { asked: [], screen: null },
  };
}

export function evidence(made: Made, scenario = "default"): Evidence {
  const values = artifacts(made);
  const gathered = Object.fromEntries(
    Object.entries(values).map(([name, value]: [string, unknown]) => [name, { status: "ok", value }]),
  ) as Evidence["artifacts"];
  return {
    schemaVersion: 1,
    widget: "w",
    source: { kind: "html", path: "w.html" },
    profile: made.profileId ?? "chatgpt",
    scenario,
    browser: { name: "chromium", version: "156" },
    durationMs: 1,
    artifacts: gathered,
  };
}
