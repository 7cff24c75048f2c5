/** Plans renderings of the live stage, and remembers which the sandbox origin is to serve. */
import type { StageBoot } from "../emulator/bridge/types.ts";
import { readDeclaration } from "../csp/declaration.ts";
import { planFrames } from "../emulator/frames.ts";
import { buildPolicies, sandboxOrigin } from "../csp/policy.ts";
import { applyAssumptions } from "../csp/assumptions.ts";
import type { HostProfile } from "../profiles/types.ts";
import { CONTROLLED_URL, devServersIn, withDevServers } from "./overlay.ts";
import type { DevBackend, ServedWidget, StageAnswer, StageRequest } from "./types.ts";

export interface PlannedStage {
  readonly answer: StageAnswer;
  readonly widget: string;
  readonly scenario: string;
}

/** Stages kept for late arrivals; older ones are forgotten. */
const KEPT = 50;

export class Stages {
  #next = 1;
  readonly #byId = new Map<number, PlannedStage>();
  readonly #byHost = new Map<string, PlannedStage>();

  constructor(
    private readonly backend: DevBackend,
    private readonly origins: { readonly page: () => string; readonly sandboxPort: () => number },
  ) {}

  /** The rendering that a sandbox host serves now: the one planned last. */
  ofHost(host: string): PlannedStage | undefined {
    return this.#byHost.get(host);
  }

  byId(id: number): PlannedStage | undefined {
    return this.#byId.get(id);
  }

  /**
   * Frames and policies come from the builder that `check` uses. Two facts of
   * the profile give way to loopback: who embeds, and the sandbox's address.
   */
  plan(request: StageRequest, profile: HostProfile, widget: ServedWidget): PlannedStage {
    const { view } = widget;
    const { assumptions } = this.backend;
    const asked = embeddedBy(applyAssumptions(profile, assumptions), this.origins.page());
    const { declaration, problems } = readDeclaration(request.meta ?? view.meta, asked.cspKeys.value);
    const { applied, effective } = buildPolicies(asked, declaration, { serverOrigin: view.serverOrigin, assumptions });
    const hosted = sandboxOrigin(applied, declaration, widget.serverId);
    const sandbox = liveOrigin(hosted, this.origins.sandboxPort());
    const devServers = request.overlay ? devServersIn(widget.html) : [];
    const frame = planFrames({
      profile: applied,
      effective: withDevServers(effective, devServers),
      sandbox,
      html: widget.html,
      state: request.state,
      guestSource: this.#guestSource(),
      mode: "enforce",
    });
    const boot: StageBoot = {
      profile: applied,
      state: request.state,
      frame: request.overlay ? { ...frame, innerUrl: CONTROLLED_URL } : frame,
      tool: view.tool ?? { name: view.name },
      toolInput: request.toolInput,
      toolResult: request.toolResult,
      widgetState: request.widgetState,
      gated: request.gated,
      redirectDomains: declaration.redirect,
      record: { apis: true, reads: true },
    };
    const id = this.#next++;
    const planned: PlannedStage = {
      widget: view.name,
      scenario: request.scenario,
      answer: {
        id,
        boot,
        hostedOrigin: hosted,
        revision: view.revision,
        sourceName: sourceName(view),
        devServers,
        policy: {
          requested: profile.id,
          applied: applied.id,
          declared: declaration,
          problems,
          effective,
          assumptions,
          mimeType: view.mimeType,
        },
        prepareUrl: `${sandbox}/.sandglass/prepare?overlay=${request.overlay ? "on" : "off"}`,
      },
    };
    this.#byId.set(id, planned);
    this.#byHost.set(new URL(sandbox).host, planned);
    this.#byId.delete(id - KEPT);
    return planned;
  }

  /** The probe runs before the guest, which takes its own script element away. */
  #guestSource(): string {
    const probe = this.backend
      .script("live-probe")
      .trim()
      .replaceAll("SANDGLASS_PAGE_ORIGIN", JSON.stringify(this.origins.page()));
    return `${probe.replace(/;?$/, ";")}${this.backend.guestSource()}`;
  }
}

/** `https://a-b-com.web-sandbox.oaiusercontent.com` → `http://a-b-com.localhost:4401`. */
export function liveOrigin(hosted: string, port: number): string {
  const label = new URL(hosted).hostname.split(".")[0] ?? "sandbox";
  return `http://${label}.localhost:${port}`;
}

function embeddedBy(profile: HostProfile, origin: string): HostProfile {
  return { ...profile, frames: { ...profile.frames, topOrigin: { ...profile.frames.topOrigin, value: origin } } };
}

function sourceName({ source }: ServedWidget["view"]): string {
  if (source.kind === "mcp") return source.uri;
  return source.kind === "html" ? source.path : `${source.path}/${source.entry}`;
}
