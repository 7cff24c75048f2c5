import { isSameJson } from "../shared/same-json.ts";
import { defineServerCheck } from "../define-server-check.ts";
import { failOrPass, inapplicable, type RawFinding } from "../define-check.ts";
import { found, metaField, named, recordOf, shownContent } from "../shared/servers.ts";
import type { DeclarationProblemCode } from "../../model/evidence.ts";
import { readDeclaration } from "../../../host/csp/declaration.ts";
import type { ResourceRead, ServerResources, ServerTools } from "../../model/evidence/server.ts";

const FIELDS = ["openai/widgetCSP", "openai/widgetDomain", "ui.csp", "ui.domain"] as const;
/** Keys that look like the declaration and are read by no host. */
const FLAT = [
  "csp",
  "ui/csp",
  "ui.csp",
  "widgetCSP",
  "openai/csp",
  "connectDomains",
  "resourceDomains",
  "domain",
  "ui/domain",
  "ui.domain",
];

type MessageId = "undeclared" | "not-read" | "listing-differs" | "flat" | "problem";

export default defineServerCheck({
  id: "metadata/csp-placement",
  title: "CSP and domain stand on the contents of resources/read, and nowhere otherwise",
  severity: "error",
  needs: ["tools", "resources"],
  messages: {
    undeclared:
      "{uris}: no CSP on the contents of resources/read. Submission requires one: declare openai/widgetCSP and ui.csp there, with [] for empty lists.",
    "not-read":
      "{uri}: {fields} stands {place}, where ChatGPT does not read it, and not on the contents of resources/read. Move it there.",
    "listing-differs": "{uri}: {fields} {place} differs from the contents of resources/read: the contents count.",
    flat: "{uri}: {keys} in _meta is no key that a host reads. Write ui.csp and ui.domain as objects under ui, or the openai/ keys.",
    problem: "{uri}: {words}{entry}. `sandglass explain csp/declaration` has the rule.",
  },
  reasons: { "no-ui": "no UI resource was read" },
  source:
    'docs/hosts.md#chatgpt-metadata; skybridge #287, redmine-mcp #249, tableau-mcp #408; MCP Apps specification 2026-01-26, "Metadata Location"',
  run({ tools, resources }, { submission, isTold }) {
    const read = resources.reads.filter((one) => shownContent(one) !== undefined);
    if (read.length === 0) return inapplicable("no-ui");
    const told = (one: ResourceRead): boolean => isTold("csp/declaration", one.uri);
    return failOrPass([
      ...(submission ? undeclared(read.filter((one) => !told(one))) : []),
      ...read.flatMap((one) => [...misplaced(one, tools, resources), ...flatKeys(one)]),
      ...read.filter((one) => !told(one)).flatMap((one) => problemsOf(one, submission)),
    ]);
  },
});

type Found = RawFinding<MessageId>;
const ownMeta = (read: ResourceRead): unknown => shownContent(read)?.meta;

const declarationOf = (read: ResourceRead) => readDeclaration(recordOf(ownMeta(read)), ["openai/widgetCSP", "ui.csp"]);

function undeclared(reads: readonly ResourceRead[]): Found[] {
  const without = reads.filter((read) => declarationOf(read).problems.some(({ code }) => code === "missing"));
  return without.length > 0
    ? [found("undeclared", { uris: named(without.map(({ uri }) => uri)) }, { about: { uri: without[0]?.uri } })]
    : [];
}

/** Fields that stand elsewhere and not, or otherwise, on the contents. */
function misplaced(read: ResourceRead, tools: ServerTools, { listed }: ServerResources): Found[] {
  const own = ownMeta(read);
  const places: readonly (readonly [string, unknown])[] = [
    ["in resources/list", listed?.find(({ uri }) => uri === read.uri)?.meta],
    ["beside the contents", read.outerMeta],
    ...tools.entries
      .filter(({ name }) => read.tools.includes(name))
      .map(({ name, entry }) => [`on the tool ${name}`, entry._meta] as const),
  ];
  return places.flatMap(([place, meta]) => {
    const fields = FIELDS.filter((name) => metaField(meta, name) !== undefined);
    const missing = fields.filter((name) => metaField(own, name) === undefined);
    const different = fields.filter(
      (name) => !missing.includes(name) && !isSameJson(metaField(meta, name), metaField(own, name)),
    );
    return [
      ...(missing.length > 0
        ? [found("not-read", { uri: read.uri, fields: missing.join(", "), place }, { severity: "warning" })]
        : []),
      ...(different.length > 0
        ? [found("listing-differs", { uri: read.uri, fields: different.join(", "), place }, { severity: "warning" })]
        : []),
    ];
  });
}

function flatKeys(read: ResourceRead): Found[] {
  const keys = FLAT.filter((key) => Object.hasOwn(recordOf(ownMeta(read)), key));
  return keys.length > 0 ? [found("flat", { uri: read.uri, keys: keys.join(", ") }, { severity: "warning" })] : [];
}

const WORDS: Readonly<Record<DeclarationProblemCode, string>> = {
  missing: "no CSP is declared",
  "one-key-only": "the CSP stands under one key alone",
  "keys-differ": "an entry stands under one key alone",
  malformed: "the CSP is malformed",
  "bare-host": "an entry has no scheme",
  wildcard: "an entry stands for every host",
  "wildcard-subdomain": "an entry stands for every subdomain",
  "insecure-scheme": "an entry is not secure",
  localhost: "an entry is this machine or its network",
  "scheme-only": "an entry is a whole scheme",
  "path-or-query": "an entry has a query or a fragment",
  duplicate: "an entry stands twice",
  "unknown-field": "a field is unknown and ignored",
  "domain-missing": "no domain is declared",
  "domain-malformed": "the domain is no https origin",
  whitespace: "an entry holds white space",
  "invalid-source": "an entry is no source",
};

/** What `csp/declaration` tells of a widget that is rendered; `missing` is told above, and the domain by `metadata/domain`. */
function problemsOf(read: ResourceRead, submission: boolean): Found[] {
  const elsewhere = ["missing", "domain-missing", "domain-malformed"];
  const seen = new Set<string>();
  return declarationOf(read).problems.flatMap(({ code, severity, entry, detail }) => {
    const key = `${code} ${entry ?? detail ?? ""}`;
    if (elsewhere.includes(code) || seen.has(key) || (!submission && code === "one-key-only")) return [];
    seen.add(key);
    const shown = entry ?? detail;
    return [
      found(
        "problem",
        { uri: read.uri, code, words: WORDS[code], entry: shown === undefined ? "" : `: ${shown}` },
        { severity },
      ),
    ];
  });
}
