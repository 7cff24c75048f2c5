/** Gives up one request that only reads, and sees what the server makes of it. */
import { setTimeout as elapsed } from "node:timers/promises";
import { isRecord } from "../../../host/csp/record.ts";
import type { CancellationProbe, Ending } from "../../model/clients.ts";
import type { ServerArtifacts, ServerCall } from "../../model/evidence/server.ts";
import type { Ask, ServerRecorder } from "../../model/server-record.ts";
import { endingOf } from "../ending.ts";
import { reachesOthers, refusalToProbe } from "../tools.ts";

/** After which the request is given up, milliseconds: it is on its way, and most tools still work. */
const CHANGE_OF_MIND_MS = 20;
const PATIENCE_MS = 5_000;
/** A busy machine is no hang: who does not answer is asked once more, and given this long. */
const LONG_PATIENCE_MS = 15_000;
/** A tool that took longer than this is waited for, to see whether it works on. */
const SLOW_MS = 300;
const LONGEST_WAIT_MS = 3_000;

/** The slowest tool that only reads and was called already, with the same arguments; else the list of tools. */
export async function giveUp(
  server: ServerRecorder,
  { tools, calls }: Pick<ServerArtifacts, "tools" | "calls">,
): Promise<CancellationProbe> {
  const call = slowestOf(tools, calls);
  const { http, exchanges } = server.record();
  return server.asking(async (ask, notify) => {
    const giving = new AbortController();
    const asked = call
      ? ask("tools/call", { name: call.tool, arguments: call.arguments }, PATIENCE_MS, giving.signal)
      : ask("tools/list", {}, PATIENCE_MS, giving.signal);
    const first = await Promise.race([asked.then(done, done), elapsed(CHANGE_OF_MIND_MS)]);
    const finished = first === "done";
    // The client itself tells the server; of a request that is over it tells nothing, so we do.
    if (finished) await notify("notifications/cancelled", { requestId: "sandglass-over" }).catch(() => undefined);
    else giving.abort("given up");
    const began = performance.now();
    const after = await aliveness(ask);
    const worked = call?.ms ?? 0;
    if (!finished && after === "answered" && worked > SLOW_MS)
      await elapsed(Math.max(0, Math.min(worked * 1.5, LONGEST_WAIT_MS) - (performance.now() - began)));
    return {
      request: call ? "tools/call" : "tools/list",
      tool: call?.tool ?? null,
      finished,
      status: statusSince(server, http.length),
      after,
      answeredMs: finished ? null : answeredAfter(server, exchanges.length, CHANGE_OF_MIND_MS),
    };
  });
}

const done = (): "done" => "done";

function slowestOf(tools: ServerArtifacts["tools"], calls: readonly ServerCall[]): ServerCall | undefined {
  const safe = tools.entries
    .filter((tool) => refusalToProbe(tool, false) === null && !reachesOthers(tool))
    .map(({ name }) => name);
  return calls
    .filter(
      ({ tool, isError, error, arguments: args }) =>
        safe.includes(tool) && !isError && error === null && isRecord(args),
    )
    .toSorted((one, other) => (other.ms ?? 0) - (one.ms ?? 0))[0];
}

async function aliveness(ask: Ask): Promise<Ending> {
  const first = await ask("ping", {}, PATIENCE_MS).then(answered, endingOf);
  if (first === "hang") return ask("ping", {}, LONG_PATIENCE_MS).then(answered, endingOf);
  // Servers without ping may refuse it by HTTP: the list of tools was answered in this run.
  return first === "refused" ? ask("tools/list", {}, PATIENCE_MS).then(answered, endingOf) : first;
}

const answered = (): Ending => "answered";

const statusSince = (server: ServerRecorder, before: number): number | null =>
  server
    .record()
    .http.slice(before)
    .findLast(({ message }) => message === "notifications/cancelled")?.status ?? null;

/** An answer that came at once crossed the notification on its way. */
function answeredAfter(server: ServerRecorder, before: number, givenUpMs: number): number | null {
  // The first: to see whether the server is there, its list may be asked for afterwards.
  const exchange = server
    .record()
    .exchanges.slice(before)
    .find(({ method }) => method === "tools/call" || method === "tools/list");
  if (!exchange || exchange.ms === null || exchange.result === undefined) return null;
  return Math.max(0, exchange.ms - givenUpMs);
}
