/** The library: what the command line does, as functions, and the types of what they answer. */
export { profiles } from "../host/profiles/index.ts";
export { defineConfig } from "./config/types.ts";
export { allowlist, check, type Checked } from "./library/run.ts";
export { SandglassError } from "./model/errors.ts";

export type { HostProfile, ProfileId } from "../host/profiles/types.ts";
export type { AllowlistRequest, CheckRequest } from "./library/requests.ts";
export type { SandglassConfig, ScenarioConfig } from "./model/config.ts";
export type { ErrorCode } from "./model/errors.ts";
export type { Artifacts, BridgeEvidence, Evidence, NetworkAttempt, TrialName } from "./model/evidence.ts";
export type { ServerEvidence } from "./model/evidence/server.ts";
export type {
  AllowlistOrigin,
  AllowlistResult,
  CheckResult,
  Finding,
  RunResult,
  ServerRun,
  Severity,
  Verdict,
  WidgetRun,
} from "./model/result.ts";
