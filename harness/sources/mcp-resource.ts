/** The UI resource of a tool: which one it names, and what reading it gives. */
import type { Client } from "@modelcontextprotocol/client";
import { messageOf, SandglassError } from "../errors.ts";
import { notHtml } from "./html.ts";

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
  return [ui?.resourceUri, meta?.["ui/resourceUri"], meta?.["openai/outputTemplate"]].find((uri): uri is string => typeof uri === "string" && uri !== "") ?? null;
}

/** Says when the names under which a tool gives its resource differ. */
export function uriWarning(tool: string, meta: Meta | undefined): string[] {
  const ui = meta?.ui as { resourceUri?: unknown } | undefined;
  const uris = [ui?.resourceUri, meta?.["ui/resourceUri"], meta?.["openai/outputTemplate"]].filter((uri) => typeof uri === "string");
  return new Set(uris).size > 1 ? [`Tool ${tool} names different resources: ${[...new Set(uris)].join(", ")}. Hosts read different ones; the first was taken.`] : [];
}

/**
 * Reads it. `_meta` is that of the content item alone, because ChatGPT takes
 * nothing from `resources/list` (skybridge #287, redmine-mcp #249, tableau-mcp
 * #408), although the MCP Apps specification lets a host fall back to it: to
 * fall back here would pass widgets that break when published. It is said.
 * @throws SandglassError `BAD_METADATA` when it cannot be read, `NOT_HTML` when it is no page
 */
export async function readUiResource(client: Client, tool: string, uri: string, listed: ReadonlyMap<string, Meta>, shown: string): Promise<UiResource> {
  const contents = await read(client, tool, uri, shown);
  const item = contents.find((content) => content.uri === uri) ?? contents[0];
  if (!item) throw new SandglassError("BAD_METADATA", `${shown}: resource ${uri} of tool ${tool} has no contents.`, "Let resources/read return one content item with the HTML.");
  const html = item.text ?? (item.blob === undefined ? "" : new TextDecoder().decode(Buffer.from(item.blob, "base64")));
  const problem = html === "" ? "it is empty" : notHtml(html);
  if (problem) throw new SandglassError("NOT_HTML", `${shown}: resource ${uri} of tool ${tool} is not HTML: ${problem}.`, "Let resources/read return the built page.");
  const own = item._meta ?? {};
  return {
    html,
    mimeType: item.mimeType ?? "",
    meta: own,
    warnings: [...listOnly(listed.get(uri) ?? {}, own, uri), ...(uri.startsWith("ui://") ? [] : [`Resource ${uri} of tool ${tool} does not start with ui://, as MCP Apps requires.`])],
  };
}

interface Content { readonly uri?: string; readonly mimeType?: string; readonly text?: string; readonly blob?: string; readonly _meta?: Meta }

async function read(client: Client, tool: string, uri: string, shown: string): Promise<readonly Content[]> {
  try {
    const { contents } = await client.request({ method: "resources/read", params: { uri } });
    return contents as readonly Content[];
  } catch (error) {
    throw new SandglassError("BAD_METADATA", `${shown}: tool ${tool} names the resource ${uri}, and reading it failed: ${messageOf(error)}`, "Register the resource under the URI that the tool names.", { cause: error });
  }
}

function listOnly(listed: Meta, own: Meta, uri: string): string[] {
  const names = ["ui", "openai/widgetCSP", "openai/widgetDomain"].filter((name) => name in listed && !(name in own));
  return names.length > 0 ? [`${uri} declares ${names.join(", ")} in resources/list only, where ChatGPT does not read: repeat it in the contents of resources/read. It is taken as not declared.`] : [];
}
