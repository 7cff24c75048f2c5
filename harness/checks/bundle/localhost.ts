import { isLocal } from "../../../host/csp/addresses.ts";
import { defineCheck, failOrPass } from "../define-check.ts";

export default defineCheck({
  id: "bundle/localhost",
  title: "Bundle asks nothing of the developer's machine",
  severity: "warning",
  needs: ["bundle"],
  messages: {
    request: "Code asks for {url} ({kind}): no user has that address. Use the deployed one.",
    literal: "The text names {url}. If a development build left it there, build for production.",
  },
  source: "docs/hosts.md#chatgpt-submission: no local or test endpoints",
  breaksAtRunTime: true,
  run: ({ bundle }) =>
    failOrPass(
      bundle.urls
        .filter(({ origin }) => origin !== null && isLocal(origin))
        .map(({ url, origin, kind, certainty, where }) =>
          certainty === "request"
            ? { messageId: "request", data: { url, origin, kind }, identity: ["url", "kind"], channel: "static", where }
            : {
                messageId: "literal",
                data: { url, origin, kind },
                identity: ["url"],
                channel: "static",
                where,
                severity: "info",
              },
        ),
    ),
});
