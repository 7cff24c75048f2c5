import type { Scenario, Widget } from "../../../harness/model/widget.ts";

/** Small widgets that do as they should whenever their result comes, and some that do not. */
export interface TrialCase {
  readonly id: string;
  readonly html: string;
  readonly scenario?: Partial<Scenario>;
  /** Findings of severity error: check and message, with the trial's name where it is another than the main one. */
  readonly errors?: readonly string[];
  /** Default: `fail` with errors, else `pass`. */
  readonly verdict?: "pass" | "fail" | "incomplete";
  /** Text of the line that the first error names. */
  readonly line?: string;
}

const OUTPUT = { title: "Great Hall", seats: 42, rows: ["Lark", "Wren", "Finch"] };

export const page = (body: string, code: string, head = "") =>
  `<!doctype html>\n<html><head><meta charset="utf-8">${head}</head><body>\n${body}\n<script>\n${code}\n</script>\n</body></html>`;

/** The MCP Apps bridge by hand; `onresult` is called with each result. */
export const BRIDGE = `const post = (message) => parent.postMessage({ jsonrpc: "2.0", ...message }, "*");
let onresult = () => {};
addEventListener("message", ({ data }) => {
  if (data?.id === 1 && data.result) { post({ method: "ui/notifications/initialized", params: {} }); started(); }
  if (data?.method === "ui/notifications/tool-result") onresult(data.params);
});
let started = () => {};
const start = () => post({ id: 1, method: "ui/initialize", params: { appInfo: { name: "w", version: "1" }, appCapabilities: {}, protocolVersion: "2026-01-26" } });`;

export const listening = (
  draw: string,
) => `const draw = () => { const output = window.openai.toolOutput; if (output) { ${draw} } };
addEventListener("openai:set_globals", draw); draw();`;

