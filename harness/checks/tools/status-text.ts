import { defineServerCheck } from "../define-server-check.ts";
import { failOrPass, type RawFinding } from "../define-check.ts";
import { found, recordOf } from "../shared/servers.ts";
import type { Severity } from "../../model/result.ts";
import type { ServerTool } from "../../model/evidence/server.ts";

const KEYS = ["openai/toolInvocation/invoking", "openai/toolInvocation/invoked"] as const;
const MOST = 64;

export default defineServerCheck({
  id: "tools/status-text",
  title: "Status texts fit and come in pairs",
  severity: "warning",
  needs: ["tools"],
  messages: {
    long: "{tool}: {key} has {length} characters, and {most} are allowed.",
    empty: "{tool}: {key} is empty.",
    alone: "{tool} has {key} and not {other}: the status text changes to the host's own.",
  },
  source: "developers.openai.com/plugins/reference (September 2026): openai/toolInvocation/*, at most 64 characters",
  run({ tools }, { refusal }) {
    return failOrPass(tools.entries.flatMap((tool) => ofTool(tool, refusal)));
  },
});

type Found = RawFinding<"long" | "empty" | "alone">;

function ofTool({ name: tool, entry }: ServerTool, refusal: Severity): Found[] {
  const meta = recordOf(entry._meta);
  const given = KEYS.filter((key) => typeof meta[key] === "string");
  const [only] = given;
  const other = given.length === 1 ? KEYS.find((key) => key !== only) : undefined;
  return [
    ...given.flatMap((key) => ofText(tool, key, String(meta[key]).trim().length, refusal)),
    ...(only !== undefined && other !== undefined
      ? [found("alone", { tool, key: only, other }, { severity: "info" })]
      : []),
  ];
}

function ofText(tool: string, key: string, length: number, refusal: Severity): Found[] {
  if (length === 0) return [found("empty", { tool, key })];
  return length > MOST ? [found("long", { tool, key, length, most: MOST }, { severity: refusal })] : [];
}
