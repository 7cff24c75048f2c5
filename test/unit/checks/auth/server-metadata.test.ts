import authServerMetadata from "../../../../harness/checks/auth/server-metadata.ts";
import { guarded, issuer, OPEN } from "../auth-make.ts";
import { cases } from "../server-make.ts";

const of = (document: object | null) => guarded({ issuers: [issuer(document)] });

cases(authServerMetadata, {
  fails: [
    ["none", of(null), "missing error"],
    ["of another issuer", of({ issuer: "https://evil.example" }), "other-issuer error"],
    ["an endpoint by http", of({ token_endpoint: "http://auth.acme.dev/token" }), "endpoint error"],
    ["plain PKCE", of({ code_challenge_methods_supported: ["plain"] }), "no-s256 error"],
    ["PKCE that nobody names", of({ code_challenge_methods_supported: undefined }), "no-s256 error"],
    ["no code", of({ grant_types_supported: ["client_credentials"] }), "no-code-grant error"],
    [
      "clients with a secret alone",
      of({ token_endpoint_auth_methods_supported: ["client_secret_post"] }),
      "client-secret warning",
    ],
    [
      "an issuer that is silent in answers",
      of({ authorization_response_iss_parameter_supported: undefined }),
      "no-iss info",
    ],
  ],
  passes: [
    ["all that a public client needs", guarded(), "pass"],
    ["a stroke at the end of the issuer", of({ issuer: "https://auth.acme.dev/" }), "pass"],
    ["clients with a key of their own", of({ token_endpoint_auth_methods_supported: ["private_key_jwt"] }), "pass"],
    ["no issuer is named", guarded({ issuers: [] }), "inapplicable no-issuer"],
    ["nothing is protected", OPEN, "inapplicable no-authorization"],
  ],
});
