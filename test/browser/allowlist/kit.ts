/** A widget written in a test, and the whole loop of `sandglass allowlist` over it. */
import { readDeclaration } from "../../../host/csp/declaration.ts";
import { chatgpt } from "../../../host/profiles/chatgpt.ts";
import { allowlistOf, suggestedDeclaration, verify } from "../../../harness/allowlist/index.ts";
import type { Gatherer } from "../../../harness/gather/types.ts";
import type { AllowlistResult } from "../../../harness/model/result.ts";
import { gatherAll, jobsOf } from "../../../harness/runner/jobs.ts";
import type { Mock, Scenario, Widget } from "../../../harness/model/widget.ts";

export interface Declared {
  readonly connect?: readonly string[];
  readonly resource?: readonly string[];
  readonly frame?: readonly string[];
  readonly redirect?: readonly string[];
}

/** Lines of the body; what stands in it starts on line 2. */
export function widgetOf(
  body: string,
  mocks: readonly Mock[] = [],
  declared: Declared | null = {},
  scenario: Partial<Scenario> = {},
): Widget {
  const { connect = [], resource = [], frame = [], redirect = [] } = declared ?? {};
  const ui = { csp: { connectDomains: connect, resourceDomains: resource, frameDomains: frame } };
  const openai = {
    connect_domains: connect,
    resource_domains: resource,
    frame_domains: frame,
    ...(redirect.length > 0 ? { redirect_domains: redirect } : {}),
  };
  return {
    name: "w",
    source: { kind: "html", path: "w.html" },
    mimeType: "text/html;profile=mcp-app",
    serverOrigin: null,
    serverId: "w",
    html: `<!doctype html><html lang="en"><meta charset="utf-8"><title>W</title><body><p>A widget</p>\n${body}\n</body></html>`,
    meta: { ...(declared ? { ui, "openai/widgetCSP": openai } : {}), "openai/widgetDomain": "https://my-app.example" },
    scenarios: [{ name: "default", mocks, ...scenario }],
  };
}

/** Observe, suggest, enforce the suggestion, judge it. */
export async function review(gatherer: Gatherer, widget: Widget): Promise<AllowlistResult> {
  const { declaration } = readDeclaration(widget.meta, chatgpt.cspKeys.value);
  const observed = await gatherAll(gatherer, jobsOf([widget], { profiles: [chatgpt], mode: "observe" }), 1);
  const suggestion = await allowlistOf({
    widget: { name: widget.name, declaration, serverOrigin: widget.serverOrigin },
    observed,
  });
  const enforced = await gatherAll(
    gatherer,
    jobsOf([widget], { profiles: [chatgpt] }).map((job) => ({ ...job, declaration: suggestedDeclaration(suggestion) })),
    1,
  );
  const { verified, reasons } = verify(suggestion, enforced);
  return { ...suggestion, verified, verification: reasons };
}

/** What a test states of a result: one line for each origin, the block, and the proof. */
export function statedOf({ origins, suggested, verified, verification }: AllowlistResult) {
  const { connectDomains, resourceDomains, frameDomains } = suggested.ui.csp;
  return {
    rows: origins.map((row) =>
      `${row.state} ${row.lists.join("+") || "-"} ${row.origin} ${row.seen.map(({ kind, count }) => (count > 1 ? `${kind}×${count}` : kind)).join(" ")}`.trim(),
    ),
    connect: connectDomains,
    resource: resourceDomains,
    frame: frameDomains,
    verified,
    why: verification,
  };
}
