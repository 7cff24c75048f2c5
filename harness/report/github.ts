import type { Severity } from "../result.ts";
import { findingsOf, openChecks, type Reporter } from "./summary.ts";

const COMMANDS: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", info: "notice" };

/** Workflow commands of GitHub Actions: annotations on the lines to change. */
export const github: Reporter = (result) => {
  const lines = result.runs.flatMap((run) => [
    ...findingsOf(run).map(({ check, finding, severity }) => {
      const { where } = finding;
      const place = where?.line ? [`file=${property(where.file ?? where.url)}`, `line=${where.line}`, ...(where.column ? [`col=${where.column}`] : [])] : [];
      return `::${COMMANDS[severity]} ${[...place, `title=${property(`${check.id} (${run.widget}, ${run.profile})`)}`].join(",")}::${message(finding.message)}`;
    }),
    ...openChecks(run).map((check) => `::warning title=${property(`${check.id} (${run.widget}, ${run.profile})`)}::${message(`undecided: ${check.reason ?? ""}`)}`),
  ]);
  return lines.length > 0 ? `${lines.join("\n")}\n` : "";
};

const message = (text: string): string => text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
const property = (text: string): string => message(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