const honest: readonly TrialCase[] = [
  {
    id: "a clock",
    html: page(
      `<h1 id="t">…</h1><p id="p"></p>`,
      `const tick = () => (t.textContent = new Date().toISOString()); setInterval(tick, 50); tick();
${listening("p.textContent = output.title")}`,
    ),
  },
  {
    id: "a clock that needs no result",
    html: page(`<h1 id="t">…</h1>`, `setInterval(() => (t.textContent = new Date().toISOString()), 50)`),
    scenario: { toolOutput: { started: true } },
  },
  {
    id: "dice",
    html: page(
      `<h1 id="d"></h1><p id="p"></p>`,
      `d.textContent = ["heads", "tails"][Math.random() * 2 | 0] + " " + (1 + Math.random() * 6 | 0) + " " + crypto.randomUUID();
${listening("p.textContent = output.title + ' ' + output.rows[Math.random() * 3 | 0]")}`,
    ),
  },
  {
    id: "fed by message alone",
    html: page(
      `<main id="root">Loading…</main>`,
      `${BRIDGE}\nonresult = ({ structuredContent }) => (root.textContent = structuredContent.title); start();`,
    ),
  },
  {
    id: "a sum fed by message alone",
    html: page(
      `<main id="root">0 letters</main>`,
      `${BRIDGE}\nonresult = ({ structuredContent }) => (root.textContent = structuredContent.rows.join("").length + " letters"); start();`,
    ),
  },
  {
    id: "fed by window.openai alone",
    html: page(`<main id="root">Loading…</main>`, listening("root.textContent = output.title + ': ' + output.seats")),
  },
  {
    id: "a static card that is meant to be one",
    html: page(`<h1>Thank you</h1><p>Your order is on its way.</p>`, ""),
    scenario: { expects: "unchanged" },
  },
  {
    id: "a static card whose result says nothing",
    html: page(`<h1>Thank you</h1>`, ""),
    scenario: { toolOutput: { ok: true } },
  },
  {
    id: "a form",
    html: page(
      `<form><label>Name <input id="name"></label><label><input type="checkbox" id="all"> All</label><button type="button">Send</button></form>`,
      listening("document.getElementById('name').value = output.title; all.checked = output.seats > 4"),
    ),
  },
  {
    id: "a canvas",
    html: page(
      `<canvas id="c" width="300" height="150"></canvas>`,
      listening("const g = c.getContext('2d'); g.fillStyle = 'teal'; g.fillRect(0, 0, output.seats * 5, 100)"),
    ),
  },
  {
    id: "a store that is subscribed to, as React does",
    html: page(
      `<main id="root"></main>`,
      `const subscribe = (change) => { addEventListener("openai:set_globals", change); return () => removeEventListener("openai:set_globals", change); };
let shown; const snapshot = () => window.openai.toolOutput;
const render = () => { const output = snapshot(); if (output === shown && root.firstChild) return; shown = output; root.replaceChildren(Object.assign(document.createElement("p"), { textContent: output ? output.title : "Loading…" })); };
requestAnimationFrame(() => { subscribe(() => queueMicrotask(render)); render(); });`,
    ),
  },
  {
    id: "one that asks again and again",
    html: page(
      `<main id="root">Loading…</main>`,
      `const timer = setInterval(() => { const output = window.openai.toolOutput; if (output) { clearInterval(timer); root.textContent = output.title; } }, 100);`,
    ),
  },
  {
    id: "slides that go on",
    html: page(
      `<h1 id="h">Birds</h1><p id="p"></p>`,
      `let at = 0; ${listening("p.textContent = output.rows[at % 3]")} setInterval(() => { at++; draw(); }, 400);`,
    ),
  },
  {
    id: "a count of the seconds that it lives",
    html: page(
      `<h1 id="h"></h1><p id="n">0</p>`,
      `${listening("h.textContent = output.title")} let n = 0; setInterval(() => (n.textContent = ++n), 100); `.replace(
        "n.textContent",
        "document.getElementById('n').textContent",
      ),
    ),
  },
  {
    id: "text that is typed",
    html: page(
      `<p id="p"></p>`,
      listening(
        "const text = 'The ' + output.title + ' has ' + output.seats + ' seats in all and the rows ' + output.rows.join(' '); let at = 0; const type = () => { p.textContent = text.slice(0, at += 3); if (at < text.length) setTimeout(type, 60); }; type()",
      ),
    ),
  },
  {
    id: "one that shows its input",
    html: page(`<main id="root"></main>`, `root.textContent = "Plan of " + window.openai.toolInput.hall;`),
    scenario: { toolInput: { hall: "Great Hall" }, toolOutput: { title: "Great Hall", status: "drawn" } },
  },
  {
    id: "one that throws without a result, and recovers",
    html: page(
      `<main id="root">Loading…</main>`,
      `const draw = () => { root.textContent = window.openai.toolOutput.title; }; addEventListener("openai:set_globals", draw); draw();`,
    ),
  },
  {
    id: "one that says that it takes long, and listens",
    html: page(
      `<main id="root">Loading…</main>`,
      `let tries = 0; const draw = () => { const output = window.openai.toolOutput; if (output) root.textContent = output.title; return output; };
addEventListener("openai:set_globals", draw);
const poll = setInterval(() => { if (draw()) clearInterval(poll); else if (++tries === 15) { clearInterval(poll); root.textContent = "This takes longer than usual"; } }, 100);`,
    ),
  },
  {
    id: "dark and narrow without a fault",
    html: page(
      `<h1 id="h"></h1>`,
      listening("h.textContent = output.title"),
      `<style>@media (prefers-color-scheme: dark) { body { background: #222; color: #eee } } @media (max-width: 400px) { h1 { font-size: 12px } }</style>`,
    ),
  },
];

