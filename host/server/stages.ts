/** Plans renderings of the live stage, and remembers which the sandbox origin is to serve. */
import { planStage } from "../emulator/plan.ts";
import { devClientsIn } from "../../harness/model/dev-client.ts";
import type { HostProfile } from "../profiles/types.ts";
import { CONTROLLED_URL, devServersOf, withDevServers } from "./overlay.ts";
import type { DevBackend, NetworkFault, ServedWidget, StageAnswer, StageRequest } from "./types.ts";

export interface PlannedStage {
  readonly answer: StageAnswer;
  readonly widget: string;
  readonly scenario: string;
  readonly faults: readonly NetworkFault[];
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
   * The planner is the one that `check` uses. Two facts of the profile give way
   * to loopback: who embeds, and the sandbox's address.
   */
  plan(request: StageRequest, profile: HostProfile, widget: ServedWidget): PlannedStage {
    const { view, html, serverId } = widget;
    const { meta, mimeType, serverOrigin, name, tool } = view;
    const devClients = devClientsIn(html);
    const devServers = request.overlay ? devServersOf(devClients) : [];
    const { boot, policy, hostedOrigin } = planStage({
      widget: { name, html, serverId, meta: request.meta ?? meta, mimeType, serverOrigin, ...(tool ? { tool } : {}) },
      profile,
      assumptions: this.backend.assumptions,
      state: () => request.state,
      given: request,
      record: { apis: true, reads: true },
      guestSource: this.#guestSource(),
      site: {
        topOrigin: this.origins.page(),
        sandbox: (hosted) => liveOrigin(hosted, this.origins.sandboxPort(), request.slot),
        enforced: (effective) => withDevServers(effective, devServers),
        ...(request.overlay ? { innerUrl: CONTROLLED_URL } : {}),
      },
    });
    const sandbox = boot.frame.outerOrigin;
    const id = this.#next++;
    const planned: PlannedStage = {
      widget: name,
      scenario: request.scenario,
      faults: request.faults ?? [],
      answer: {
        id,
        boot,
        policy,
        hostedOrigin,
        revision: view.revision,
        devServers,
        devClients,
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

/** Of a label under `localhost`. */
const LABEL_LIMIT = 58;

/** `https://a-b-com.web-sandbox.oaiusercontent.com` → `http://a-b-com.localhost:4401`; `http://a-b-com--2.localhost:4401` for slot 2. */
function liveOrigin(hosted: string, port: number, slot: unknown = 0): string {
  const label = new URL(hosted).hostname.split(".")[0] ?? "sandbox";
  const numbered = Number.isInteger(slot) && Number(slot) > 0 && Number(slot) < 1000;
  return `http://${numbered ? `${label.slice(0, LABEL_LIMIT)}--${String(slot)}` : label}.localhost:${port}`;
}
