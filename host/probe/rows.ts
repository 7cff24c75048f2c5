/** A measurement in few lines, for the person who looks at it. */
import type { ProbeFacts } from "../../harness/model/measurement.ts";
import { listNamed } from "./plan.ts";

type Row = readonly [name: string, value: string];

const yes = (value: boolean): string => (value ? "yes" : "no");
const listed = (values: readonly string[] | null): string =>
  values === null ? "cannot be read" : values.join(", ") || "none";

export function rowsOf(facts: ProbeFacts): readonly Row[] {
  const { document: page, bridge, openai, delivery, features, cells, presses } = facts;
  const blocked = Object.values(cells ?? {}).filter((outcome) => outcome === "blocked").length;
  return [
    ["Host", bridge ? `${bridge.hostInfo.name} ${bridge.hostInfo.version}` : "no MCP Apps handshake"],
    ["Origin", page.origin],
    ["Frames above", listed(page.ancestors)],
    ["Own sandbox", listed(page.sandbox)],
    ["Features", listed(features ? features.filter((name) => SHOWN.has(name)) : null)],
    ["window.openai", openai ? `${Object.keys(openai).length} names` : "none"],
    ["Result came as", delivery.result ? listed(delivery.result) : listed(delivery.globals?.end ?? [])],
    ["Secure context", yes(page.secure)],
    ...(cells ? [["Refused by policy", `${blocked} of ${Object.keys(cells).length} attempts`] as const] : []),
    ...(facts.policies ?? []).map(({ text, delivery: by }): Row => [`Policy (${by})`, policyText(text)]),
    ...Object.entries(presses),
  ];
}

/** One directive a line, with the list's name for what stands there because it was declared. */
export function policyText(policy: string): string {
  const named = (source: string): string => {
    const list = listNamed(source);
    return list === null ? source : `{${list}}`;
  };
  const lines = policy.split(";").map((directive) => [...new Set(directive.trim().split(/\s+/).map(named))].join(" "));
  return lines.filter(Boolean).join("\n");
}

/** Those that widgets ask for. */
const SHOWN = new Set([
  "camera",
  "microphone",
  "geolocation",
  "clipboard-read",
  "clipboard-write",
  "fullscreen",
  "midi",
]);
