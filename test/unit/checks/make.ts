/** Small evidence for tests of single checks: everything is calm unless a test says otherwise. */
import type { AnyCheck, Outcome } from "../../../harness/checks/define-check.ts";
import type { Artifacts, PolicyEvidence } from "../../../harness/model/evidence.ts";
import { bridgeOf, documentOf, NO_BUNDLE, propsOf } from "../make.ts";
import { readDeclaration } from "../../../host/csp/declaration.ts";
import { profiles } from "../../../host/profiles/index.ts";

export { attempt, bridgeOf, documentOf, line, propsOf, use } from "../make.ts";

export function policyOf(meta: Readonly<Record<string, unknown>>): PolicyEvidence {
  const { declaration, problems } = readDeclaration(meta, ["openai/widgetCSP", "ui.csp"]);
  return { requested: "chatgpt", applied: "chatgpt", declared: declaration, problems, effective: [], assumptions: {} };
}

/** Runs one check; artifacts that it does not need may be left out. */
export function run(check: AnyCheck, given: Partial<Artifacts>, profile: keyof typeof profiles = "chatgpt"): Outcome {
  const calm = {
    network: [],
    apiUses: [],
    console: [],
    bundle: NO_BUNDLE,
    document: documentOf(),
    bridge: bridgeOf(),
    props: propsOf(),
  };
  return check.run({ ...calm, ...given } as Artifacts, { profile: profiles[profile], scenario: "default" });
}

export const ids = (outcome: Outcome): string[] =>
  "findings" in outcome ? (outcome.findings ?? []).map(({ messageId }) => messageId) : [];
