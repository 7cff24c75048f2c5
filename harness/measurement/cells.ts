/** What the policies of a profile let through of all that the probe asks for. Pure. */
import { matchSourceList } from "../../host/csp/matching.ts";
import { directiveSources, parsePolicy } from "../../host/csp/policy.ts";
import { ADDRESS_DIRECTIVES, SOCKET_TARGETS, targetsOf } from "../../host/probe/plan.ts";
import type { EffectivePolicy } from "../../host/profiles/types.ts";
import type { CellOutcome, Measurement } from "../model/measurement.ts";
import { statement, type Statement } from "./statement.ts";

/** Stands for the widget's own origin: what it is called does not matter. */
const SELF = "https://own.sandbox.example";

interface Cell {
  readonly name: string;
  readonly directive: string;
  readonly allows: (sources: readonly string[], policy: string) => boolean;
}

const holds =
  (...keywords: readonly string[]) =>
  (sources: readonly string[]): boolean =>
    sources.some((source) => keywords.includes(source.toLowerCase()));

const fits =
  (url: string) =>
  (sources: readonly string[], policy: string): boolean =>
    matchSourceList(sources, upgraded(url, policy), { self: SELF }).allowed;

/** Before anything is compared. */
function upgraded(url: string, policy: string): string {
  return parsePolicy(policy).has("upgrade-insecure-requests") ? url.replace(/^(http|ws):/, "$1s:") : url;
}

/** A blob is the document's own; its list names the scheme. */
const addressOf = (url: string): string => (url === "blob:" ? `blob:${SELF}/x` : url);

const KEYWORD_CELLS: readonly Cell[] = [
  { name: "keyword inline-script", directive: "script-src-elem", allows: holds("'unsafe-inline'") },
  { name: "keyword inline-handler", directive: "script-src-attr", allows: holds("'unsafe-inline'") },
  { name: "keyword inline-style", directive: "style-src-elem", allows: holds("'unsafe-inline'") },
  { name: "keyword style-attribute", directive: "style-src-attr", allows: holds("'unsafe-inline'") },
  { name: "keyword eval", directive: "script-src", allows: holds("'unsafe-eval'") },
  { name: "keyword wasm", directive: "script-src", allows: holds("'unsafe-eval'", "'wasm-unsafe-eval'") },
  { name: "keyword base", directive: "base-uri", allows: fits("https://exact.base.probe.example/") },
  { name: "keyword foreign-base", directive: "base-uri", allows: fits("https://undeclared.example/") },
  { name: "worker-src own-worker", directive: "worker-src", allows: fits(`${SELF}/sandglass-probe.js`) },
  { name: "worker-src data-worker", directive: "worker-src", allows: fits("data:text/javascript,close()") },
  { name: "worker-src blob-worker", directive: "worker-src", allows: fits(`blob:${SELF}/x`) },
];

/** Not foretold: what browsers do with plain http on a secure page before they ask the policy. */
const UNFORETOLD = /^(?!frame-src )\S+ (http|plain-http)$|^connect-src ws$/;

const CELLS: readonly Cell[] = [
  ...KEYWORD_CELLS,
  ...ADDRESS_DIRECTIVES.flatMap((directive) =>
    targetsOf(directive, SELF).map(({ name, url }): Cell => ({
      name: `${directive} ${name}`,
      directive,
      allows: fits(addressOf(url)),
    })),
  ),
  ...SOCKET_TARGETS.map(({ name, url }): Cell => ({
    name: `connect-src ${name}`,
    directive: "connect-src",
    allows: fits(url),
  })),
];

export function cellStatements(effective: readonly EffectivePolicy[], { facts }: Measurement): Statement[] {
  return CELLS.filter(({ name }) => !UNFORETOLD.test(name)).map((cell) =>
    statement(cell.name, outcomeOf(cell, effective), facts.cells?.[cell.name]),
  );
}

function outcomeOf({ directive, allows }: Cell, effective: readonly EffectivePolicy[]): CellOutcome {
  const refuses = ({ value }: EffectivePolicy): boolean => {
    const sources = directiveSources(value, directive);
    return sources !== null && !allows(sources, value);
  };
  return effective.some(refuses) ? "blocked" : "passed";
}
