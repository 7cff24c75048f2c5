/** Calls tools with wrong arguments, within limits of time and number, and notes how each call ended. */
import { isRecord } from "../../host/csp/record.ts";
import { defined } from "../model/defined.ts";
import { messageOf } from "../model/errors.ts";
import type { ServerArtifacts, ServerTool } from "../model/evidence/server.ts";
import type { ArgumentProbe, NotProbed, ProbeOutcome, ProbesEvidence } from "../model/probes.ts";
import type { Ask } from "../model/server-record.ts";
import { personalDataIn, scanText } from "../scan/index.ts";
import { leaksIn } from "./answer.ts";
import { argumentProbes } from "./arguments.ts";
import { endingOf, isProtocolError } from "./ending.ts";
import { mayReachOthers, reachesOthers, refusalToProbe } from "./tools.ts";

export interface InputProbeOptions {
  readonly allowCalls: boolean;
  /** Arguments that the tool's schema accepts. @throws Error when there are none */
  readonly validArguments: (inputSchema: unknown) => Promise<Readonly<Record<string, unknown>>>;
  /** Default 1. */
  readonly seed?: number;
  /** Calls of one tool. Default 12. */
  readonly most?: number;
  /** After which a good call is made, and if that is answered, this one once more, milliseconds. Default 4000, or four times as long as a good call took. */
  readonly patienceMs?: number;
  /** That all calls together may take, milliseconds: the server's time, and not ours. Default 10000. */
  readonly budgetMs?: number;
}

const PATIENCE_MS = 4_000;
/** A good call may have taken this many times less. */
const SLOWER = 4;
/**
 * Who answers good arguments in time, and these not, is asked once more, and given this many times as long: a busy
 * machine is no hang.
 */
const AGAIN = 4;
/** No call is waited for longer than that, milliseconds, unless a good one took long. */
const LONGEST_MS = 16_000;

export async function probeInputs(
  ask: Ask,
  { tools, calls }: Pick<ServerArtifacts, "tools" | "calls">,
  options: InputProbeOptions,
): Promise<ProbesEvidence> {
  const { budgetMs = 10_000, allowCalls } = options;
  let spentMs = 0;
  const outcomes: ProbeOutcome[] = [];
  const notProbed: { tool: string; why: NotProbed }[] = [];
  let isGone = false;
  for (const tool of tools.entries) {
    const refusal = refusalOf(tool, allowCalls, isGone, spentMs < budgetMs);
    if (refusal) {
      notProbed.push({ tool: tool.name, why: refusal });
      continue;
    }
    const known = calls.find((call) => call.tool === tool.name && !call.isError && call.error === null);
    const prepared = await prepare(tool, known, options);
    if (typeof prepared === "string") {
      notProbed.push({ tool: tool.name, why: prepared });
      continue;
    }
    const { probes, isCutDown, good, patienceMs } = prepared;
    if (isCutDown) notProbed.push({ tool: tool.name, why: "no-open-world-hint" });
    for (const probe of probes) {
      if (spentMs >= budgetMs) {
        notProbed.push({ tool: tool.name, why: "out-of-time" });
        break;
      }
      const outcome = await probePatiently(ask, { tool: tool.name, probe, good, patienceMs });
      if (outcome === null) {
        notProbed.push({ tool: tool.name, why: "slow" });
        break;
      }
      outcomes.push(outcome);
      spentMs += outcome.took;
      isGone = outcome.ended === "crash";
      if (isGone || outcome.ended === "hang") break;
    }
  }
  return { outcomes, notProbed };
}

interface Prepared extends Pick<PatientProbe, "good" | "patienceMs"> {
  readonly probes: readonly ArgumentProbe[];
  /** What its schema takes was left out. */
  readonly isCutDown: boolean;
}

/** @param known a call of it that was answered */
async function prepare(
  tool: ServerTool,
  known: ServerArtifacts["calls"][number] | undefined,
  options: InputProbeOptions,
): Promise<Prepared | NotProbed> {
  const good = await goodArguments(tool, known?.arguments, options);
  if (!good) return "no-valid-arguments";
  const { seed, most, allowCalls, patienceMs = Math.max(PATIENCE_MS, (known?.ms ?? 0) * SLOWER) } = options;
  const all = argumentProbes(tool.entry.inputSchema, good, defined({ seed, most }));
  if (all.length === 0) return "nothing-to-try";
  if (allowCalls || !mayReachOthers(tool)) return { probes: all, isCutDown: false, good, patienceMs };
  const probes = argumentProbes(tool.entry.inputSchema, good, { ...defined({ seed, most }), ruledOut: true });
  return { probes, isCutDown: true, good, patienceMs };
}

