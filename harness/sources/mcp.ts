/** An MCP server: every tool with a UI resource is a widget. */
import { isDeepStrictEqual } from "node:util";
import type { Client } from "@modelcontextprotocol/client";
import { isRecord } from "../../host/csp/record.ts";
import { DEFAULTS } from "../model/defaults.ts";
import { defined } from "../model/defined.ts";
import { messageOf, RefusedCall, SandglassError } from "../model/errors.ts";
import type { LoadedTarget, Scenario, Widget, WidgetServer } from "../model/widget.ts";
import { readUiResource, resourceUriOf, toolMetaWarning, uriWarning } from "./mcp-resource.ts";
import { CALL_MS, everyPage, reasonOf, REQUEST_MS } from "./mcp-request.ts";
import { callTool, playScenario, type ToolEntry } from "./mcp-scenarios.ts";
import { handOn, openHttp, openStdio, type McpServer } from "./mcp-session.ts";
import { unnamedIn, unnamedWidgets, type ListedResource } from "./mcp-unnamed.ts";
import { toldOnce } from "./told-once.ts";
import type { LoadSettings, ServerAddress } from "./types.ts";

type Meta = Readonly<Record<string, unknown>>;
interface Tool extends ToolEntry {
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly _meta?: Meta;
}

interface ToolWithUi {
  readonly tool: Tool;
  readonly uri: string;
}

const DEFAULT_SCENARIO: Scenario = { name: "default" };

type ServerSettings = Pick<LoadSettings, "config" | "allowCalls" | "serverOnly" | "listOnly" | "onProgress">;

/** Headers of the config go to the origin of the config's own server, or to the server of the command line when the config names none. */
export async function loadHttpServer({ address, uris }: ServerAddress, settings: LoadSettings): Promise<LoadedTarget> {
  const headers = { ...lowerCased(configHeaders(address, settings.config)), ...lowerCased(settings.headers) };
  return loadServer(await openHttp(address, { ...settings, headers }), uris, settings);
}

function configHeaders(address: string, config: LoadSettings["config"]): Readonly<Record<string, string>> {
  if (config === undefined || config.mcpStdio !== undefined) return {};
  const isOwn = config.mcp === undefined || originOf(config.mcp) === originOf(address);
  return isOwn ? config.mcpHeaders : {};
}

