/** Writes the fidelity table as a page: what the two fidelity suites assert. `npx jiti test/browser/fidelity/document.ts > docs/fidelity.md` */
import { pathToFileURL } from "node:url";
import { statements } from "./statements.ts";

const shown = (value: unknown): string => `\`${JSON.stringify(value)}\``;

export function fidelityPage(): string {
  const rows = statements.map(
    ({ id, says, source, expected, live }) =>
      `| ${id} | ${says} | ${source} | ${shown(expected)} | equal | ${live ? `${shown(live.expected)}: ${live.why}` : "equal"} |`,
  );
  const differ = statements.filter(({ live }) => live).length;
  return `# What a widget meets, statement by statement

Each statement of the facts about ChatGPT's sandbox has a probe that a widget runs in a real Chromium: in the virtual stage (\`check\`) and in the live stage (\`dev\`). Asserted by \`test/browser/fidelity\` and \`test/browser/dev/fidelity.test.ts\`.

${statements.length} statements: all equal in the virtual stage, ${statements.length - differ} equal in the live stage, ${differ} different there with the reason.

| statement | says | section | expected | virtual | live |
|---|---|---|---|---|---|
${rows.join("\n")}
`;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) process.stdout.write(fidelityPage());
