/** The page of the bench: small, and with nothing to fetch, so that all sides load the same. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

export const HTML = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Tiny</title></head>
<body><h1>Tiny</h1><p id="said">…</p><script>document.getElementById("said").textContent = "hello";</script></body></html>`;

export const META = {
  ui: { csp: { connectDomains: [], resourceDomains: [] } },
  "openai/widgetCSP": { connect_domains: [], resource_domains: [] },
  "openai/widgetDomain": "https://tiny.example.com",
};

/** The page as a file with what it declares beside it, in a folder that is gone afterwards. */
export async function withPage<T>(
  work: (page: { readonly path: string; readonly url: string }) => T,
): Promise<Awaited<T>> {
  const folder = mkdtempSync(join(tmpdir(), "sandglass-bench-"));
  try {
    const path = join(folder, "tiny.html");
    writeFileSync(path, HTML);
    writeFileSync(join(folder, "tiny.widget.json"), JSON.stringify({ _meta: META }));
    return await work({ path, url: pathToFileURL(path).href });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
