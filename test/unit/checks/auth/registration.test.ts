import authRegistration from "../../../../harness/checks/auth/registration.ts";
import { guarded, issuer, OPEN } from "../auth-make.ts";
import { cases } from "../server-make.ts";

const of = (document: object | null) => guarded({ issuers: [issuer(document)] });
const none = { client_id_metadata_document_supported: undefined };

cases(authRegistration, {
  fails: [
    ["neither", of(none), "none error"],
    ["registration by http", of({ ...none, registration_endpoint: "http://auth.acme.dev/register" }), "none error"],
    [
      "registration alone",
      of({ ...none, registration_endpoint: "https://auth.acme.dev/register" }),
      "registration-only info",
    ],
  ],
  passes: [
    ["a metadata document", guarded(), "pass"],
    ["no metadata: another rule", of(null), "inapplicable no-metadata"],
    ["nothing is protected", OPEN, "inapplicable no-authorization"],
  ],
});
