/** Renders one vector in one mode, with its target declared or not. */
import type { Evidence } from "../../../harness/model/evidence.ts";
import type { Gatherer } from "../../../harness/gather/types.ts";
import { profileById } from "../../../host/profiles/index.ts";
import type { Mock, Scenario, Widget } from "../../../harness/model/widget.ts";
import type { Vector } from "./types.ts";

export type Mode = "blocked" | "allowed";

export function targetOf(vector: Vector): { readonly url: string; readonly host: string; readonly wss: string } {
  const host = `${vector.id}.vector.example`;
  const path = vector.path ?? "/x";
  return { url: `https://${host}${path}`, host, wss: `wss://${host}${path}` };
}

export async function runVector(
  gatherer: Gatherer,
  vector: Vector,
  mode: Mode,
  profile = vector.profile ?? "chatgpt",
): Promise<Evidence> {
  const target = targetOf(vector);
  const fill = (text: string) =>
    text.replaceAll("{URL}", target.url).replaceAll("{HOST}", target.host).replaceAll("{WSS}", target.wss);
  const declared = [
    ...(vector.declared ?? []),
    ...(mode === "allowed" ? [`https://${target.host}`, `wss://${target.host}`] : []),
  ];
  const https = declared.filter((entry) => entry.startsWith("https:"));
  const mocks: Mock[] = [
    ...(vector.mocks ?? []).map((mock) => ({
      ...mock,
      url: fill(mock.url),
      headers: Object.fromEntries(Object.entries(mock.headers ?? {}).map(([name, value]) => [name, fill(value)])),
    })),
    ...(vector.mock ? [{ url: target.url, ...vector.mock }] : []),
  ];
  const lists = { connect_domains: declared, resource_domains: https, frame_domains: https, redirect_domains: [] };
  const widget: Widget = {
    name: vector.id,
    source: { kind: "html", path: `${vector.id}.html` },
    mimeType: "text/html;profile=mcp-app",
    serverOrigin: null,
    serverId: "vectors",
    scenarios: [],
    html: `<!doctype html>\n<html>\n<head><title>${vector.id}</title></head>\n<body>\n<p>vector</p>\n${fill(vector.html)}\n</body>\n</html>\n`,
    meta: {
      "openai/widgetCSP": lists,
      ui: { csp: { connectDomains: declared, resourceDomains: https, frameDomains: https } },
    },
  };
  const scenario: Scenario = { name: "default", mocks };
  const host = profileById(profile);
  if (!host) throw new Error(`no profile ${profile}`);
  return gatherer.gather({
    widget,
    scenario,
    profile: host,
    ...(vector.assumptions ? { assumptions: vector.assumptions } : {}),
  });
}
