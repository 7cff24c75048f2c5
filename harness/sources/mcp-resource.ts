/** The UI resource of a tool: which one it names, and what reading it gives. */
import { isDeepStrictEqual } from "node:util";
import type { Client } from "@modelcontextprotocol/client";
import { SandglassError } from "../model/errors.ts";
import { notHtml } from "./html.ts";
import { reasonOf, REQUEST_MS } from "./mcp-request.ts";

type Meta = Readonly<Record<string, unknown>>;

export interface UiResource {
  readonly html: string;
  readonly mimeType: string;
  readonly meta: Meta;
  readonly warnings: readonly string[];
}

/**
 * `ui://…` of a tool: `_meta.ui.resourceUri`, else its deprecated flat form,
 * else ChatGPT's alias. ChatGPT has rendered from `ui.resourceUri` first since
 * mid-2026 (skybridge #833, #891).
 */
export function resourceUriOf(meta: Meta | undefined): string | null {
  const ui = meta?.ui as { resourceUri?: unknown } | undefined;
  return (
    [ui?.resourceUri, meta?.["ui/resourceUri"], meta?.["openai/outputTemplate"]].find(
      (uri): uri is string => typeof uri === "string" && uri !== "",
    ) ?? null
  );
}

/** Says when the names under which a tool gives its resource differ. */
export function uriWarning(tool: string, meta: Meta | undefined): string[] {
  const ui = meta?.ui as { resourceUri?: unknown } | undefined;
  const uris = [ui?.resourceUri, meta?.["ui/resourceUri"], meta?.["openai/outputTemplate"]].filter(
    (uri) => typeof uri === "string",
  );
  return new Set(uris).size > 1
    ? [
        `Tool ${tool} names different resources: ${[...new Set(uris)].join(", ")}. Hosts read different ones; the first was taken.`,
      ]
    : [];
}

/**
 * Reads it. `_meta` is that of the content item alone, because ChatGPT takes
 * nothing from `resources/list` (skybridge #287, redmine-mcp #249, tableau-mcp
 * #408), although the MCP Apps specification lets a host fall back to it: to
 * fall back here would pass widgets that break when published. It is said.
 * @param tool null: no tool names it
 * @throws SandglassError `BAD_METADATA` when it cannot be read, `NOT_HTML` when it is no page
 */
export async function readUiResource(
  client: Client,
  tool: string | null,
  uri: string,
  listed: ReadonlyMap<string, Meta>,
  shown: string,
): Promise<UiResource> {
  const { contents, _meta: around } = await read(client, tool, uri, shown);
  const item = contents.find((content) => content.uri === uri) ?? contents[0];
  if (!item)
    throw new SandglassError(
      "BAD_METADATA",
      `${shown}: resource ${uri}${ofTool(tool)} has no contents.`,
      "Let resources/read return one content item with the HTML.",
    );
  const html = item.text ?? (item.blob === undefined ? "" : new TextDecoder().decode(Buffer.from(item.blob, "base64")));
  const problem = html === "" ? "it is empty" : notHtml(html);
  if (problem)
    throw new SandglassError(
      "NOT_HTML",
      `${shown}: resource ${uri}${ofTool(tool)} is not HTML: ${problem}.`,
      "Let resources/read return the built page.",
    );
  const own = item._meta ?? {};
  return {
    html,
    mimeType: item.mimeType ?? "",
    meta: own,
    warnings: [
      ...(contents.length > 1
        ? [
            `resources/read of ${uri} gives ${contents.length} contents, and hosts show one: ${item.uri === uri ? "the first under that URI" : "the first"} was taken.`,
          ]
        : []),
      ...elsewhere("in resources/list", listed.get(uri) ?? {}, own, uri),
      ...elsewhere("beside the contents", around ?? {}, own, uri),
      ...(uri.startsWith("ui://")
        ? []
        : [`Resource ${uri}${ofTool(tool)} does not start with ui://, as MCP Apps requires.`]),
    ],
  };
}

interface ReadResult {
  readonly contents: readonly Content[];
  readonly _meta?: Meta;
}
interface Content {
  readonly uri?: string;
  readonly mimeType?: string;
  readonly text?: string;
  readonly blob?: string;
  readonly _meta?: Meta;
}

const ofTool = (tool: string | null): string => (tool === null ? "" : ` of tool ${tool}`);

async function read(client: Client, tool: string | null, uri: string, shown: string): Promise<ReadResult> {
  try {
    return (await client.request({ method: "resources/read", params: { uri } }, { timeout: REQUEST_MS })) as ReadResult;
  } catch (error) {
    throw new SandglassError(
      "BAD_METADATA",
      tool === null
        ? `${shown}: resources/list names the resource ${uri}, and reading it failed: ${reasonOf(error)}.`
        : `${shown}: tool ${tool} names the resource ${uri}, and reading it failed: ${reasonOf(error)}.`,
      `Register the resource under the URI that ${tool === null ? "the list" : "the tool"} names.`,
      { cause: error },
    );
  }
}

const READ_NAMES = ["openai/widgetCSP", "openai/widgetDomain", "ui.csp", "ui.domain"] as const;

/** What is declared at a place that ChatGPT does not read, and missing or different where it does. */
function elsewhere(place: string, there: Meta, own: Meta, uri: string): string[] {
  const names = READ_NAMES.filter((name) => named(there, name) !== undefined);
  const missing = names.filter((name) => named(own, name) === undefined);
  const different = names.filter(
    (name) => !missing.includes(name) && !isDeepStrictEqual(named(there, name), named(own, name)),
  );
  return [
    ...(missing.length > 0
      ? [
          `${uri} declares ${missing.join(", ")} ${place} only, where ChatGPT does not read: repeat it in the contents of resources/read. It is taken as not declared.`,
        ]
      : []),
    ...(different.length > 0
      ? [
          `${uri} declares ${different.join(", ")} ${place} otherwise than in the contents of resources/read: the contents count. Make them equal.`,
        ]
      : []),
  ];
}

/** Says what stands in the tool's own `_meta` and is not the same on the resource's contents (`own`), where it belongs: hosts read it there alone (skybridge #287, redmine-mcp #249). */
export function toolMetaWarning(tool: string, meta: Meta = {}, own: Meta = {}): string[] {
  const names = READ_NAMES.filter((name) => named(meta, name) !== undefined);
  const missing = names.filter((name) => named(own, name) === undefined);
  const different = names.filter(
    (name) => !missing.includes(name) && !isDeepStrictEqual(named(meta, name), named(own, name)),
  );
  return [
    ...(missing.length > 0
      ? [
          `Tool ${tool} declares ${missing.join(", ")} in its own _meta, where no host reads it: move it to the contents of resources/read.`,
        ]
      : []),
    ...(different.length > 0
      ? [
          `Tool ${tool} declares ${different.join(", ")} in its own _meta otherwise than the contents of resources/read do: the contents count, and no host reads it on the tool.`,
        ]
      : []),
  ];
}

function named(meta: Meta, name: (typeof READ_NAMES)[number]): unknown {
  const [key, field] = name.split(".") as [string, string | undefined];
  return field === undefined ? meta[key] : (meta[key] as Meta | null | undefined)?.[field];
}
