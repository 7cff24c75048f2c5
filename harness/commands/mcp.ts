/** `sandglass mcp`: commands for coding agents, over MCP. Each call is a process of its own. */
import { spawn } from "node:child_process";
import { serveAgents, type Output } from "../agents/index.ts";
import { packageVersion } from "../lib/package-root.ts";
import { messageOf } from "../model/errors.ts";
import { safeLines } from "../report/shared/text.ts";
import { explain } from "./explain.ts";
import { EXIT, type Io } from "./io.ts";

/** Longest output that is kept, UTF-16 units. */
const LONGEST = 100_000;
/** Longest run of one call, milliseconds. */
const LIMIT_MS = 10 * 60_000;

/** Ends when its client goes. @returns exit code */
export async function mcp(io: Io): Promise<number> {
  await serveAgents({
    version: packageVersion(),
    run: (args, signal) => runCommand(args, io, signal),
    explain: (id) => pageOf(id, io),
    ended: io.interrupted?.() ?? new Promise(() => undefined),
  });
  return EXIT.clean;
}

function pageOf(id: string | undefined, io: Io): string {
  let text = "";
  explain(id, { ...io, out: (more) => (text += more) });
  return text;
}

function runCommand(args: readonly string[], io: Io, signal: AbortSignal): Promise<Output> {
  return new Promise((resolve) => {
    const [, script = ""] = process.argv;
    const child = spawn(process.execPath, [script, ...args], {
      cwd: io.cwd,
      env: { ...io.env, NO_COLOR: "1" },
      stdio: ["ignore", "pipe", "pipe"],
      timeout: LIMIT_MS,
      signal,
    });
    let out = "";
    let err = "";
    child.stdout.on("data", (chunk: Buffer) => (out += out.length < LONGEST ? chunk.toString() : ""));
    child.stderr.on("data", (chunk: Buffer) => (err += err.length < LONGEST ? chunk.toString() : ""));
    child.once("error", (error) => resolve({ out: "", err: `sandglass could not be run: ${messageOf(error)}` }));
    child.once("close", (code) => resolve({ out, err: safeLines(err) || `sandglass ended with ${code}` }));
  });
}
