/** Public documents that say who issues tokens (RFC 9728, RFC 8414, OpenID Connect Discovery). */
import { isRecord } from "../../../host/csp/record.ts";
import type { AuthAnswer, IssuerMetadata, MetadataAnswer } from "../../model/evidence/auth.ts";
import { mayProbe, type Fetch } from "../../oauth/guarded-fetch.ts";

/** More issuers than these are not asked. */
const ISSUERS = 3;

/** What the challenge names, then the well-known addresses; those that follow one that is there are not asked. */
export async function resourceMetadata(
  endpoint: string,
  fetch: Fetch,
  answers: readonly AuthAnswer[],
): Promise<readonly MetadataAnswer[]> {
  const { origin, pathname } = new URL(endpoint);
  const named = answers.map(({ challenge }) => challenge?.resourceMetadata).find((url) => typeof url === "string");
  const path = pathname === "/" ? "" : pathname;
  const known = [...new Set([path, ""])].map((suffix) => `${origin}/.well-known/oauth-protected-resource${suffix}`);
  const wanted = [
    ...(typeof named === "string" ? [{ url: named, from: "challenge" as const }] : []),
    ...known.filter((url) => url !== named).map((url) => ({ url, from: "well-known" as const })),
  ];
  return untilFound(wanted, endpoint, fetch);
}

export async function issuerMetadata(
  endpoint: string,
  fetch: Fetch,
  resource: readonly MetadataAnswer[],
): Promise<readonly IssuerMetadata[]> {
  const named = resource.find(({ document }) => document)?.document?.authorization_servers;
  const issuers = Array.isArray(named) ? named.filter((one): one is string => typeof one === "string") : [];
  return Promise.all(
    issuers.slice(0, ISSUERS).map(async (issuer) => ({
      issuer,
      answers: await untilFound(addressesOf(issuer), endpoint, fetch),
    })),
  );
}

function addressesOf(issuer: string): { url: string; from: "well-known" }[] {
  if (!URL.canParse(issuer)) return [];
  const { origin, pathname } = new URL(issuer);
  const path = pathname.replace(/\/$/, "");
  const urls = [
    `${origin}/.well-known/oauth-authorization-server${path}`,
    `${origin}/.well-known/openid-configuration${path}`,
    `${origin}${path}/.well-known/openid-configuration`,
  ];
  return [...new Set(urls)].map((url) => ({ url, from: "well-known" }));
}

async function untilFound(
  wanted: readonly Pick<MetadataAnswer, "url" | "from">[],
  endpoint: string,
  fetch: Fetch,
): Promise<readonly MetadataAnswer[]> {
  const answers: MetadataAnswer[] = [];
  for (const one of wanted) {
    const answer = await documentAt(one, endpoint, fetch);
    answers.push(answer);
    if (answer.document) break;
  }
  return answers;
}

async function documentAt(
  { url, from }: Pick<MetadataAnswer, "url" | "from">,
  endpoint: string,
  fetch: Fetch,
): Promise<MetadataAnswer> {
  const none = { url, from, status: null, document: null };
  if (!URL.canParse(url) || !mayProbe(new URL(url), new URL(endpoint))) return none;
  const response = await fetch(url, { headers: { accept: "application/json" } }).catch(() => null);
  if (!response) return none;
  return { url, from, status: response.status, document: response.ok ? await jsonOf(response) : null };
}

async function jsonOf(response: Response): Promise<MetadataAnswer["document"]> {
  const value: unknown = await response.json().catch(() => null);
  return isRecord(value) ? value : null;
}
