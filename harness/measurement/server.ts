/** The probe as an MCP server: one tool that shows the measuring widget, and two that the widget alone may call. */
import { McpServer } from "@modelcontextprotocol/server";
import { z } from "zod";
import { FAILING_TOOL, RECORDING_TOOL } from "../../host/probe/tools.ts";
import { metaOf, type DeclarationName } from "../../host/probe/plan.ts";
import { packageVersion } from "../lib/package-root.ts";
import { messageOf } from "../model/errors.ts";
import type { Measurement } from "../model/measurement.ts";
import { probeDocument, probeUri } from "./document.ts";
import { readMeasurement } from "./read.ts";
import { SERVER } from "./statements.ts";

export interface ProbeServerOptions {
  readonly declaration: DeclarationName;
  /** A domain is declared. Default true. */
  readonly domain?: boolean;
  /** Try what a host may refuse, unless the call says otherwise. Default false. */
  readonly attempts?: boolean;
  /** Origin that hosts reach the server at; masked in what is kept. */
  readonly publicOrigin?: string;
  /** Keeps it; what it returns is shown in the widget. */
  readonly onMeasurement: (measurement: Measurement) => Promise<string>;
}

const MIME = "text/html;profile=mcp-app";
/** Most characters of a measurement. */
const MOST = 400_000;
const reads = { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false };

/** One server a session: it knows its client. */
export function probeServer(options: ProbeServerOptions): McpServer {
  const declared = metaOf(options.declaration, options.domain ?? true);
  const document = probeDocument(declared, options.publicOrigin);
  const uri = probeUri(document);
  const server = new McpServer({ name: "sandglass-probe", title: "Sandglass probe", version: packageVersion() });
  const resource = { uri, mimeType: MIME, _meta: declared };
  server.registerResource("probe", uri, { mimeType: MIME, description: "The measuring widget", _meta: declared }, () =>
    Promise.resolve({ contents: [{ ...resource, text: document }] }),
  );
  registerMeasuring(server, uri, options);
  registerRecording(server, options);
  server.registerTool(
    FAILING_TOOL,
    {
      title: "Fail on purpose",
      description: "Fails, so that the measuring widget sees what its host makes of it. For the widget alone.",
      inputSchema: z.object({}),
      annotations: { title: "Fail on purpose", ...reads },
      _meta: { ui: { visibility: ["app"] } },
    },
    () => ({ isError: true, content: [{ type: "text", text: "This tool fails on purpose." }] }),
  );
  return server;
}

function registerMeasuring(server: McpServer, uri: string, { attempts: byDefault = false }: ProbeServerOptions): void {
  server.registerTool(
    "measure_host",
    {
      title: "Measure this host",
      description:
        "Shows a widget that measures how this host treats widgets: policy, sandbox, permissions, bridge and data. With attempts it also asks for what the host may refuse; nothing opens or asks a person without a press.",
      inputSchema: z.object({
        attempts: z
          .boolean()
          .default(byDefault)
          .describe("Also try what the host may refuse, such as requests to undeclared domains."),
      }),
      outputSchema: z.object({
        attempts: z.boolean().describe("Whether the widget tries what the host may refuse."),
      }),
      annotations: { title: "Measure this host", ...reads },
      _meta: {
        ui: { resourceUri: uri, visibility: ["model", "app"] },
        "openai/outputTemplate": uri,
        "openai/widgetAccessible": true,
        "openai/toolInvocation/invoking": "Measuring this host",
        "openai/toolInvocation/invoked": "Measured this host",
      },
    },
    ({ attempts }) => ({
      content: [
        {
          type: "text",
          text: `The widget shows what was measured of this host (attempts: ${attempts ? "yes" : "no"}).`,
        },
      ],
      structuredContent: { attempts },
      // Whether it arrives is one of the things that are measured.
      _meta: { "sandglass/for-the-widget": true },
    }),
  );
}

function registerRecording(server: McpServer, options: ProbeServerOptions): void {
  server.registerTool(
    RECORDING_TOOL,
    {
      title: "Keep a measurement",
      description:
        "Keeps what the measuring widget found, in a new file on the machine that runs this server. For the widget alone.",
      inputSchema: z.object({ measurement: z.string().max(MOST).describe("The measurement, as JSON text.") }),
      annotations: {
        title: "Keep a measurement",
        readOnlyHint: false,
        destructiveHint: false,
        idempotentHint: true,
        openWorldHint: false,
      },
      _meta: { ui: { visibility: ["app"] }, "openai/widgetAccessible": true, "openai/visibility": "private" },
    },
    async ({ measurement: text }) => {
      try {
        const measurement = readMeasurement(withoutOrigin(text, options.publicOrigin), "What the widget sent");
        const kept = await options.onMeasurement({ ...measurement, ...clientOf(server) });
        return { content: [{ type: "text", text: kept }] };
      } catch (error) {
        return { isError: true, content: [{ type: "text", text: messageOf(error) }] };
      }
    },
  );
}

/** The address of a tunnel is its user's. */
function withoutOrigin(text: string, origin: string | undefined): string {
  return origin === undefined ? text : text.replaceAll(origin, SERVER);
}

const UI_EXTENSION = "io.modelcontextprotocol/ui";

/** What a server knows of its client from `initialize`, which no request repeats. */
interface Introduced {
  getClientVersion(): { readonly name: string; readonly version: string } | undefined;
  getClientCapabilities(): { readonly extensions?: object | undefined } | undefined;
}

function clientOf({ server }: { readonly server: Introduced }): Pick<Measurement, "client"> {
  const info = server.getClientVersion();
  if (!info) return {};
  const { extensions = {} } = server.getClientCapabilities() ?? {};
  return { client: { name: info.name, version: info.version, ui: UI_EXTENSION in extensions } };
}
