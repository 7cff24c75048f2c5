import type { Finding, Severity } from "../../model/result.ts";
import { joinedFindings, joinedUndecided } from "./groups.ts";
import { placeOf, type Reporter } from "./summary.ts";

const COMMANDS: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", info: "notice" };

/** Workflow commands of GitHub Actions: annotations on the lines to change, once each, since a step has room for ten of a kind. */
export const github: Reporter = (result) => {
  const lines = [
    ...joinedFindings(result).map(({ check, finding, severity, widget, profiles }) => {
      const place = placeIn(finding);
      const text = place.length === 0 && finding.where ? `${finding.message} (${placeOf(finding)})` : finding.message;
      return `::${COMMANDS[severity]} ${[...place, title(check.id, widget, profiles)].join(",")}::${message(text)}`;
    }),
    ...joinedUndecided(result).map(
      ({ id, reason, widget, profiles }) =>
        `::warning ${title(id, widget, profiles)}::${message(`undecided: ${reason}`)}`,
    ),
  ];
  return lines.length > 0 ? `${lines.join("\n")}\n` : "";
};

/** Only a file of the repository can be annotated. */
function placeIn({ where }: Finding): string[] {
  const file = where?.file ?? where?.url;
  if (!where || !file || /^[a-z][a-z0-9+.-]*:/i.test(file)) return [];
  return [
    `file=${property(file)}`,
    ...(where.line ? [`line=${where.line}`, ...(where.column ? [`col=${where.column}`] : [])] : []),
  ];
}

const title = (id: string, widget: string, profiles: readonly string[]): string =>
  `title=${property(`${id} (${widget}, ${profiles.join(", ")})`)}`;
const message = (text: string): string => text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
const property = (text: string): string => message(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