/** One name is one header, however it is written. */
const lowerCased = (headers: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

const originOf = (address: string): string => (URL.canParse(address) ? new URL(address).origin : address);

export async function loadStdioServer(
  { address, uris, root }: ServerAddress,
  settings: LoadSettings,
): Promise<LoadedTarget> {
  return loadServer(await openStdio(address, { ...settings, cwd: root }), uris, settings);
}

/**
 * The server's widgets; only those of `uris` when any is named. Closing the
 * result closes the server; when this throws, it is closed already.
 * @throws SandglassError `NO_WIDGETS`, `BAD_METADATA`, `NOT_HTML`, `TOOL_FAILED`, `SERVER_UNREACHABLE`
 */
async function loadServer(
  server: McpServer,
  uris: readonly string[],
  {
    config,
    allowCalls = config?.allowCalls ?? DEFAULTS.allowCalls,
    serverOnly = false,
    listOnly = false,
    onProgress,
  }: ServerSettings,
): Promise<LoadedTarget> {
  try {
    const warnings: string[] = [];
    const { tools, resources } = await server.session(async (client) => ({
      tools: await listTools(client, server.shown, warnings).catch((error: unknown) => {
        if (!serverOnly) throw error;
        // A check tells what is wrong with the list; what it says is looked at all the same.
        warnings.push(messageOf(error));
        return toolsOnRecord(server);
      }),
      resources: await listResources(client, warnings),
    }));
    const listed = new Map(resources.flatMap(({ uri, _meta }) => (_meta ? [[uri, _meta] as const] : [])));
    const withUi = tools.flatMap((tool) => {
      const uri = resourceUriOf(tool._meta);
      return uri === null ? [] : [{ tool, uri }];
    });
    const named = new Set(withUi.map(({ uri }) => uri));
    const ofTools = uris.filter((uri) => !unnamedIn(resources, named).some((one) => one.uri === uri));
    const chosen = (
      isNoToolAsked(withUi, { uris, ofTools, serverOnly }) ? [] : choose(withUi, ofTools, server.shown, tools.length)
    ).filter(isShownByHost);
    const live = widgetServer(server, tools);
    const widgets: Widget[] = [];
    const load = async ({ tool, uri }: ToolWithUi): Promise<Widget> => {
      onProgress?.(`Reading ${uri} of ${tool.name}`);
      const resource = await server.session((client) => readUiResource(client, tool.name, uri, listed, server.shown));
      warnings.push(
        ...uriWarning(tool.name, tool._meta),
        ...toolMetaWarning(tool.name, tool._meta, resource.meta),
        ...resource.warnings,
      );
      const written = config?.scenarios[tool.name] ?? config?.scenarios[uri] ?? [DEFAULT_SCENARIO];
      const scenarios: Scenario[] = [];
      for (const scenario of listOnly ? [] : written) {
        if (scenario.toolInput !== undefined) server.traffic.byScenario(tool.name);
        scenarios.push(await playScenario(server, tool, scenario, { allowCalls, warn: (text) => warnings.push(text) }));
      }
      return {
        name: tool.name,
        source: {
          kind: "mcp",
          server: server.shown,
          tool: tool.name,
          uri,
          ...(scenarios.some((scenario) => scenario.inventedArguments) ? { inventedArguments: true } : {}),
        },
        html: resource.html,
        meta: resource.meta,
        mimeType: resource.mimeType,
        scenarios,
        tool: {
          name: tool.name,
          inputSchema: tool.inputSchema,
          ...defined({ title: tool.title, description: tool.description, meta: tool._meta }),
        },
        serverOrigin: server.origin,
        serverId: server.shown,
        server: live,
      };
    };
    // One after another: tools of one server may share its state.
    for (const one of chosen)
      try {
        widgets.push(await load(one));
      } catch (error) {
        // What the server answered is on record, and a check tells it.
        if (!serverOnly || !(error instanceof SandglassError) || error.code === "SERVER_UNREACHABLE") throw error;
        warnings.push(error.message);
      }
    const warn = (text: string): unknown => warnings.push(text);
    const scenarios = config?.scenarios ?? {};
    const alone = await unnamedWidgets(server, resources, { named, uris, widgets, scenarios, live, warn });
    const shown = [...withoutRepeats(widgets, warnings), ...alone];
    return {
      widgets: shown,
      warnings: toldOnce(
        [...warnings, ...server.complaints()],
        tools.map(({ name }) => name),
      ),
      servers: [server],
      close: () => server.close(),
    };
  } catch (error) {
    await server.close();
    throw mayLack(error, server.withheld);
  }
}

/** What a server was started without may be why it does not do what it should: it is told with what went wrong. */
function mayLack(error: unknown, withheld: readonly string[]): unknown {
  if (!(error instanceof SandglassError) || withheld.length === 0 || error.next.includes(handOn(withheld)))
    return error;
  const { code, message, next, cause } = error;
  return new SandglassError(code, message, `${next} ${handOn(withheld)}`, { cause: cause ?? error });
}

/** One page that several tools give the same data is one widget, the first tool's. */
function withoutRepeats(widgets: readonly Widget[], warnings: string[]): readonly Widget[] {
  return widgets.filter((widget, index) => {
    const first = widgets.slice(0, index).find((other) => isSameRendering(other, widget));
    if (first)
      warnings.push(
        `Tools ${first.name} and ${widget.name} show one page with the same input and result: rendered once, as ${first.name}.`,
      );
    return first === undefined;
  });
}

const isSameRendering = (one: Widget, other: Widget): boolean =>
  one.html === other.html &&
  isDeepStrictEqual(
    [one.meta, one.scenarios, one.tool?.inputSchema],
    [other.meta, other.scenarios, other.tool?.inputSchema],
  );

/** No host shows the result of a tool that the model cannot call; its page is checked with it when no other tool has it. */
function isShownByHost({ tool, uri }: ToolWithUi, _index: number, all: readonly ToolWithUi[]): boolean {
  return visibleToModel(tool) || !all.some((other) => other.uri === uri && visibleToModel(other.tool));
}

/** Nothing but the server is asked for, or nothing but resources that no tool names. */
const isNoToolAsked = (
  withUi: readonly ToolWithUi[],
  asked: { readonly uris: readonly string[]; readonly ofTools: readonly string[]; readonly serverOnly: boolean },
): boolean => (asked.serverOnly && withUi.length === 0) || (asked.uris.length > 0 && asked.ofTools.length === 0);

function choose<T extends { readonly tool: Tool; readonly uri: string }>(
  withUi: readonly T[],
  uris: readonly string[],
  shown: string,
  toolCount: number,
): readonly T[] {
  if (withUi.length === 0)
    throw new SandglassError(
      "NO_WIDGETS",
      `${shown} has ${toolCount} tools, and none has a UI resource.`,
      "Give a tool `_meta.ui.resourceUri`, the URI of its widget, or check the server alone: --only metadata,tools,transport,auth.",
    );
  const unknown = uris.filter((uri) => !withUi.some((one) => one.uri === uri));
  if (unknown.length > 0)
    throw new SandglassError(
      "NO_WIDGETS",
      `${shown} has no tool with the resource ${unknown.join(", ")}.`,
      `It has ${[...new Set(withUi.map((one) => one.uri))].join(", ")}.`,
    );
  return uris.length > 0 ? withUi.filter((one) => uris.includes(one.uri)) : withUi;
}

async function listTools(client: Client, shown: string, warnings: string[]): Promise<readonly Tool[]> {
  const tools = await everyPage(client, "tools/list", ({ tools }) => tools as readonly Tool[]).catch(
    (error: unknown) => {
      throw new SandglassError(
        "BAD_METADATA",
        `${shown}: tools/list failed: ${reasonOf(error)}.`,
        "Let tools/list answer as the MCP specification says; each tool has a name and an inputSchema of type object.",
        { cause: error },
      );
    },
  );
  const named = new Map<string, Tool>();
  for (const tool of tools) {
    if (named.has(tool.name))
      warnings.push(
        `${shown} lists the tool ${tool.name} more than once, and a call reaches one of them: the first was taken.`,
      );
    else named.set(tool.name, tool);
  }
  return [...named.values()];
}

/** The tools as the server sent them, read by no schema. */
function toolsOnRecord(server: McpServer): readonly Tool[] {
  const pages = server.record().exchanges.filter(({ method }) => method === "tools/list");
  const entries = pages.flatMap(({ result }): readonly unknown[] =>
    isRecord(result) && Array.isArray(result.tools) ? result.tools : [],
  );
  const tools = entries.filter(
    (entry): entry is Record<string, unknown> & Tool => isRecord(entry) && typeof entry.name === "string",
  );
  return [...new Map(tools.toReversed().map((tool) => [tool.name, tool])).values()].toReversed();
}

/** A server need not list its resources to have them read. */
async function listResources(client: Client, warnings: string[]): Promise<readonly ListedResource[]> {
  if (!client.getServerCapabilities()?.resources) return [];
  try {
    return await everyPage(client, "resources/list", ({ resources }) => resources as readonly ListedResource[]);
  } catch (error) {
    warnings.push(`resources/list failed: ${reasonOf(error)}. Metadata of its entries is not known.`);
    return [];
  }
}

/** What the widget may ask. Only tools with "app" visibility, which is the default (MCP Apps specification, "Visibility"). */
function widgetServer(server: McpServer, tools: readonly Tool[]): WidgetServer {
  return {
    async callTool(name, args) {
      const tool = tools.find((one) => one.name === name);
      if (!tool) throw new RefusedCall("unknown-tool", `Tool ${name} not found`);
      if (!visibleToApps(tool))
        throw new RefusedCall(
          "not-visible",
          `Tool ${name} is not visible to apps: its _meta.ui.visibility lacks "app"`,
        );
      return server.session((client) => callTool(client, name, args, CALL_MS));
    },
    listTools: () => Promise.resolve({ tools: tools.filter(visibleToApps) }),
    readResource: (uri) =>
      server.session((client) =>
        client.request({ method: "resources/read", params: { uri } }, { timeout: REQUEST_MS }),
      ),
    // Whole: a cursor belongs to the session that gave it, and over HTTP each request has its own.
    listResources: () =>
      server.session(async (client) => ({
        resources: await everyPage(client, "resources/list", ({ resources }) => resources as readonly unknown[]),
      })),
  };
}

const visibleToApps = (tool: Tool): boolean => isVisibleTo("app", tool);
const visibleToModel = (tool: Tool): boolean => isVisibleTo("model", tool);

function isVisibleTo(whom: "app" | "model", tool: Tool): boolean {
  const visibility = (tool._meta?.ui as { visibility?: unknown } | undefined)?.visibility;
  return !Array.isArray(visibility) || visibility.includes(whom);
}
