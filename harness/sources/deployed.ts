/** `--deployed-origin`: widgets of a local server, as they will be once it is deployed. */
import { isLocal, parseUrl } from "../../host/csp/addresses.ts";
import { asDeployed, loopbackOriginsIn, type Deployment } from "../model/deployment.ts";
import { SandglassError } from "../model/errors.ts";
import type { ServerRecorder } from "../model/server-record.ts";
import type { Part } from "./plan.ts";
import type { LoadedTarget, Widget, WidgetServer } from "../model/widget.ts";

/** The part, whose server's widgets are yielded as they will be; one of files is as it is. */
export function partAsDeployed(part: Part, origin: string): Part {
  if (!part.isServer) return part;
  return {
    ...part,
    load: async () => {
      const loaded = await part.load();
      const { widgets, servers = [], warnings } = loaded;
      try {
        const shown = deployed({ widgets, servers }, origin);
        return { ...loaded, ...shown, warnings: [...warnings, ...shown.warnings] };
      } catch (error) {
        await loaded.close();
        throw error;
      }
    },
  };
}

type Served = Required<Pick<LoadedTarget, "widgets" | "servers">>;

export interface DeployedWidgets extends Served {
  readonly warnings: readonly string[];
}

const bad = (message: string, next: string): SandglassError => new SandglassError("BAD_USAGE", message, next);

/**
 * Document, metadata, results and the server's later answers with the deployed
 * origin in place of the local one.
 * @throws SandglassError `BAD_USAGE` when the origin is none of the public web, or there is nothing local to be replaced
 */
export function deployed({ widgets, servers }: Served, written: string): DeployedWidgets {
  const origin = deployedOrigin(written);
  const served = widgets.filter(({ source }) => source.kind === "mcp");
  if (served.length === 0 && servers.length === 0)
    throw bad(
      "--deployed-origin is about an MCP server, and the target has none.",
      "Add --mcp URL or --mcp-stdio COMMAND.",
    );
  const named = new Set<string>();
  const changed = widgets.map((widget) => {
    const local = widget.source.kind === "mcp" ? localOrigin(widget) : null;
    if (local === null) return widget;
    named.add(local);
    return widgetAsDeployed(widget, { local, origin });
  });
  return {
    widgets: changed,
    servers: servers.map((server) =>
      recorderAsDeployed(
        server,
        [...named].map((local) => ({ local, origin })),
      ),
    ),
    warnings:
      named.size === 0
        ? [`Nothing of the server names this machine: --deployed-origin ${origin} changed nothing.`]
        : [
            `${[...named].join(", ")} is judged as ${origin}: its addresses were replaced, and requests to it are answered by the local server.`,
          ],
  };
}

function deployedOrigin(written: string): string {
  const url = parseUrl(written);
  const isOrigin = url?.protocol === "https:" && url.pathname === "/" && url.search === "" && url.username === "";
  if (!isOrigin || isLocal(written))
    throw bad(
      `--deployed-origin takes the origin that the server will have, not ${written}.`,
      "Write it as https://app.example.com.",
    );
  return url.origin;
}

/** Of a server over HTTP, its own; of a command, the one that its pages and metadata name. */
function localOrigin({ name, serverOrigin, html, meta }: Widget): string | null {
  if (serverOrigin !== null) {
    if (isLocal(serverOrigin)) return serverOrigin;
    throw bad(`--deployed-origin is for a local server, and ${serverOrigin} is none.`, "Leave it out.");
  }
  const [first, ...others] = loopbackOriginsIn(`${JSON.stringify(meta)}\n${html}`);
  const ports = new Set(others.map((one) => new URL(one).port));
  if (first !== undefined && [...ports].some((port) => port !== new URL(first).port))
    throw bad(
      `${name} names several servers of this machine: ${[first, ...others].join(", ")}.`,
      "Serve its assets from one, or give --mcp URL in place of the command.",
    );
  return first ?? null;
}

function widgetAsDeployed(widget: Widget, deployment: Deployment): Widget {
  const { html, meta, scenarios, tool, server, serverOrigin } = widget;
  return {
    ...widget,
    ...asDeployed({ html, meta }, deployment),
    // Mocks are of the user's own making, and name what they are to answer.
    scenarios: scenarios.map(({ mocks, ...scenario }) => ({
      ...asDeployed(scenario, deployment),
      ...(mocks ? { mocks } : {}),
    })),
    ...(tool ? { tool: asDeployed(tool, deployment) } : {}),
    ...(server ? { server: serverAsDeployed(server, deployment) } : {}),
    serverOrigin: serverOrigin === null ? null : deployment.origin,
    deployment,
  };
}

/** What it said, for its metadata to be judged as it will be; the address that we asked stays. */
const recorderAsDeployed = (server: ServerRecorder, deployments: readonly Deployment[]): ServerRecorder => ({
  headers: server.headers,
  asking: (use) => server.asking(use),
  another: (use) => server.another(use),
  tryForeignPage: () => server.tryForeignPage(),
  record: () =>
    deployments.reduce((record, deployment) => {
      const { exchanges, messages } = record;
      return { ...record, ...asDeployed({ exchanges, messages }, deployment) };
    }, server.record()),
});

function serverAsDeployed(server: WidgetServer, deployment: Deployment): WidgetServer {
  const after = async (answer: Promise<unknown>): Promise<unknown> => asDeployed(await answer, deployment);
  return {
    callTool: (name, args) => after(server.callTool(name, args)),
    listTools: () => after(server.listTools()),
    readResource: (uri) => after(server.readResource(uri)),
    listResources: () => after(server.listResources()),
  };
}
