/**
 * `npm run bench:dev`: `sandglass dev` beside a bare Vite dev server, on the
 * same React widget in the same Chromium, interleaved. Two times: from the
 * command to the widget's first render, and from a save to its next one.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Browser, type Page } from "playwright";
import { findBrowser } from "../../harness/gather/browser/find.ts";
import { SANDBOX_FLAGS, runsAsRoot } from "../../harness/gather/browser/flags.ts";

const root = join(import.meta.dirname, "..", "..");
const rounds = Number(process.argv[2] ?? 7);
const saves = 5;

const folder = mkdtempSync(join(tmpdir(), "sandglass-bench-"));
symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
/** The widget says what it shows, so that both sides are timed by the same signal. */
const source = (text: string) => `import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
declare global { var reactRoot: ReturnType<typeof createRoot> | undefined }
(globalThis.reactRoot ??= createRoot(document.getElementById("root")!)).render(<App />);
// ${text}
`;
const app = (text: string) => `import { useEffect } from "react";
export function App() {
  useEffect(() => console.log("bench:${text}"));
  return <main><h1>${text}</h1></main>;
}
`;
writeFileSync(join(folder, "index.tsx"), source("start"));
writeFileSync(
  join(folder, "index.html"),
  '<!doctype html><html><body><div id="root"></div><script type="module" src="/index.tsx"></script></body></html>',
);
writeFileSync(
  join(folder, "widget.json"),
  JSON.stringify({
    name: "bench",
    entry: "index.tsx",
    _meta: {
      "openai/widgetCSP": { connect_domains: [], resource_domains: [] },
      "openai/widgetDomain": "https://bench.example",
    },
  }),
);
writeFileSync(
  join(folder, "vite.mjs"),
  `import { createServer } from "vite";
import react from "@vitejs/plugin-react";
const server = await createServer({ root: ${JSON.stringify(folder)}, configFile: false, plugins: [react()], cacheDir: ${JSON.stringify(join(folder, ".vite"))}, server: { port: 0, host: "127.0.0.1" }, logLevel: "silent" });
await server.listen();
console.error(server.resolvedUrls.local[0]);
`,
);

const COMMANDS = {
  vite: [join(folder, "vite.mjs")],
  sandglass: [join(root, "dist/cli.js"), "dev", folder, "--port", "0"],
} as const;
type Side = keyof typeof COMMANDS;

interface Lap {
  readonly ready: number;
  readonly server: number;
  readonly saved: readonly number[];
}

function said(page: Page, text: string): Promise<number> {
  return new Promise((done) => {
    const hear = (message: { text(): string }) => {
      if (message.text() !== `bench:${text}`) return;
      page.off("console", hear);
      done(performance.now());
    };
    page.on("console", hear);
  });
}

async function run(side: Side, browser: Browser): Promise<Lap> {
  let count = 0;
  writeFileSync(join(folder, "app.tsx"), app("start"));
  const page = await browser.newPage();
  const first = said(page, "start");
  const started = performance.now();
  const child: ChildProcess = spawn(process.execPath, [...COMMANDS[side]], {
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe"],
  });
  try {
    const url = await new Promise<string>((done, fail) => {
      let text = "";
      child.stderr?.on("data", (chunk: Buffer) => {
        const match = /http:\/\/\S+/.exec((text += String(chunk)));
        if (match) done(match[0]);
      });
      child.once("exit", (code) => fail(new Error(`${side} exited ${code}: ${text}`)));
    });
    const server = performance.now() - started;
    await page.goto(url);
    const ready = (await first) - started;
    const saved: number[] = [];
    for (let save = 0; save < saves; save++) {
      const text = `${side} ${++count} ${started}`;
      // A save while the last one is still being checked: that is how people work.
      const next = said(page, text);
      const at = performance.now();
      writeFileSync(join(folder, "app.tsx"), app(text));
      saved.push((await next) - at);
      await page.waitForTimeout(400);
    }
    return { ready, server, saved };
  } finally {
    const gone = new Promise((done) => child.once("exit", done));
    child.kill("SIGTERM");
    await gone;
    await page.close();
  }
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const browser = await chromium.launch({
  executablePath: findBrowser().path,
  args: [...SANDBOX_FLAGS],
  chromiumSandbox: !runsAsRoot(),
});
try {
  const laps: Record<Side, Lap[]> = { vite: [], sandglass: [] };
  for (const side of ["vite", "sandglass"] as const) await run(side, browser);
  for (let round = 0; round < rounds; round++)
    for (const side of ["vite", "sandglass"] as const) laps[side].push(await run(side, browser));
  console.log(
    `Chromium ${browser.version()}, Node ${process.versions.node}, ${cpus().length} CPUs; ${rounds} interleaved rounds after one warm-up of each, ${saves} saves a round; ms`,
  );
  const row = (what: string, pick: (lap: Lap) => number | readonly number[]) => {
    const of = (side: Side) => {
      const values = laps[side].flatMap(pick);
      return `${side} median ${median(values).toFixed(0)} (${Math.min(...values).toFixed(0)} to ${Math.max(...values).toFixed(0)})`;
    };
    console.log(`${what.padEnd(32)} ${of("vite")}   ${of("sandglass")}`);
  };
  row("command → address printed", (lap) => lap.server);
  row("command → widget rendered", (lap) => lap.ready);
  row("save → widget updated", (lap) => lap.saved);
  rmSync(folder, { recursive: true, force: true });
  // Playwright ends its browser with the process; closing it after many live pages was seen to wait for ever.
  process.exit();
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}
