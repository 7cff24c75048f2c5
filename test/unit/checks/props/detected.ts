/** Evidence for tests of the checks of `props/`. */
import type { Artifacts, Detection, PropsEvidence } from "../../../../harness/model/evidence.ts";
import type { AnyCheck, Outcome } from "../../../../harness/checks/define-check.ts";
import { profiles } from "../../../../host/profiles/index.ts";

/** Props have a path, everything else a place or a sink. */
export function detection(given: Partial<Detection> = {}): Detection {
  const inProps = ["toolInput", "toolOutput", "content", "_meta", "widgetState"].includes(
    given.carrier ?? "toolOutput",
  );
  return {
    family: "secret",
    kind: "vendor-key",
    title: "Vendor key",
    confidence: "certain",
    publishable: false,
    why: "it has the form",
    carrier: "toolOutput",
    ...(inProps ? { path: "$.key" } : {}),
    masked: "abcd…yz",
    fingerprint: "sha256:0000000000000001",
    ...given,
  };
}

export function propsWith(given: Partial<PropsEvidence> = {}): PropsEvidence {
  return {
    detections: [],
    sizes: { toolInput: 0, structuredContent: 0, content: 0, meta: 0, widgetState: 0 },
    limits: [],
    reads: null,
    inventedArguments: false,
    ...given,
  };
}

export function run(
  check: AnyCheck,
  props: PropsEvidence,
  seen: Partial<Pick<Artifacts, "console" | "network">> = {},
): Outcome {
  return check.run({ props, console: [], network: [], ...seen } as unknown as Artifacts, {
    profile: profiles.chatgpt,
    scenario: "default",
  });
}

/** Message id and severity of each finding. */
export function told(outcome: Outcome): string[] {
  return "findings" in outcome
    ? (outcome.findings ?? []).map(({ messageId, severity }) => `${messageId}${severity ? ` ${severity}` : ""}`)
    : [];
}
