/** A measurement as the probe would have made it in a host that is exactly as a profile says. */
import { readDeclaration } from "../../../host/csp/declaration.ts";
import { buildPolicies, sandboxOrigin } from "../../../host/csp/policy.ts";
import { sandboxTokens } from "../../../host/csp/sandbox.ts";
import { FEATURES, metaOf } from "../../../host/probe/plan.ts";
import type { HostProfile } from "../../../host/profiles/types.ts";
import { cellStatements } from "../../../harness/measurement/cells.ts";
import { featuresIn } from "../../../harness/measurement/statements.ts";
import type { Json, Measurement } from "../../../harness/model/measurement.ts";

export function measured(profile: HostProfile): Measurement {
  const declared = metaOf("odd");
  const { declaration } = readDeclaration(declared, profile.cspKeys.value);
  const { effective } = buildPolicies(profile, declaration, { serverOrigin: null });
  const { frames, bridge } = profile;
  const allowed = featuresIn(frames.outerAllow.value);
  const tokens = sandboxTokens(frames);
  const isGiven = (name: string): boolean => allowed.has(name) && !frames.refusedFeatures.value.includes(name);
  const blank: Measurement = {
    kind: "sandglass-measurement",
    schemaVersion: 1,
    date: "2026-11-26",
    sandglass: "0.1.0",
    browser: "Chrome 156",
    attempts: true,
    declared,
    facts: {
      document: {
        origin: sandboxOrigin(profile, declaration, "x"),
        query: frames.sandboxQuery.value,
        ancestors: ["https://above.example", frames.topOrigin.value],
        referrer: "",
        secure: true,
        isolated: false,
        standardsMode: true,
        parentReachable: true,
        sandbox: frames.innerSandbox.value.toSorted(),
        allow: null,
      },
      policies: effective.map(({ value: text, delivery }) => ({ text, delivery, disposition: "enforce" })),
      features: FEATURES.filter(isGiven),
      openai: bridge.windowOpenai.value ? { toolOutput: "object" } : null,
      bridge: {
        protocolVersion: "2026-01-26",
        hostInfo: bridge.hostInfo.value,
        hostCapabilities: bridge.hostCapabilities.value as Json,
        hostContext: contextOf(profile),
        handshakeMs: 5,
      },
      delivery: {
        order: [],
        result: bridge.deliveredResult.value === "whole" ? ["content", "structuredContent", "_meta"] : ["content"],
        globals: null,
      },
      calls: {
        "tools/call, failing": bridge.failedToolCall.value === "throw" ? "throws: x" : "returns isError",
        "requestDisplayMode without a press": bridge.displayModeOutsideGesture.value,
      },
      presses: {
        popup: tokens.has("allow-popups") ? "allowed" : "refused",
        confirm: tokens.has("allow-modals") ? "shown" : "ignored",
      },
    },
  };
  const cells = Object.fromEntries(
    cellStatements(effective, blank).map(({ id, believed }) => [id, believed as "passed" | "blocked"]),
  );
  return { ...blank, facts: { ...blank.facts, cells } };
}

function contextOf({ bridge }: HostProfile): Readonly<Record<string, Json>> {
  const { styles, containerDimensions: sizes } = bridge;
  const all: Readonly<Record<string, Json>> = {
    theme: "light",
    userAgent: bridge.userAgent.value,
    availableDisplayModes: bridge.availableDisplayModes.value,
    containerDimensions: Object.fromEntries(
      Object.entries(sizes.value).map(([name, value]) => [name, value === "frame" ? 500 : value]),
    ),
    styles: styles.value && { variables: styles.value.light },
  };
  return Object.fromEntries(
    bridge.contextFields.value
      .filter((field) => field !== "styles" || styles.value !== null)
      .map((field) => [field, all[field] ?? "<string>"]),
  );
}
