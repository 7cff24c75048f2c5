/** Checks as rules of SARIF, with their pages as help. */
import type { ReportingDescriptor, Result } from "sarif";
import type { CheckResult, RunResult, Severity } from "../../model/result.ts";
import { safeLines } from "../shared/text.ts";
import { joinedUndecided } from "./groups.ts";

/** Where the tool is described. */
export const HOMEPAGE = "https://www.npmjs.com/package/sandglass";

export const LEVELS: Readonly<Record<Severity, Result.level>> = { error: "error", warning: "warning", info: "note" };

/** Characters of a description that GitHub shows. */
const LONGEST_DESCRIPTION = 1024;

/** Text of SARIF, in which `[words](address)` would be a link. */
export const sarifText = (text: string): string => safeLines(text).replaceAll("](", "]\u200b(");

/** Each rule once. @param pages Markdown by check id */
export function rulesOf(result: RunResult, pages: Readonly<Record<string, string>>): ReportingDescriptor[] {
  const checks = new Map(result.runs.flatMap((run) => run.checks).map((check) => [check.id, check]));
  const bare = joinedUndecided(result)
    .filter(({ id }) => !checks.has(id))
    .map(({ id }) => ({ id, title: "The widget was observed", severity: "error" as const }));
  return [...checks.values(), ...new Map(bare.map((one) => [one.id, one])).values()].map((check) =>
    ruleOf(check, pages[check.id]),
  );
}

function ruleOf(
  { id, title, severity }: Pick<CheckResult, "id" | "title" | "severity">,
  page: string | undefined,
): ReportingDescriptor {
  const short = title.slice(0, LONGEST_DESCRIPTION);
  const [area = ""] = id.split("/");
  const pointer = `Run \`sandglass explain ${id}\` for why, what is checked, and the fix.`;
  return {
    id,
    name: nameOf(id),
    shortDescription: { text: short },
    fullDescription: { text: `${title.slice(0, LONGEST_DESCRIPTION - 1)}.` },
    help: { text: page ?? `${title}. ${pointer}`, markdown: page ?? `${title}. ${pointer}` },
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { tags: [area, "chatgpt-apps"], "problem.severity": severity === "info" ? "recommendation" : severity },
  };
}

/** `csp/blocked-request` → `CspBlockedRequest`. */
const nameOf = (id: string): string =>
  id
    .split(/[^a-z0-9]+/i)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