const broken: readonly TrialCase[] = [
  {
    id: "read once",
    html: page(
      `<main id="root">Nothing yet.</main>`,
      `const output = window.openai.toolOutput;\nif (output) root.textContent = output.title;`,
    ),
    errors: ["bridge/late-result lost"],
    line: "const output = window.openai.toolOutput;",
  },
  {
    id: "read once into a sum",
    html: page(
      `<main id="root"></main>`,
      `const output = window.openai.toolOutput ?? { rows: [] };\nroot.textContent = output.rows.length * 7 + " birds";`,
    ),
    errors: ["bridge/late-result lost"],
    line: "const output = window.openai.toolOutput ?? { rows: [] };",
  },
  {
    id: "one that asks for two seconds and gives up",
    html: page(
      `<main id="root">Loading…</main>`,
      `let tries = 0;
const poll = setInterval(() => {
  const output = window.openai.toolOutput;
  if (output) { clearInterval(poll); root.textContent = output.title; }
  else if (++tries === 20) { clearInterval(poll); root.textContent = "Nothing came"; }
}, 100);`,
    ),
    errors: ["bridge/late-result lost"],
    line: "  const output = window.openai.toolOutput;",
  },
  {
    id: "read once into a canvas",
    html: page(
      `<h1>Seats</h1><canvas id="c" width="300" height="150"></canvas>`,
      `const output = window.openai.toolOutput;\nconst g = c.getContext("2d"); g.fillStyle = "teal"; g.fillRect(0, 0, (output?.seats ?? 0) * 5, 100);`,
    ),
    errors: ["bridge/late-result lost"],
  },
  {
    id: "a title read once beside a list that listens",
    html: page(
      `<h1 id="h">Untitled</h1><p id="p"></p>`,
      `h.textContent = window.openai.toolOutput?.title ?? "Untitled";\n${listening("p.textContent = output.rows.join(', ')")}`,
    ),
    errors: ["bridge/late-result partial"],
    line: `h.textContent = window.openai.toolOutput?.title ?? "Untitled";`,
  },
  {
    id: "a handler that is set too late",
    html: page(
      `<main id="root">Loading…</main>`,
      `${BRIDGE}\nstarted = () => setTimeout(() => { onresult = ({ structuredContent }) => (root.textContent = structuredContent.title); }, 200);\nstart();`,
    ),
    errors: ["bridge/late-result missed", "render/unchanged loading"],
  },
  {
    id: "a spinner for ever",
    html: page(`<div class="spinner" style="width:40px;height:40px;border:4px solid teal"></div>`, ""),
    errors: ["render/unchanged loading"],
  },
  {
    id: "an empty list for ever",
    html: page(`<p>No orders yet</p>`, `addEventListener("openai:output", () => 0)`),
    errors: ["render/unchanged empty"],
  },
  {
    id: "a static card that says nothing of it",
    html: page(`<h1>Thank you</h1><p>Your order is on its way.</p>`, ""),
    verdict: "incomplete",
  },
  {
    id: "a picture for the dark theme alone",
    html: page(
      `<h1 id="h"></h1>`,
      listening("h.textContent = output.title"),
      `<style>@media (prefers-color-scheme: dark) { body { background: url(https://night.example/sky.png) } }</style>`,
    ),
    errors: ["csp/blocked-request undeclared (dark)"],
  },
  {
    id: "a picture for phones alone",
    html: page(
      `<h1 id="h"></h1><i id="i"></i>`,
      `${listening("h.textContent = output.title")}\nif (innerWidth < 500) i.style.background = "url(https://small.example/a.png)";`,
    ),
    errors: ["csp/blocked-request undeclared (narrow)"],
  },
  {
    id: "a question while it waits",
    html: page(
      `<main id="root">Loading…</main>`,
      `if (!window.openai.toolOutput) alert("wait");\n${listening("root.textContent = output.title")}`,
    ),
    errors: ["api/modal-dialog blocked (late)"],
  },
];

export const cases: readonly TrialCase[] = [...honest, ...broken];

export function widgetOf({ id, html, scenario = {} }: TrialCase): Widget {
  return {
    name: id,
    html,
    source: { kind: "html", path: "widget.html" },
    mimeType: "text/html;profile=mcp-app",
    serverOrigin: null,
    serverId: `trial:${id}`,
    meta: {
      "openai/widgetCSP": { connect_domains: [], resource_domains: [] },
      "openai/widgetDomain": "https://trial.example.org",
      ui: { csp: { connectDomains: [], resourceDomains: [] } },
    },
    scenarios: [{ name: "default", toolOutput: OUTPUT, ...scenario }],
  };
}
