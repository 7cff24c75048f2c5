import authResourceMetadata from "../../../../harness/checks/auth/resource-metadata.ts";
import { guarded, OPEN, resource } from "../auth-make.ts";
import { cases } from "../server-make.ts";

const known = { from: "well-known", url: "https://mcp.acme.dev/.well-known/oauth-protected-resource" } as const;

cases(authResourceMetadata, {
  fails: [
    ["nowhere", guarded({ resource: [resource(null)] }), "missing error"],
    ["the pointer leads nowhere", guarded({ resource: [resource(null), resource({}, known)] }), "pointer error"],
    [
      "of another host",
      guarded({ resource: [resource({ resource: "https://staging.acme.dev/mcp" })] }),
      "other-resource error",
    ],
    [
      "of another path",
      guarded({ resource: [resource({ resource: "https://mcp.acme.dev/mc" })] }),
      "other-resource error",
    ],
    ["of nobody", guarded({ resource: [resource({ authorization_servers: [] })] }), "no-servers error"],
    [
      "an issuer by http",
      guarded({ resource: [resource({ authorization_servers: ["http://auth.acme.dev"] })] }),
      "unsafe-server error",
    ],
  ],
  passes: [
    ["of the endpoint", guarded(), "pass"],
    ["of the origin above it", guarded({ resource: [resource({ resource: "https://mcp.acme.dev/" })] }), "pass"],
    [
      "an issuer on this machine",
      guarded({ resource: [resource({ authorization_servers: ["http://127.0.0.1:9000"] })] }),
      "pass",
    ],
    ["at the well-known address alone", guarded({ resource: [resource({}, known)] }), "pass"],
    ["nothing is protected", OPEN, "inapplicable no-authorization"],
  ],
});
