import type { Evidence } from "../../../harness/model/evidence.ts";
import type { Scenario, Widget } from "../../../harness/model/widget.ts";
import type { Statement } from "./statements.ts";

const MARK = "fidelity-answer:";

/** What the console line of a statement's answer begins with. */
export const markOf = ({ id }: Statement): string => `${MARK}${id}:`;

/** A widget that runs one probe and logs the answer. */
export function fidelityWidget(statement: Statement): {
  readonly widget: Widget;
  readonly scenario: Scenario;
  readonly html: string;
} {
  const html = `<!doctype html><html><head><title>${statement.id}</title></head><body><p>probe</p>${statement.html ?? ""}
<script>
(async () => { ${statement.probe} })().then(
  (value) => console.log(${JSON.stringify(markOf(statement))} + JSON.stringify(value ?? null)),
  (error) => console.log(${JSON.stringify(markOf(statement))} + JSON.stringify("threw " + error)),
);
</script></body></html>`;
  const lists = {
    connect_domains: ["https://api.fidelity.example"],
    resource_domains: ["https://cdn.fidelity.example"],
    frame_domains: [],
    redirect_domains: [],
  };
  const meta = {
    "openai/widgetCSP": lists,
    "openai/widgetDomain": "https://fidelity.example",
    ui: {
      csp: { connectDomains: lists.connect_domains, resourceDomains: lists.resource_domains, frameDomains: [] },
      domain: "https://fidelity.example",
    },
  };
  const scenario: Scenario = { name: "default", toolInput: {}, toolOutput: { ok: true } };
  return {
    html,
    scenario,
    widget: {
      name: statement.id,
      source: { kind: "html", path: `${statement.id}.html` },
      html,
      meta,
      mimeType: "text/html;profile=mcp-app",
      scenarios: [scenario],
      serverOrigin: null,
      serverId: "fidelity",
    },
  };
}

/** The probe's answer, from the browser's own record of the console. */
export function resultIn(evidence: Evidence, statement: Statement): unknown {
  const mark = markOf(statement);
  const { console: lines } = evidence.artifacts;
  if (lines.status !== "ok") throw new Error(lines.error.message);
  const line = lines.value.find((entry) => entry.text.startsWith(mark));
  if (!line) throw new Error(`the probe gave no answer: ${JSON.stringify(lines.value)}`);
  return JSON.parse(line.text.slice(mark.length));
}
