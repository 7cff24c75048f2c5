/** Asks a server over HTTP what it must refuse: with no token, with wrong ones, tool by tool. Only the server that was given. */
import type { AuthAnswer, AuthEvidence } from "../../model/evidence/auth.ts";
import { fetchFor, mayProbe } from "../../oauth/guarded-fetch.ts";
import { scanText } from "../../scan/index.ts";
import { openSession, type AskedTool, type Endpoint } from "./ask.ts";
import { Asking } from "./asking.ts";
import { issuerMetadata, resourceMetadata } from "./metadata.ts";
import { codeAnswers, type OwnClient } from "./redirects.ts";
import { probeTokens, scopesOf, type ProbeToken, type RealTokens } from "./tokens.ts";

export interface AuthProbeOptions {
  readonly url: string;
  /** Sent with each request; `authorization` in it is the good token. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly tokens?: RealTokens;
  /** Tools that may be called: a broken server carries them out. */
  readonly tools: readonly AskedTool[];
  /** Tools that are there and must not be called. */
  readonly notCalled: readonly string[];
  /** Default true. */
  readonly toolsKnown?: boolean;
  /** What `sandglass login` registered. */
  readonly client?: OwnClient;
}

/** A server may guard one tool and forget another; of those past so many, each is asked with none and a malformed token. */
const MOST_TOOLS = 50;

export async function probeAuth(options: AuthProbeOptions): Promise<AuthEvidence> {
  const { url, tools, notCalled, client } = options;
  const { authorization, headers } = withoutAuthorization(options.headers ?? {});
  const good = options.tokens?.good ?? /^Bearer (.+)$/i.exec(authorization ?? "")?.[1];
  const fetch = fetchFor(url, { may: mayProbe });
  const endpoint: Endpoint = { url, fetch, headers };
  const session = good === undefined ? null : await openSession(endpoint, { kind: "none", value: good });
  const asking = new Asking(endpoint, session);
  const answers = await asking.all({ kind: "none", value: null }, tools);
  const resource = await resourceMetadata(url, fetch, answers);
  const issuers = await issuerMetadata(url, fetch, resource);
  if (isProtected(answers) || resource.some(({ document }) => document))
    for (const token of wrongTokens(options, good, resource, issuers))
      answers.push(...(await asking.all(token, isOnEvery(token) ? tools : tools.slice(0, MOST_TOOLS))));
  return {
    endpoint: scanText(url, "request").masked,
    hasToken: good !== undefined,
    fewerScopes: scopesOf(options.tokens?.bad?.scopes),
    answers,
    toolsKnown: options.toolsKnown ?? true,
    notCalled,
    resource,
    issuers,
    ...(client ? await codeAnswers(issuers, fetch, client) : { redirects: [] }),
  };
}

const isOnEvery = ({ kind }: ProbeToken): boolean => kind === "malformed" || kind === "scopes";

const isProtected = (answers: readonly AuthAnswer[]): boolean =>
  answers.some(({ outcome }) => outcome === "refused" || outcome === "tool-challenge");

function wrongTokens(
  { url, tokens = {} }: AuthProbeOptions,
  good: string | undefined,
  resource: AuthEvidence["resource"],
  issuers: AuthEvidence["issuers"],
): readonly ProbeToken[] {
  const named = resource.find(({ document }) => document)?.document?.resource;
  const wrong = probeTokens(issuers[0]?.issuer ?? new URL(url).origin, typeof named === "string" ? named : url, tokens);
  return good === undefined ? wrong : [...wrong, { kind: "query", value: good }];
}

function withoutAuthorization(headers: Readonly<Record<string, string>>) {
  const entries = Object.entries(headers);
  const isToken = ([name]: readonly [string, string]): boolean => name.toLowerCase() === "authorization";
  return {
    authorization: entries.find(isToken)?.[1],
    headers: Object.fromEntries(entries.filter((entry) => !isToken(entry))),
  };
}
