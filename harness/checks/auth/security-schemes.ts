import { isRecord } from "../../../host/csp/record.ts";
import { defineServerCheck } from "../define-server-check.ts";
import { failOrPass, inapplicable, type RawFinding } from "../define-check.ts";
import type { AuthEvidence } from "../../model/evidence/auth.ts";
import type { ServerTool } from "../../model/evidence/server.ts";
import { isRefused, schemesOf } from "../shared/authorization.ts";

export default defineServerCheck({
  id: "auth/security-schemes",
  title: "What a tool says of authorization is well formed, and true",
  severity: "warning",
  needs: ["auth", "tools"],
  messages: {
    malformed: "Tool {tool}: {place} is no list of objects whose type is noauth or oauth2",
    "not-mirrored": "Tool {tool}: _meta.securitySchemes differs from securitySchemes, and hosts read either",
    refused: "Tool {tool} says that it wants no token (noauth), and refuses who has none",
  },
  reasons: { none: "No tool says anything of authorization" },
  source: "OpenAI, Apps SDK: Authentication (securitySchemes and its mirror in _meta), September 2026",
  run({ auth, tools }) {
    const declaring = tools.entries.filter(({ entry }) => placesOf(entry).length > 0);
    if (declaring.length === 0) return inapplicable("none");
    return failOrPass(declaring.flatMap((tool) => faultsOf(tool, auth)));
  },
});

type Entry = ServerTool["entry"];

/** Where a tool names its schemes: beside its name, in `_meta`, or both. */
function placesOf(entry: Entry): readonly { readonly place: string; readonly value: unknown }[] {
  const mirrored = isRecord(entry._meta) ? entry._meta.securitySchemes : undefined;
  const places = [
    { place: "securitySchemes", value: entry.securitySchemes },
    { place: "_meta.securitySchemes", value: mirrored },
  ];
  return places.filter(({ value }) => value !== undefined);
}

const isWellFormed = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((one) => isRecord(one) && (one.type === "noauth" || one.type === "oauth2"));

function faultsOf(
  tool: ServerTool,
  auth: AuthEvidence | null,
): readonly RawFinding<"malformed" | "not-mirrored" | "refused">[] {
  const { name, entry } = tool;
  const places = placesOf(entry);
  const base = { channel: "network" as const };
  const bad = places.filter(({ value }) => !isWellFormed(value));
  if (bad.length > 0)
    return bad.map(({ place }) => ({ ...base, messageId: "malformed" as const, data: { tool: name, place } }));
  const [first, second] = places;
  const differs = second !== undefined && JSON.stringify(first?.value) !== JSON.stringify(second.value);
  const isOpen = schemesOf(tool).some(({ type }) => type === "noauth");
  const refused = auth?.answers.some((one) => one.token === "none" && one.tool === name && isRefused(one)) ?? false;
  return [
    ...(differs ? [{ ...base, messageId: "not-mirrored" as const, data: { tool: name } }] : []),
    ...(isOpen && refused ? [{ ...base, messageId: "refused" as const, data: { tool: name } }] : []),
  ];
}
