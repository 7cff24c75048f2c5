/** Small evidence of authorization: a server that refuses as it must, unless a test says otherwise. */
import type {
  AuthAnswer,
  AuthEvidence,
  Challenge,
  IssuerMetadata,
  MetadataAnswer,
} from "../../../harness/model/evidence/auth.ts";
import type { ServerArtifacts } from "../../../harness/model/evidence/server.ts";
import { toolOf, toolsOf } from "./server-make.ts";

export const ENDPOINT = "https://mcp.acme.dev/mcp";
export const ISSUER = "https://auth.acme.dev";
const METADATA = "https://mcp.acme.dev/.well-known/oauth-protected-resource/mcp";

export const challenge = (given: Partial<Challenge> = {}): Challenge => ({
  scheme: "Bearer",
  resourceMetadata: METADATA,
  scope: "weather.read",
  error: null,
  ...given,
});

export const answer = (given: Partial<AuthAnswer> = {}): AuthAnswer => ({
  token: "none",
  request: "initialize",
  tool: null,
  status: 401,
  outcome: "refused",
  challenge: challenge(),
  echoed: false,
  ...given,
});

export const taken = (given: Partial<AuthAnswer> = {}): AuthAnswer =>
  answer({ status: 200, outcome: "accepted", challenge: null, ...given });

export const call = { request: "tools/call", tool: "show_weather" } as const;

export const resource = (document: object | null = {}, given: Partial<MetadataAnswer> = {}): MetadataAnswer => ({
  url: METADATA,
  from: "challenge",
  status: document ? 200 : 404,
  document: document && { resource: ENDPOINT, authorization_servers: [ISSUER], ...document },
  ...given,
});

export const issuer = (document: object | null = {}): IssuerMetadata => ({
  issuer: ISSUER,
  answers: [
    {
      url: `${ISSUER}/.well-known/oauth-authorization-server`,
      from: "well-known",
      status: document ? 200 : 404,
      document: document && {
        issuer: ISSUER,
        authorization_endpoint: `${ISSUER}/authorize`,
        token_endpoint: `${ISSUER}/token`,
        code_challenge_methods_supported: ["S256"],
        token_endpoint_auth_methods_supported: ["none"],
        client_id_metadata_document_supported: true,
        authorization_response_iss_parameter_supported: true,
        ...document,
      },
    },
  ],
});

const REFUSED = (["none", "malformed", "forged", "unsigned", "expired", "audience"] as const).flatMap((token) => [
  answer({ token }),
  answer({ token, ...call }),
]);

export const authOf = (given: Partial<AuthEvidence> = {}): AuthEvidence => ({
  endpoint: ENDPOINT,
  hasToken: true,
  fewerScopes: null,
  answers: REFUSED,
  notCalled: [],
  resource: [resource()],
  issuers: [issuer()],
  redirects: [],
  ...given,
});

/** With a tool that wants a token. */
export const guarded = (auth: Partial<AuthEvidence> = {}, tool: object = {}): Partial<ServerArtifacts> => ({
  auth: authOf(auth),
  tools: toolsOf(toolOf({ securitySchemes: [{ type: "oauth2", scopes: ["weather.read"] }], ...tool })),
});

/** Refusals of `REFUSED`, with more answers. */
export const also = (...more: readonly AuthAnswer[]): Partial<ServerArtifacts> =>
  guarded({ answers: [...REFUSED, ...more] });

export const instead = (...answers: readonly AuthAnswer[]): Partial<ServerArtifacts> => guarded({ answers });

/** Nothing is protected, and nothing says so. */
export const OPEN: Partial<ServerArtifacts> = {
  auth: authOf({ answers: [taken(), taken(call)], resource: [resource(null)], issuers: [] }),
  tools: toolsOf(),
};
