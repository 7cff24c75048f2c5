import { defineServerCheck } from "../define-server-check.ts";
import { failOrPass, inapplicable, type RawFinding } from "../define-check.ts";
import { describe, found, metaField, named, shownContent } from "../shared/servers.ts";
import { isLocalHost, parseUrl } from "../../../host/csp/addresses.ts";
import type { Severity } from "../../model/result.ts";
import type { ResourceRead } from "../../model/evidence/server.ts";

/** Hosts that end with the terminal that opened them. */
const TUNNEL =
  /(?:^|\.)(?:ngrok(?:-free)?\.(?:app|dev|io)|trycloudflare\.com|loca\.lt|localhost\.run|serveo\.net|devtunnels\.ms|tunnelmole\.net|pinggy\.(?:io|link))$/;
const PLACEHOLDER = /(?:^|\.)(?:example\.(?:com|org|net)|example|your-?(?:domain|app|site)\.[a-z]+|invalid|test)$/;

type MessageId = "missing" | "malformed" | "local" | "tunnel" | "placeholder" | "port" | "several";

export default defineServerCheck({
  id: "metadata/domain",
  title: "Widgets have one domain, an https origin of your own",
  severity: "error",
  needs: ["resources"],
  messages: {
    missing: "{uris}: no domain is declared, and submission requires one: set openai/widgetDomain.",
    malformed: "{uri}: the domain is {value}, and not an https:// origin.",
    local: "{uri}: the domain {value} is this machine or its network.",
    tunnel: "{uri}: the domain {value} is a tunnel's, which ends with it and belongs to others next.",
    placeholder: "{uri}: the domain {value} is a placeholder's.",
    port: "{uri}: the domain {value} has a port, which the sandbox's name cannot carry.",
    several:
      "The widgets of this server declare {count} domains: {domains}. Submission asks for one that is unique to the app.",
  },
  reasons: { "no-ui": "no UI resource was read" },
  source:
    'docs/hosts.md#chatgpt-submission; developers.openai.com/plugins/deploy/app-review (September 2026); ChatGPT\'s inspector: "Widget domain is not set for this template"',
  run({ resources }, { submission, refusal, isTold }) {
    const read = resources.reads.filter((one) => shownContent(one) !== undefined);
    if (read.length === 0) return inapplicable("no-ui");
    const missing = read.filter((one) => domainOf(one) === undefined && !isTold("csp/declaration", one.uri));
    return failOrPass([
      ...(submission && missing.length > 0
        ? [
            found(
              "missing",
              { uris: named(missing.map(({ uri }) => uri)) },
              { severity: "warning", about: { uri: missing[0]?.uri } },
            ),
          ]
        : []),
      ...read.flatMap((one) => formOf(one, isTold("csp/declaration", one.uri), refusal)),
      ...severalOf(read),
    ]);
  },
});

type Found = RawFinding<MessageId>;

function domainOf(read: ResourceRead): unknown {
  const meta = shownContent(read)?.meta;
  return metaField(meta, "openai/widgetDomain") ?? metaField(meta, "ui.domain") ?? undefined;
}

function formOf(read: ResourceRead, told: boolean, refusal: Severity): Found[] {
  const domain = domainOf(read);
  if (domain === undefined) return [];
  const url = typeof domain === "string" ? parseUrl(domain) : null;
  const data = { uri: read.uri, value: typeof domain === "string" ? domain : describe(domain) };
  const isOrigin = url !== null && url.protocol === "https:" && /^https:\/\/[^/?#@]+\/?$/i.test(data.value);
  if (!isOrigin) return told ? [] : [found("malformed", data)];
  const reason = hostProblem(url.hostname);
  // A made-up domain names a sandbox as well as any: it is the form that takes it amiss.
  if (reason) return [found(reason, data, { severity: reason === "placeholder" ? "warning" : refusal })];
  return url.port === "" ? [] : [found("port", data, { severity: "warning" })];
}

function hostProblem(host: string): "local" | "tunnel" | "placeholder" | null {
  if (isLocalHost(host)) return "local";
  if (TUNNEL.test(host)) return "tunnel";
  return PLACEHOLDER.test(host) ? "placeholder" : null;
}

function severalOf(reads: readonly ResourceRead[]): Found[] {
  const domains = [...new Set(reads.map(domainOf).filter((domain) => typeof domain === "string"))];
  return domains.length > 1
    ? [
        found(
          "several",
          { count: domains.length, domains: named(domains) },
          { severity: "warning", about: { uri: reads[0]?.uri } },
        ),
      ]
    : [];
}
