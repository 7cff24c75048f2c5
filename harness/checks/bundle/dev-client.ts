import { isLocal } from "../../../host/csp/addresses.ts";
import { isDevClient, isDevSource } from "../../model/dev-client.ts";
import type { AnsweredBy, NetworkAttempt } from "../../model/evidence.ts";
import { defineCheck, failOrPass } from "../define-check.ts";
import { channelOf, groupBy } from "../shared/evidence.ts";

export default defineCheck({
  id: "bundle/dev-client",
  title: "Page is built for production",
  severity: "error",
  needs: ["bundle", "network"],
  messages: {
    present:
      "{what} is of a development server: once published nobody answers it, and its client asks for a socket that belongs in no declaration. Build for production, and publish what the build writes.",
    several:
      "{what} and {others} more are of a development server: once published nobody answers it, and its client asks for a socket that belongs in no declaration. Build for production, and publish what the build writes.",
  },
  source:
    "vite.dev/guide/backend-integration, 2026; developers.openai.com/plugins: app-review, no local or test endpoints, 2026-09",
  breaksAtRunTime: true,
  run({ bundle, network }) {
    const inText = bundle.uses
      .filter(({ what, detail }) => what === "dev-client" && !isServedAsScript(detail, network))
      .map(({ detail, where }) => ({ what: detail, where, channel: "static" as const }));
    const loaded = network
      .filter(({ kind, url }) => kind === "script" && isDevSource(url) && !isServedAsScript(url, network))
      .filter(({ url }) => !inText.some(({ what }) => url.startsWith(what)))
      .map(({ url, where, channels }) => ({ what: url, where, channel: channelOf(channels) }));
    const parts = groupBy([...inText, ...loaded], ({ what }) => what).map(([first]) => first);
    const [first, ...rest] = parts;
    if (!first) return { outcome: "pass" };
    // One build is the cause of all of them.
    return failOrPass([
      {
        messageId: rest.length === 0 ? "present" : "several",
        data: { what: first.what, others: rest.length },
        identity: ["what"],
        channel: first.channel,
        ...(first.where ? { where: first.where } : {}),
      },
    ]);
  },
});

const JAVASCRIPT = /^(?:text|application)\/(?:x-)?(?:java|ecma)script$/;
const ANSWERED: ReadonlySet<AnsweredBy> = new Set<AnsweredBy>(["live", "recording", "mock"]);

/** Some services answer with JavaScript what is named like a source. On this machine or network that is a development server. */
const isServedAsScript = (address: string, network: readonly NetworkAttempt[]): boolean =>
  !isDevClient(address) &&
  !isLocal(address) &&
  network.some(
    ({ url, status, mimeType = "", answeredBy }) =>
      url === address &&
      status === 200 &&
      answeredBy !== undefined &&
      ANSWERED.has(answeredBy) &&
      JAVASCRIPT.test(mimeType),
  );
