/** Evidence as a gatherer would give it, with what a test cares about put in. */
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

export const SANDBOX = "https://my-app-example.web-sandbox.oaiusercontent.com";
export const profile = (id: string): HostProfile => profileById(id)!;

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

/** An allowed request; `rest` changes what matters. */
export function asked(url: string, kind: RequestKind = "fetch", rest: Partial<NetworkAttempt> = {}): NetworkAttempt {
  const origin =
    URL.canParse(url) && new URL(url).host
      ? `${new URL(url).protocol}//${new URL(url).host}`
      : url.slice(0, url.indexOf(":") + 1);
  return {
    url,
    origin,
    kind,
    directive: directiveOfKind(kind),
    outcome: "allowed",
    initiator: "document",
    count: 1,
    channels: ["network"],
    ...rest,
  };
}

/** A request that the policy refuses, or would. */
export function blocked(url: string, kind: RequestKind = "fetch", rest: Partial<NetworkAttempt> = {}): NetworkAttempt {
  const directive = rest.directive ?? directiveOfKind(kind);
  const list = /^(https|wss?|http):/.test(url) && directive ? listFor(directive) : null;
  return asked(url, kind, {
    outcome: "blocked-by-csp",
    list,
    blockClass: list ? "csp-expressible" : "csp-inexpressible",
    channels: ["audits"],
    ...rest,
  });
}

export const NO_BUNDLE: BundleEvidence = { files: [], urls: [], uses: [] };

export interface Made {
  readonly declaration?: CspDeclaration;
  readonly profileId?: string;
  readonly network?: readonly NetworkAttempt[];
  readonly bundle?: BundleEvidence;
  readonly links?: Artifacts["bridge"]["externalLinks"];
  readonly document?: Partial<Artifacts["document"]>;
  readonly serverOrigin?: string | null;
}

export function artifacts({
  declaration = declare({}),
  profileId = "chatgpt",
  network = [],
  bundle = NO_BUNDLE,
  links = [],
  document = {},
  serverOrigin = null,
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
    bridge: {
      surfaces: [],
      handshake: "initialized",
      messages: [],
      dropped: 0,
      violations: [],
      toolCalls: [],
      externalLinks: links,
      requestedHeight: null,
    },
    document: {
      ended: "settled",
      domContentLoaded: true,
      visibleElements: 1,
      textLength: 1,
      paintedShare: null,
      width: 720,
      height: 400,
      title: "",
      hints: [],
      forged: [],
      origin: SANDBOX,
      answers: {},
      caps: [],
      ...document,
    },
    props: {
      detections: [],
      sizes: { toolInput: 0, structuredContent: 0, content: 0, meta: 0, widgetState: 0 },
      limits: [],
      reads: null,
      inventedArguments: false,
    },
  };
}

export function evidence(made: Made, scenario = "default"): Evidence {
  const values = artifacts(made);
  const gathered = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, { status: "ok", value }]),
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
