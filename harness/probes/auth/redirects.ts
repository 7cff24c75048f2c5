/**
 * Whether the authorization server gives a code out to an address that nobody registered, or without PKCE. Asked with
 * our own client alone.
 */
import { isRecord } from "../../../host/csp/record.ts";
import type { IssuerMetadata, PkceAnswer, RedirectAnswer } from "../../model/evidence/auth.ts";
import type { Fetch } from "../../oauth/guarded-fetch.ts";

export interface OwnClient {
  readonly id: string;
  /** As it was registered. */
  readonly redirect: string;
}

/** Nobody logs in and no code is used: an honest server refuses before it asks anybody. */
export async function codeAnswers(
  issuers: readonly IssuerMetadata[],
  fetch: Fetch,
  client: OwnClient,
): Promise<{ readonly redirects: readonly RedirectAnswer[]; readonly pkce: readonly PkceAnswer[] }> {
  const document = issuers.flatMap(({ answers }) => answers.flatMap((answer) => answer.document ?? []))[0];
  const endpoint = isRecord(document) ? document.authorization_endpoint : undefined;
  if (typeof endpoint !== "string" || !URL.canParse(endpoint)) return { redirects: [], pkce: [] };
  const { redirect } = client;
  const others = [
    { kind: "sub-path", asked: `${redirect}/elsewhere` },
    { kind: "query", asked: `${redirect}?to=elsewhere` },
    { kind: "other-host", asked: "https://sandglass.invalid/callback" },
  ] as const;
  const ask = (asked: string, challenge: Readonly<Record<string, string>>): Promise<Answer> =>
    askFor(endpoint, fetch, { ...challenge, client_id: client.id, redirect_uri: asked });
  // Who refuses what is right, as of a client that it forgot, tells nothing by refusing the rest.
  if (isRefusal(await ask(redirect, S256))) return { redirects: [], pkce: [] };
  return {
    redirects: await Promise.all(
      others.map(async (other) => ({ ...other, ...redirected(other.asked, await ask(other.asked, S256)) })),
    ),
    pkce: await Promise.all(
      WITHOUT.map(async ({ method, parameters }) => ({ method, ...given(await ask(redirect, parameters), redirect) })),
    ),
  };
}

const CHALLENGE = "A".repeat(43);
const S256 = { code_challenge: CHALLENGE, code_challenge_method: "S256" };
const WITHOUT = [
  { method: "none", parameters: {} },
  { method: "plain", parameters: { code_challenge: CHALLENGE, code_challenge_method: "plain" } },
] as const;

interface Answer {
  readonly status: number | null;
  /** Empty when the browser is sent nowhere. */
  readonly location: string;
}

async function askFor(endpoint: string, fetch: Fetch, parameters: Readonly<Record<string, string>>): Promise<Answer> {
  const url = new URL(endpoint);
  for (const [name, value] of Object.entries({ response_type: "code", state: "sandglass", ...parameters }))
    url.searchParams.set(name, value);
  const response = await fetch(url).catch(() => null);
  await response?.body?.cancel();
  return { status: response?.status ?? null, location: response?.headers.get("location") ?? "" };
}

const redirected = (asked: string, answer: Answer): Pick<RedirectAnswer, "status" | "followed" | "refused"> => ({
  status: answer.status,
  followed: leadsTo(answer.location, asked),
  refused: isRefusal(answer),
});

function given(answer: Answer, redirect: string): Pick<PkceAnswer, "status" | "outcome"> {
  const { status, location } = answer;
  if (leadsTo(location, redirect) && answered(location)?.has("code")) return { status, outcome: "code" };
  return { status, outcome: isRefusal(answer) ? "refused" : "unclear" };
}

/** A code, or an error, for that address: as it was asked for, or as URLs are written. */
function leadsTo(location: string, asked: string): boolean {
  if (location === "") return false;
  return (
    location.startsWith(asked) || (URL.canParse(location) && new URL(location).href.startsWith(new URL(asked).href))
  );
}

/** What an address holds in its query and its fragment; null: it is none. */
function answered(location: string): URLSearchParams | null {
  if (!URL.canParse(location, BASE)) return null;
  const { search, hash } = new URL(location, BASE);
  return new URLSearchParams(`${search.slice(1)}&${hash.slice(1)}`);
}

/** Of addresses that are relative to the server's. */
const BASE = "https://server.invalid";

/** By its status, or by where the browser is sent: a page for errors, or anywhere with an error. */
function isRefusal({ status, location }: Answer): boolean {
  if (status === null) return false;
  if (status >= 400) return true;
  const parameters = answered(location);
  return parameters !== null && (parameters.has("error") || /\berrors?\b/i.test(new URL(location, BASE).pathname));
}
