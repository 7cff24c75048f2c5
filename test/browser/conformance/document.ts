/** Writes the table of the specification's requirements as a page. `npx jiti test/browser/conformance/document.ts > docs/host-conformance.md` */
import { pathToFileURL } from "node:url";
import { requirements, type Requirement } from "./requirements.ts";

function how(asked: Requirement["asked"]): string {
  if (asked === "widget") return "a widget measures it under each host";
  if (asked === "rendering") return "the rendering's own record shows it";
  return "by" in asked ? `\`${asked.by}\`` : `not asked: ${asked.not}`;
}

export function conformancePage(): string {
  const asked = requirements.filter(({ asked: one }) => typeof one === "string" || "by" in one);
  const rows = requirements.map(({ id, clause, says, asked: one }) => `| ${id} | ${clause} | ${says} | ${how(one)} |`);
  return `# What the specification asks of a host

The requirements on hosts of the MCP Apps specification (2026-01-26), by the ids of ext-apps' own catalogue (\`examples/conformance-server\`, read in November 2026), in our words: how the hosts that Sandglass emulates are asked, or why they are not. Asserted by \`test/browser/conformance\`.

${requirements.length} requirements: ${asked.length} asked, ${requirements.length - asked.length} not, with the reason.

| requirement | clause | says | asked |
|---|---|---|---|
${rows.join("\n")}
`;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) process.stdout.write(conformancePage());
