/** Whether the authorization server sends a code to an address that nobody registered. Asked with our own client alone. */
import { isRecord } from "../../../host/csp/record.ts";
import type { IssuerMetadata, RedirectAnswer } from "../../model/evidence/auth.ts";
import type { Fetch } from "../../oauth/guarded-fetch.ts";

export interface OwnClient {
  readonly id: string;
  /** As it was registered. */
  readonly redirect: string;
}

/** Nobody logs in and no code is used: an honest server refuses before it asks anybody. */
export async function redirectAnswers(
  issuers: readonly IssuerMetadata[],
  fetch: Fetch,
  { id, redirect }: OwnClient,
): Promise<readonly RedirectAnswer[]> {
  const document = issuers.flatMap(({ answers }) => answers.flatMap((answer) => answer.document ?? []))[0];
  const endpoint = isRecord(document) ? document.authorization_endpoint : undefined;
  if (typeof endpoint !== "string" || !URL.canParse(endpoint)) return [];
  const others = [
    { kind: "sub-path", asked: `${redirect}/elsewhere` },
    { kind: "query", asked: `${redirect}?to=elsewhere` },
    { kind: "other-host", asked: "https://sandglass.invalid/callback" },
  ] as const;
  return Promise.all(others.map((other) => askFor(endpoint, fetch, id, other)));
}

async function askFor(
  endpoint: string,
  fetch: Fetch,
  client: string,
  { kind, asked }: Pick<RedirectAnswer, "kind" | "asked">,
): Promise<RedirectAnswer> {
  const url = new URL(endpoint);
  const parameters = {
    response_type: "code",
    client_id: client,
    redirect_uri: asked,
    state: "sandglass",
    code_challenge: "A".repeat(43),
    code_challenge_method: "S256",
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  const response = await fetch(url).catch(() => null);
  await response?.body?.cancel();
  const location = response?.headers.get("location") ?? "";
  return { kind, asked, status: response?.status ?? null, followed: location.startsWith(asked) };
}
