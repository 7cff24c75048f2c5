/** UI resources that no tool names: a widget opens them (`requestModal`), so each is a widget without input and result. */
import { SandglassError } from "../model/errors.ts";
import { isUiType } from "../model/tool-uris.ts";
import type { Scenario, Widget, WidgetServer } from "../model/widget.ts";
import { readUiResource } from "./mcp-resource.ts";
import type { McpServer } from "./mcp-session.ts";

/** At most so many of one server: what is more is said, and can be named as targets. */
const MOST = 20;
/** An entry of `resources/list`. */
export interface ListedResource {
  readonly uri: string;
  readonly mimeType?: string;
  readonly _meta?: Readonly<Record<string, unknown>>;
}

export interface UnnamedSettings {
  /** What tools name. */
  readonly named: ReadonlySet<string>;
  /** Targets; all when empty. */
  readonly uris: readonly string[];
  /** Widgets of tools, whose pages are not shown twice. */
  readonly widgets: readonly Widget[];
  /** Scenarios of the config by URI. */
  readonly scenarios: Readonly<Record<string, readonly Scenario[]>>;
  readonly live: WidgetServer;
  readonly warn: (text: string) => void;
}

/** Those of the list that no tool names, in its order. */
export const unnamedIn = (listed: readonly ListedResource[], named: ReadonlySet<string>): ListedResource[] =>
  listed.filter(
    ({ uri, mimeType = "" }, at) =>
      uri.startsWith("ui://") &&
      isUiType(mimeType) &&
      !named.has(uri) &&
      listed.findIndex((other) => other.uri === uri) === at,
  );

/** The same page under another declaration is another widget. */
const pageKey = ({ html, meta, mimeType }: Pick<Widget, "html" | "meta" | "mimeType">): string =>
  JSON.stringify([html, meta, mimeType]);

/** One that cannot be read is no widget, and costs no other. */
export async function unnamedWidgets(
  server: McpServer,
  listed: readonly ListedResource[],
  { named, uris, widgets, scenarios, live, warn }: UnnamedSettings,
): Promise<Widget[]> {
  const unnamed = unnamedIn(listed, named).filter(({ uri }) => uris.length === 0 || uris.includes(uri));
  const chosen = uris.length === 0 ? unnamed.slice(0, MOST) : unnamed;
  const leftOut = unnamed.slice(chosen.length).map(({ uri }) => uri);
  const pages = new Set(widgets.map(pageKey));
  const metaOf = new Map(listed.flatMap(({ uri, _meta }) => (_meta ? [[uri, _meta] as const] : [])));
  const loaded: Widget[] = [];
  for (const { uri } of chosen) {
    const resource = await server
      .session((client) => readUiResource(client, null, uri, metaOf, server.shown))
      .catch((error: unknown) => {
        if (!(error instanceof SandglassError) || error.code === "SERVER_UNREACHABLE") throw error;
        warn(`${error.message} No tool names it, so it was left out.`);
        leftOut.push(uri);
        return null;
      });
    if (!resource || pages.has(pageKey(resource))) continue;
    pages.add(pageKey(resource));
    resource.warnings.forEach(warn);
    loaded.push({
      name: uri,
      source: { kind: "mcp", server: server.shown, uri },
      html: resource.html,
      meta: resource.meta,
      mimeType: resource.mimeType,
      scenarios: scenarios[uri] ?? [{ name: "default" }],
      serverOrigin: server.origin,
      serverId: server.shown,
      server: live,
    });
  }
  return leftOut.length === 0 ? loaded : loaded.map((widget) => ({ ...widget, source: { ...widget.source, leftOut } }));
}
