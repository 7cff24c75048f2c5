import { defineServerCheck } from "../define-server-check.ts";
import { failOrPass, inapplicable } from "../define-check.ts";
import { found } from "../shared/servers.ts";

/** All origins, that of any sandboxed frame, or the one that our page had: a name that nobody can register, and trust. */
const isAnyPage = (origin: string): boolean => origin === "*" || origin === "null" || origin.endsWith(".invalid");

export default defineServerCheck({
  id: "transport/cors",
  title: "The endpoint lets no web page act for a user",
  severity: "warning",
  needs: ["transport"],
  messages: {
    credentials:
      "The endpoint answers with access-control-allow-origin: {origin} and allow-credentials: a web page that the user visits calls the tools as the user.",
    any: "The endpoint lets any web page read its answers (access-control-allow-origin: *): hosts call it from their servers and need no such leave.",
  },
  reasons: { "no-endpoint": "the server runs as a command, and has no endpoint" },
  source: 'MCP specification 2025-11-25, "Security Warning" of streamable HTTP; Fetch standard, CORS protocol',
  run({ transport: { url, answers, probes = [] } }) {
    if (url === null) return inapplicable("no-endpoint");
    const leaves = answers.flatMap(({ headers }) => {
      const origin = headers["access-control-allow-origin"];
      // Who is not asked by a page names whom it trusts: a list of its own is nobody's fault.
      return origin === undefined
        ? []
        : [{ origin, withLogin: isAnyPage(origin) && headers["access-control-allow-credentials"] === "true" }];
    });
    for (const { allowOrigin: origin, allowCredentials } of probes)
      if (origin !== null) leaves.push({ origin, withLogin: isAnyPage(origin) && allowCredentials });
    const withLogin = leaves.find((leave) => leave.withLogin);
    if (withLogin) return failOrPass([found("credentials", { origin: withLogin.origin })]);
    return failOrPass(leaves.some(({ origin }) => origin === "*") ? [found("any", {}, { severity: "info" })] : []);
  },
});
