import { listNames } from "../../../host/csp/declaration.ts";
import { defineCheck, failOrPass, type RawFinding } from "../define-check.ts";
import type { DeclarationProblem, DeclarationProblemCode } from "../../model/evidence.ts";
import { groupBy } from "../shared/evidence.ts";

/** What only matters where a declaration is required to be submitted. */
const SUBMISSION_ONLY: readonly DeclarationProblemCode[] = ["missing", "one-key-only", "keys-differ", "domain-missing"];

export default defineCheck({
  id: "csp/declaration",
  title: "CSP metadata is declared, complete and well formed",
  severity: "error",
  isAboutDeclaration: true,
  needs: ["policy"],
  messages: {
    missing:
      "No CSP is declared: submission requires one, and until then the strict default applies. Declare openai/widgetCSP and ui.csp on the resource contents, with [] for empty lists.",
    "one-key-only": "Only {key} is declared. Declare the same lists under both keys: hosts differ in which they read.",
    "keys-differ": "{entry} is missing in {lists} of {key}, and declared under the other key.",
    malformed: "{key} is malformed: {detail}.",
    "bare-host": "{entry} in {lists} has no scheme and is ignored: {detail}.",
    wildcard: "{entry} in {lists}: wildcards for every host are refused.",
    "wildcard-subdomain": "{entry} in {lists} covers every subdomain.",
    "insecure-scheme": "{entry} in {lists} is not secure: {detail}.",
    localhost: "{entry} in {lists} is this machine or its network: no user can reach it.",
    "scheme-only": "{entry} in {lists} covers a whole scheme.",
    "path-or-query": "{entry} in {lists}: a query or fragment is not part of a source. Declare the origin.",
    duplicate: "{entry} stands twice in {lists}.",
    "unknown-field": "{detail} is no field of {key} and is ignored.",
    "domain-missing":
      "No domain is declared. Submission requires a unique one: set openai/widgetDomain, and ui.domain where the host accepts it.",
    "domain-malformed": "The domain {entry} is not an https:// origin.",
    whitespace: '"{entry}" in {lists} holds white space.',
    "invalid-source": '"{entry}" in {lists} is not a source{detail}.',
  } satisfies Record<DeclarationProblemCode, string>,
  source:
    "docs/hosts.md#chatgpt-metadata; docs/hosts.md#chatgpt-submission; apollo-mcp-server #636, #647; redmine-mcp #249",
  run({ policy }, { profile }) {
    const required = profile.declarationRequired.value;
    const problems = policy.problems.filter((problem) => required || !SUBMISSION_ONLY.includes(problem.code));
    return failOrPass(groupBy(problems, nameOf).map(([first]) => findingFor(first)));
  },
});

/** An entry that both keys repeat is one mistake; what a key lacks, or how it is malformed, is that key's. */
const nameOf = ({ code, key, list, entry, detail }: DeclarationProblem): string =>
  [code, list, entry, detail, entry === undefined || code === "keys-differ" ? key : ""].join(" ");

function findingFor(problem: DeclarationProblem): RawFinding<DeclarationProblemCode> {
  const { code, severity, key, list, entry, detail } = problem;
  const shown = code === "invalid-source" && detail ? `: ${detail}` : (detail ?? "");
  return {
    messageId: code,
    severity,
    channel: "static",
    data: { key: key ?? null, lists: list ? listNames(list) : null, entry: entry ?? null, detail: shown },
  };
}
