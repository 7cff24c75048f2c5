/** Which of the policies that were seen is the widget's own, and which is the frame's around it. Pure. */
import { parsePolicy } from "../../host/csp/policy.ts";
import type { ProbeFacts, SeenPolicy } from "../model/measurement.ts";

export interface Layers {
  /** null: nothing of it was refused, so there is none, or it lets all of it through. */
  readonly outer: SeenPolicy | null;
  readonly inner: SeenPolicy | null;
}

/** Directives of a page that only holds another one. */
const FRAMING = new Set(["frame-ancestors", "frame-src", "child-src", "sandbox"]);

const isFraming = ({ text }: SeenPolicy): boolean => [...parsePolicy(text).keys()].every((name) => FRAMING.has(name));

/** null: what may be refused was not tried. */
export function layersOf({ policies }: ProbeFacts): Layers | null {
  if (!policies) return null;
  const enforced = policies.filter(({ disposition }) => disposition === "enforce");
  // What stands in the widget's own document is the widget's; a page that only holds it sends a header.
  const inner = enforced.find(({ delivery }) => delivery === "meta") ?? enforced.find((one) => !isFraming(one)) ?? null;
  return { inner, outer: enforced.find((one) => one !== inner) ?? null };
}
