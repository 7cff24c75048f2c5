/** Calls, once each, tools that only read and that no widget's scenario called: what they answer is judged, too. */
import { isRecord } from "../../host/csp/record.ts";
import type { ServerTool } from "../model/evidence/server.ts";
import type { ServerRecorder } from "../model/server-record.ts";
import { reachesOthers, refusalToProbe } from "./tools.ts";

export interface UncalledOptions {
  readonly allowCalls: boolean;
  /** Arguments that the tool's schema accepts. @throws Error when there are none */
  readonly validArguments: (inputSchema: unknown) => Promise<Readonly<Record<string, unknown>>>;
  /** That all calls together may take, milliseconds. Default 15000. */
  readonly budgetMs?: number;
}

const PATIENCE_MS = 10_000;

/** The answers come on record. A tool that reaches systems of others is called where the user allows calls alone. */
export async function callUncalled(
  server: ServerRecorder,
  tools: readonly ServerTool[],
  { allowCalls, validArguments, budgetMs = 15_000 }: UncalledOptions,
): Promise<void> {
  const called = calledTools(server);
  const left = tools.filter(
    (tool) =>
      !called.has(tool.name) && refusalToProbe(tool, allowCalls) === null && (allowCalls || !reachesOthers(tool)),
  );
  if (left.length === 0) return;
  const began = performance.now();
  await server.asking(async (ask) => {
    for (const { name, entry } of left) {
      const timeLeft = budgetMs - (performance.now() - began);
      if (timeLeft <= 0) return;
      // What no arguments can be made for, and what the server refuses, is for the checks to tell.
      const args = await validArguments(entry.inputSchema).catch(() => null);
      if (args)
        await ask("tools/call", { name, arguments: args }, Math.min(PATIENCE_MS, timeLeft)).catch(() => undefined);
    }
  });
}

const calledTools = (server: ServerRecorder): ReadonlySet<unknown> =>
  new Set(
    server
      .record()
      .exchanges.filter(({ method }) => method === "tools/call")
      .map(({ params }) => (isRecord(params) ? params.name : undefined)),
  );
