/**
 * A page of ours around `AppRenderer` of @mcp-ui/client, which is a component and no host; run in the folder in which
 * that is installed. The sandbox page, which the library leaves to its user, sets no policy: what is refused then is the
 * library's doing.
 */
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";

const folder = process.cwd();
const { buildSync } = createRequire(join(folder, "index.js"))("esbuild");
const [probe = ""] = process.argv.slice(2);

const source = `
import { createElement, useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import { AppRenderer } from "@mcp-ui/client";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
const toolName = "measure_host";
const toolInput = { attempts: true };
async function called() {
  const client = new Client({ name: "page-with-mcp-ui", version: "1.0.0" }, { capabilities: {} });
  await client.connect(new StreamableHTTPClientTransport(new URL(${JSON.stringify(probe)})));
  return { client, toolResult: await client.callTool({ name: toolName, arguments: toolInput }) };
}
const empty = () => Promise.resolve({});
function Page() {
  const [given, setGiven] = useState(null);
  useEffect(() => void called().then(setGiven), []);
  const sandbox = { url: new URL("http://127.0.0.1:4551/") };
  return given && createElement(AppRenderer, { ...given, toolName, toolInput, sandbox, onOpenLink: empty, onMessage: empty });
}
createRoot(document.getElementById("root")).render(createElement(Page));
`;

const { outputFiles } = buildSync({
  stdin: { contents: source, resolveDir: folder },
  bundle: true,
  write: false,
  define: { "process.env.NODE_ENV": '"production"' },
});
const inline = (script) => `<script>${script.replaceAll("</script", "<\\/script")}</script>`;

const page = `<!doctype html><meta charset="utf-8"><title>Page</title><div id="root"></div>${inline(outputFiles[0].text)}`;
const relay = `
const inner = document.createElement("iframe");
inner.sandbox = "allow-scripts allow-same-origin allow-forms";
document.body.append(inner);
addEventListener("message", ({ source, data }) => {
  if (source === inner.contentWindow) return parent.postMessage(data, "*");
  if (source !== parent) return;
  if (data?.method !== "ui/notifications/sandbox-resource-ready") return inner.contentWindow.postMessage(data, "*");
  if (typeof data.params.sandbox === "string") inner.setAttribute("sandbox", data.params.sandbox);
  const document = inner.contentDocument;
  document.open();
  document.write(data.params.html);
  document.close();
});
parent.postMessage({ jsonrpc: "2.0", method: "ui/notifications/sandbox-proxy-ready", params: {} }, "*");
`;
const sandbox = `<!doctype html><meta charset="utf-8"><title>Sandbox</title><style>html,body{margin:0;height:100%}iframe{border:0;width:100%;height:100%}</style><body>${inline(relay)}`;

for (const [port, text] of [
  [4550, page],
  [4551, sandbox],
])
  createServer((_request, response) => response.writeHead(200, { "content-type": "text/html" }).end(text)).listen(
    port,
    "localhost",
  );
console.log("http://localhost:4550/");
