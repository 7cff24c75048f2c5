import cors from "../../../../harness/checks/transport/cors.ts";
import { cases, transportOf } from "../server-make.ts";

const PROBE = {
  kind: "foreign-origin",
  status: 200,
  accepted: true,
  allowOrigin: null,
  allowCredentials: false,
} as const;
const probed = (given: { allowOrigin?: string; allowCredentials?: boolean }) => ({
  transport: transportOf({ probes: [{ ...PROBE, ...given }] }),
});
const answered = (headers: Readonly<Record<string, string>>) => ({
  transport: transportOf({ answers: [{ method: "POST", status: 200, headers, redirectedTo: null, count: 1 }] }),
});

cases(cors, {
  fails: [
    [
      "the page's own origin, with its login",
      probed({ allowOrigin: "http://foreign.invalid", allowCredentials: true }),
      "credentials warning",
    ],
    [
      "any origin, with a login",
      answered({ "access-control-allow-origin": "*", "access-control-allow-credentials": "true" }),
      "credentials warning",
    ],
    ["any sandboxed frame", probed({ allowOrigin: "null", allowCredentials: true }), "credentials warning"],
    ["any origin", answered({ "access-control-allow-origin": "*" }), "any info"],
  ],
  passes: [
    ["no leave", {}, "pass"],
    ["a foreign page is given none", probed({}), "pass"],
    [
      "a host that is trusted, with its login",
      probed({ allowOrigin: "https://chatgpt.com", allowCredentials: true }),
      "pass",
    ],
    ["one origin, without a login", answered({ "access-control-allow-origin": "https://chatgpt.com" }), "pass"],
    ["a command", { transport: transportOf({ kind: "stdio", url: null }) }, "inapplicable no-endpoint"],
  ],
});