interface PatientProbe {
  readonly tool: string;
  readonly probe: ArgumentProbe;
  readonly good: Readonly<Record<string, unknown>>;
  readonly patienceMs: number;
}

/** How it ended, an end looked at twice; null when the tool is slow. */
async function probePatiently(ask: Ask, asked: PatientProbe): Promise<ProbeOutcome | null> {
  const outcome = await probeTwice(ask, asked);
  const isCut = outcome?.ended === "crash" && (await isThere(ask, asked.patienceMs));
  return isCut ? { ...outcome, ended: "refused" } : outcome;
}

/** It answers another request, whatever it says: it cut the connection, as servers do with what is too large, and did not end. */
async function isThere(ask: Ask, patienceMs: number): Promise<boolean> {
  const ended = await ask("resources/read", { uri: "sandglass:there" }, patienceMs).then(() => "answered", endingOf);
  return ended !== "crash" && ended !== "hang";
}

/** Null when the tool does not answer good arguments in that time either: it is slow, and no hang. */
async function probeTwice(ask: Ask, { tool, probe, good, patienceMs }: PatientProbe): Promise<ProbeOutcome | null> {
  const first = await probeOnce(ask, tool, probe, patienceMs);
  if (first.ended !== "hang") return first;
  const plain = await probeOnce(ask, tool, { ...probe, args: good }, patienceMs);
  if (plain.ended === "hang") return null;
  return probeOnce(ask, tool, probe, Math.max(patienceMs, Math.min(patienceMs * AGAIN, LONGEST_MS)));
}

function refusalOf(tool: ServerTool, allowCalls: boolean, isGone: boolean, hasTime: boolean): NotProbed | null {
  const refusal = refusalToProbe(tool, allowCalls);
  if (refusal) return refusal;
  if (reachesOthers(tool) && !allowCalls) return "open-world";
  if (isGone) return "server-gone";
  return hasTime ? null : "out-of-time";
}

async function goodArguments(
  { entry }: ServerTool,
  known: unknown,
  { validArguments }: InputProbeOptions,
): Promise<Readonly<Record<string, unknown>> | null> {
  if (isRecord(known)) return known;
  try {
    return await validArguments(entry.inputSchema);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return null;
  }
}

async function probeOnce(ask: Ask, tool: string, probe: ArgumentProbe, patienceMs: number): Promise<ProbeOutcome> {
  const { kind, field, expects, attack, args } = probe;
  const base = { tool, kind, field, expects, ...(attack === undefined ? {} : { attack }) };
  const began = performance.now();
  const took = (): number => Math.round(performance.now() - began);
  try {
    const result = await ask("tools/call", { name: tool, arguments: args }, patienceMs);
    const ended = isRecord(result) && result.isError === true ? ("error" as const) : ("answered" as const);
    return { ...base, ended, took: took(), ...told(textsOf(result).join("\n"), probe, ended) };
  } catch (error) {
    const ending = endingOf(error);
    return {
      ...base,
      ended: isProtocolError(error) || ending === "turned-away" ? "refused" : ending,
      took: took(),
      ...told(errorTexts(error), probe, "error"),
    };
  }
}

/** The answer without its secrets: what it gives away, and its first words. */
function told(text: string, probe: ArgumentProbe, ended: "error" | "answered"): Pick<ProbeOutcome, "leaks" | "said"> {
  const { masked, detections } = scanText(text, "message");
  const secrets = detections.filter(
    ({ family, confidence, publishable }) => family === "secret" && confidence === "certain" && !publishable,
  );
  return {
    leaks: [
      ...leaksIn(masked, probe),
      ...secrets.map(({ title, masked: shown }) => ({ leak: "secret" as const, shown: `${title} ${shown}` })),
      // An answer may be about a person; an error is none.
      ...(ended === "error" ? personalDataIn([text], probe.args) : []).map(({ title, masked: shown }) => ({
        leak: "personal" as const,
        shown: `${title} ${shown}`,
      })),
    ],
    said: masked.replace(/\s+/g, " ").trim().slice(0, 200),
  };
}

const errorTexts = (error: unknown): string =>
  [messageOf(error), ...textsOf((error as { readonly data?: unknown }).data)].join("\n");

/** Every text of a value, to a depth that no honest answer passes. */
function textsOf(value: unknown, depth = 0): readonly string[] {
  if (typeof value === "string") return [value];
  if (depth > 20 || typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap((one) => textsOf(one, depth + 1));
}
