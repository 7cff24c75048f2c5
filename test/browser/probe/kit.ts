/** The measuring widget in a host that we emulate: what its server would hear of it. */
import { probeDocument } from "../../../harness/measurement/document.ts";
import type { Statement } from "../../../harness/measurement/statement.ts";
import { readMeasurement } from "../../../harness/measurement/read.ts";
import type { Gatherer } from "../../../harness/gather/types.ts";
import type { Measurement } from "../../../harness/model/measurement.ts";
import type { Scenario, Widget, WidgetServer } from "../../../harness/model/widget.ts";
import { metaOf, type DeclarationName } from "../../../host/probe/plan.ts";
import { FAILING_TOOL, RECORDING_TOOL } from "../../../host/probe/tools.ts";
import type { HostProfile } from "../../../host/profiles/types.ts";

export const PRESSED = ["Popup", "Dialogs", "Clipboard"];

/** As the tool `measure_host` answers, with attempts. */
export const scenario: Scenario = {
  name: "default",
  toolInput: { attempts: true },
  toolOutput: { attempts: true },
  content: [{ type: "text", text: "The widget shows what was measured of this host (attempts: yes)." }],
  _meta: { "sandglass/for-the-widget": true },
  steps: [
    { waitFor: "button >> nth=0", timeoutMs: 8000 },
    ...PRESSED.map((label) => ({ click: `role=button[name="${label}"]` })),
  ],
};

/** As it answers without them: nothing is tried that a host may refuse, and nothing is sent. */
export const reading: Scenario = {
  name: "reading",
  toolInput: { attempts: false },
  toolOutput: { attempts: false },
  content: [{ type: "text", text: "The widget shows what was measured of this host (attempts: no)." }],
};

export function probeWidget(declaration: DeclarationName, server?: WidgetServer): Widget {
  const declared = metaOf(declaration);
  return {
    name: "probe",
    source: { kind: "html", path: "probe.html" },
    html: probeDocument(declared),
    meta: declared,
    mimeType: "text/html;profile=mcp-app",
    scenarios: [scenario],
    serverOrigin: "https://probe-server.example",
    serverId: "probe",
    ...(server ? { server } : {}),
  };
}

/** The last measurement that the widget sent. */
export async function measure(
  gatherer: Gatherer,
  profile: HostProfile,
  declaration: DeclarationName,
): Promise<Measurement> {
  const sent: Measurement[] = [];
  const server: WidgetServer = {
    callTool(name, { measurement }) {
      if (name === FAILING_TOOL)
        return Promise.resolve({ isError: true, content: [{ type: "text", text: "This tool fails on purpose." }] });
      if (name !== RECORDING_TOOL) return Promise.reject(new Error(`there is no tool ${name}`));
      sent.push(readMeasurement(String(measurement), "what was sent"));
      return Promise.resolve({ content: [{ type: "text", text: "Kept." }] });
    },
    listTools: () => Promise.resolve({ tools: [] }),
    listResources: () => Promise.resolve({ resources: [] }),
    readResource: () => Promise.reject(new Error("nothing is read")),
  };
  await gatherer.gather({ widget: probeWidget(declaration, server), scenario, profile });
  const last = sent.at(-1);
  if (!last) throw new Error(`${profile.id}: nothing was sent`);
  return last;
}

/** How long a dialog takes does not always tell on a busy machine: then it is not measured, and never a difference. */
export const unmeasuredIn = (statements: readonly Statement[]): readonly string[] =>
  statements.flatMap(({ id, state }) => (state === "unmeasured" && id !== "sandbox allow-modals" ? [id] : []));
