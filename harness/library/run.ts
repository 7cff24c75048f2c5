/** The command line's own runs, as functions. */
import { runAllowlist } from "../commands/allowlist.ts";
import { runCheck } from "../commands/check.ts";
import { timingOf } from "../commands/io.ts";
import { defined } from "../model/defined.ts";
import type { Evidence } from "../model/evidence.ts";
import type { ServerEvidence } from "../model/evidence/server.ts";
import type { AllowlistResult, RunResult } from "../model/result.ts";
import { checkOptionsOf, configOf, hidingIn, renderOptionsOf } from "./options.ts";
import type { AllowlistRequest, CheckRequest } from "./requests.ts";

/** What `check --format json` writes, and what it was judged by. */
export interface Checked extends RunResult {
  /** One for each of `runs`, in their order. */
  readonly evidence: readonly Evidence[];
  readonly serverEvidence: readonly ServerEvidence[];
}

/**
 * Renders headless and judges, as `sandglass check`. What could not be judged is no pass: `verdict` is then `incomplete`.
 * @throws SandglassError when nothing could be rendered: bad options, no browser, a target that cannot be loaded
 */
export async function check(request: CheckRequest = {}): Promise<Checked> {
  return hidingIn(request, async (io) => {
    const { result, evidence, servers, closed } = await runCheck({
      targets: request.targets ?? [],
      options: checkOptionsOf(request),
      io,
      timing: timingOf(io, false),
      withAllowlist: true,
      ...defined({ config: await configOf(request, io) }),
    });
    await closed;
    return { ...result, evidence, serverEvidence: servers };
  });
}

/**
 * Which domains each widget needs, in which list, proven by a second run, as `sandglass allowlist`; under the first host named.
 * @throws SandglassError as `check`
 */
export async function allowlist(request: AllowlistRequest = {}): Promise<AllowlistResult[]> {
  return hidingIn(request, async (io) => {
    const { results } = await runAllowlist({
      targets: request.targets ?? [],
      options: renderOptionsOf(request),
      io,
      ...defined({ config: await configOf(request, io) }),
    });
    return results;
  });
}
