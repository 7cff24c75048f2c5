/** The measuring widget as one document: its style, what the server tells it, and its script. */
import { createHash } from "node:crypto";
import { browserScript } from "../lib/browser-scripts.ts";
import { packageVersion } from "../lib/package-root.ts";

const STYLE = `
:root { color-scheme: light dark; --text: light-dark(#16181d, #ececf1); --soft: light-dark(#5a6070, #a9b0c0); --line: light-dark(#d8dce5, #3a3f4b); --page: light-dark(#ffffff, #1c1e24); --fill: light-dark(#f2f4f8, #2a2d36); }
* { box-sizing: border-box; }
body { margin: 0; padding: 16px; background: var(--page); color: var(--text); font: 14px/1.45 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { margin: 0 0 4px; font-size: 16px; }
h2 { margin: 16px 0 4px; font-size: 14px; }
p { margin: 0 0 8px; }
.status, h2 + p { color: var(--soft); }
dl { display: grid; grid-template-columns: minmax(110px, max-content) 1fr; margin: 8px 0; }
dt, dd { margin: 0; padding: 5px 0; border-top: 1px solid var(--line); }
dt { padding-right: 12px; color: var(--soft); }
dd { white-space: pre-line; }
.row { display: flex; flex-wrap: wrap; gap: 8px; }
button { min-height: 32px; padding: 4px 12px; border: 1px solid var(--line); border-radius: 6px; background: var(--fill); color: inherit; font: inherit; cursor: pointer; }
button:focus-visible, textarea:focus-visible { outline: 2px solid light-dark(#1f5fd0, #8ab4ff); outline-offset: 1px; }
textarea { width: 100%; padding: 8px; border: 1px solid var(--line); border-radius: 6px; background: var(--fill); color: inherit; font: 12px/1.4 ui-monospace, monospace; }
@media (max-width: 420px) { dl { grid-template-columns: 1fr; } dd { border-top: 0; padding-top: 0; } }
`;

/**
 * @param declared `_meta` of the resource, which a pasted measurement has to carry itself
 * @param server origin that a tunnel gives the server, which is its user's: masked in what is pasted, too
 */
export function probeDocument(declared: Readonly<Record<string, unknown>>, server?: string): string {
  const config = JSON.stringify({
    version: packageVersion(),
    declared,
    ...(server === undefined ? {} : { server }),
  }).replaceAll("<", "\\u003c");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Sandglass probe</title>
<style>${STYLE}</style>
</head>
<body>
<script type="application/json" id="probe-config">${config}</script>
<script>${browserScript("probe").replaceAll("</script", "<\\/script")}</script>
</body>
</html>
`;
}

/** Changes with the document: hosts keep what they know under its address. */
export function probeUri(document: string): string {
  return `ui://sandglass/probe-${createHash("sha256").update(document).digest("hex").slice(0, 12)}.html`;
}
