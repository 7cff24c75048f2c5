/**
 * Measures hosts that run on this machine: each is installed from npm into a folder of its own, started, and driven by a
 * browser to the probe's widget. What was measured is kept beside this file.
 *
 *   npx jiti test/measure/run.ts [NAME…] [--root DIR] [--node FILE] [--at NAME=URL]… [--declare HOW] [--dark]
 *
 * --root: where hosts are installed (default: a folder of the system for what does not last). --node: Node that runs
 * them, since some ask for a newer one than ours. --at: a host that runs already, on a page that shows the widget by
 * itself; PROBE in the address stands for the probe's. --declare: as of `sandglass probe serve` (default odd).
 */
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs, promisify } from "node:util";
import { execFile } from "node:child_process";
import { DECLARATIONS } from "../../host/probe/plan.ts";
import { measured, openBrowser, openProbe, type Probe } from "./drive.ts";
import { hosts, type Host } from "./hosts.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    root: { type: "string", default: join(tmpdir(), "sandglass-hosts") },
    node: { type: "string", default: process.execPath },
    at: { type: "string", multiple: true, default: [] },
    declare: { type: "string", default: "odd" },
    dark: { type: "boolean", default: false },
  },
});
const { root, node, dark } = values;
const running = new Map(
  values.at.map((one): [string, string] => [one.slice(0, one.indexOf("=")), one.slice(one.indexOf("=") + 1)]),
);
const declaration = DECLARATIONS.find((one) => one === values.declare) ?? "odd";
const START_MS = 60_000;

async function install(host: Host, folder: string): Promise<void> {
  if (existsSync(join(folder, "node_modules"))) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  await promisify(execFile)("npm", ["install", "--no-audit", "--no-fund", ...host.packages], { cwd: folder });
}

/** Until it says where it is. Its home is its folder: nothing of it stays elsewhere. */
function start(
  host: Host,
  folder: string,
  probe: string,
): Promise<{ readonly process: ChildProcess; readonly url: string }> {
  const process_ = spawn(node, host.command(probe), {
    cwd: folder,
    env: { ...process.env, HOME: folder, BROWSER: "none", MCP_AUTO_OPEN_ENABLED: "false" },
  });
  return new Promise((resolve, reject) => {
    let said = "";
    const hear = (part: Buffer): void => {
      said += part.toString();
      const [url] = host.address.exec(said) ?? [];
      if (url !== undefined) resolve({ process: process_, url });
    };
    process_.stdout.on("data", hear);
    process_.stderr.on("data", hear);
    process_.once("error", reject);
    process_.once("exit", (code) => reject(new Error(`${host.name} ended with ${code}: ${said.slice(-600)}`)));
    setTimeout(() => reject(new Error(`${host.name} did not say where it is: ${said.slice(-600)}`)), START_MS).unref();
  });
}

interface Target {
  readonly name: string;
  readonly url: string;
  readonly drive: Host["drive"];
  readonly process?: ChildProcess;
}

async function reached(name: string, probe: Probe): Promise<Target> {
  const at = running.get(name);
  if (at !== undefined)
    return { name, url: at.replace("PROBE", encodeURIComponent(probe.url)), drive: () => Promise.resolve() };
  const host = hosts.find((one) => one.name === name);
  if (!host) throw new Error(`there is no host ${name}: ${hosts.map((one) => one.name).join(", ")}`);
  const folder = join(root, host.name);
  await install(host, folder);
  return { name, drive: host.drive, ...(await start(host, folder, probe.url)) };
}

async function measure(name: string): Promise<void> {
  const probe = await openProbe(declaration);
  const target = await reached(name, probe);
  const browser = await openBrowser();
  try {
    const page = await browser.newPage({
      colorScheme: dark ? "dark" : "light",
      viewport: { width: 1280, height: 900 },
    });
    await page.goto(target.url);
    await target.drive(page, probe.url);
    const found = await measured(page, probe);
    const kept = join(import.meta.dirname, "kept");
    mkdirSync(kept, { recursive: true });
    const file = join(kept, `${name}${dark ? "-dark" : ""}-${found.date}.json`);
    writeFileSync(file, `${JSON.stringify(found, null, 2)}\n`);
    console.log(`${name}: ${file}`);
  } finally {
    target.process?.kill();
    await browser.close();
    await probe.close();
  }
}

const names = positionals.length > 0 ? positionals : [...hosts.map(({ name }) => name), ...running.keys()];
for (const name of new Set(names)) {
  try {
    await measure(name);
  } catch (error) {
    console.error(`${name}: not measured: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
