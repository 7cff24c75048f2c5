/** What a profile has from no source: a measurement beside it shows no difference, but what it was. Pure. */
import { factsOf } from "../../host/csp/facts.ts";
import type { HostProfile } from "../../host/profiles/types.ts";
import type { Statement } from "./statement.ts";

/** Whether a statement rests on a fact that no source says. */
export function unknownIn(profile: HostProfile): (one: Pick<Statement, "id">) => boolean {
  const unknown = new Set(
    factsOf(profile).flatMap(([path, { confidence }]) => (confidence === "unknown" ? [path] : [])),
  );
  return ({ id }) => unknown.has(factBehind(id));
}

/** `bridge.heightRange 700`, `sandbox allow-popups`, `outerPolicy frame-src`, `img-src data` → path of a fact. */
function factBehind(id: string): string {
  const [subject = ""] = id.split(" ");
  if (/^(?:frames|bridge)\./.test(subject)) return subject;
  if (subject === "sandbox") return "frames.outerSandbox";
  return subject === "outerPolicy" ? "frames.outerPolicy" : "innerPolicy";
}
