/** Writes the vector table as a page: what `vectors.test.ts` asserts, in rows. `npx jiti test/browser/vectors/document.ts > docs/vectors.md` */
import { pathToFileURL } from "node:url";
import { vectors } from "./table.ts";
import type { Expected, Unseen } from "./types.ts";

const isUnseen = (expected: Expected | Unseen): expected is Unseen => "unseen" in expected;

function cell(expected: Expected | Unseen): string {
  if (isUnseen(expected)) {
    if (expected.api) return `API use \`${expected.api}\``;
    return expected.hint ? `hint \`${expected.hint}\`` : "–";
  }
  const kinds = Array.isArray(expected.kind) ? expected.kind.join("/") : expected.kind;
  return [
    kinds,
    expected.outcome,
    expected.directive ? `\`${expected.directive}\`` : "",
    expected.escape ? `escape: ${expected.escape}` : "",
  ]
    .filter(Boolean)
    .join(", ");
}

export function vectorsPage(): string {
  const rows = vectors.map(
    ({ id, blocked, allowed, profile }) =>
      `| ${id}${profile ? ` (${profile})` : ""} | ${cell(blocked)} | ${cell(allowed)} | ${[blocked, allowed]
        .filter(isUnseen)
        .map(({ unseen }) => unseen)
        .filter((reason, index, all) => all.indexOf(reason) === index)
        .join("; ")} |`,
  );
  const told = (expected: Expected | Unseen) =>
    !isUnseen(expected) || expected.api !== undefined || expected.hint !== undefined;
  const both = vectors.filter(({ blocked, allowed }) => told(blocked) && told(allowed)).length;
  const silent = vectors.filter(({ blocked, allowed }) => !told(blocked) && !told(allowed)).length;
  return `# Ways of reaching out, and what is recorded

Generated from \`test/browser/vectors\`, where each row is a tiny widget that is run in a real Chromium with its target undeclared and declared; a record that is not expected fails.

${vectors.length} vectors: ${both} recorded in both modes, ${vectors.length - both - silent} in one, ${silent} leave nothing to record, each with the reason.

| vector | undeclared | declared | why nothing |
|---|---|---|---|
${rows.join("\n")}
`;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) process.stdout.write(vectorsPage());
