/** What the answers to wrong tokens come to, the same for every check of authorization. */
import { isRecord } from "../../../host/csp/record.ts";
import type { AuthAnswer, AuthEvidence, TokenKind } from "../../model/evidence/auth.ts";
import type { ServerTool, ServerTools } from "../../model/evidence/server.ts";
import { inapplicable } from "../define-check.ts";

export const AUTH_REASONS = {
  "not-asked": "It was not asked: the server is not reached over HTTP, or authorization was left out",
  "no-answer": "The endpoint answered none of the requests that were sent without a token",
  "no-authorization": "The server asks for no token, and no tool says that it wants one",
} as const;

/** Evidence of a server that protects something; else why the rule does not apply. */
export function authorizationOf(
  auth: AuthEvidence | null,
  tools: ServerTools,
):
  | { readonly auth: AuthEvidence; readonly outcome?: undefined }
  | { readonly auth?: undefined; readonly outcome: ReturnType<typeof inapplicable<keyof typeof AUTH_REASONS>> } {
  if (!auth) return { outcome: inapplicable("not-asked") };
  if (auth.answers.length > 0 && auth.answers.every(({ status }) => status === null))
    return { outcome: inapplicable("no-answer") };
  const isProtected =
    auth.answers.some(isRefused) ||
    auth.resource.some(({ document }) => document !== null) ||
    tools.entries.some((tool) => schemesOf(tool).some(({ type }) => type === "oauth2"));
  return isProtected ? { auth } : { outcome: inapplicable("no-authorization") };
}

export const isRefused = ({ outcome }: AuthAnswer): boolean => outcome === "refused" || outcome === "tool-challenge";

export interface Scheme {
  readonly type: string;
  readonly scopes: readonly string[];
}

/** What a tool says that it wants: `securitySchemes`, or its twin in `_meta`. */
export function schemesOf({ entry }: ServerTool): readonly Scheme[] {
  const mirrored = isRecord(entry._meta) ? entry._meta.securitySchemes : undefined;
  const schemes = entry.securitySchemes ?? mirrored;
  return (Array.isArray(schemes) ? schemes : []).filter(isRecord).map(({ type, scopes }) => ({
    type: typeof type === "string" ? type : "",
    scopes: Array.isArray(scopes) ? scopes.filter((scope): scope is string => typeof scope === "string") : [],
  }));
}

/** Nobody without a token may have it, as the tool itself says. */
export const wantsToken = (tool: ServerTool): boolean =>
  schemesOf(tool).some(({ type }) => type === "oauth2") && !schemesOf(tool).some(({ type }) => type === "noauth");

/** The same request was refused without a token, or belongs to a tool that wants one. */
export function isGuarded(answer: AuthAnswer, answers: readonly AuthAnswer[], tools: ServerTools): boolean {
  const without = answers.find(
    ({ token, request, tool }) => token === "none" && request === answer.request && tool === answer.tool,
  );
  const own = tools.entries.find(({ name }) => name === answer.tool);
  return (without !== undefined && isRefused(without)) || (own !== undefined && wantsToken(own));
}

/** How people call it. */
export const TOKEN_NAMES = {
  none: "no token",
  malformed: "a malformed token",
  forged: "a token signed by a foreign key",
  unsigned: "an unsigned token",
  query: "the token in the address",
  expired: "an expired token",
  audience: "a token for another audience",
  scopes: "a token of fewer scopes",
} as const satisfies Readonly<Record<TokenKind, string>>;

/** `tools/call` of these tools: a, b. */
export function requestsIn(answers: readonly AuthAnswer[]): string {
  const plain = [...new Set(answers.filter(({ tool }) => tool === null).map(({ request }) => request))];
  const tools = [...new Set(answers.flatMap(({ tool }) => tool ?? []))];
  return [...plain, ...(tools.length > 0 ? [`tools/call of ${tools.join(", ")}`] : [])].join(", ");
}

/** Answers by a key, in order of the first of each. */
export function grouped<K extends string>(
  answers: readonly AuthAnswer[],
  keyOf: (answer: AuthAnswer) => K,
): readonly (readonly [K, readonly AuthAnswer[]])[] {
  const groups = new Map<K, AuthAnswer[]>();
  for (const answer of answers) groups.set(keyOf(answer), [...(groups.get(keyOf(answer)) ?? []), answer]);
  return [...groups];
}

/** The metadata document of the resource, if any was found. */
export const resourceDocument = ({ resource }: AuthEvidence): Readonly<Record<string, unknown>> | null =>
  resource.find(({ document }) => document !== null)?.document ?? null;

/** Issuers with the document that describes each; null when there is none. */
export const issuerDocuments = ({ issuers }: AuthEvidence) =>
  issuers.map(({ issuer, answers }) => ({
    issuer,
    document: answers.find(({ document }) => document !== null)?.document ?? null,
    asked: answers.map(({ url, status }) => `${url} (${status ?? "no answer"})`).join(", "),
  }));

export const textsIn = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : [];

/** As a finding shows it. */
export function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  return value === undefined ? "" : JSON.stringify(value);
}

/** https, or a server on this machine. */
export const isSafeAddress = (value: unknown): boolean => {
  if (typeof value !== "string" || !URL.canParse(value)) return false;
  const { protocol, hostname } = new URL(value);
  return protocol === "https:" || /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(hostname);
};
