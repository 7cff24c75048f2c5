/** Scenarios of a server's widget: what the tool was asked, and what it said. */
import type { Client } from "@modelcontextprotocol/client";
import { SandglassError } from "../model/errors.ts";
import { noResultMessage } from "../model/notes.ts";
import { destroysKept } from "../model/tool-verbs.ts";
import type { NoResult } from "../model/tags.ts";
import type { Scenario } from "../model/widget.ts";
import { asksForNothing } from "./asks-for-nothing.ts";
import { argumentsFor } from "./mcp-arguments.ts";
import { madeResult } from "./mcp-made-result.ts";
import { CALL_MS, reasonOf, REQUEST_MS } from "./mcp-request.ts";
import type { McpServer } from "./mcp-session.ts";

export interface ToolEntry {
  readonly name: string;
  readonly inputSchema?: unknown;
  readonly outputSchema?: unknown;
  readonly annotations?: {
    readonly destructiveHint?: boolean | undefined;
    readonly readOnlyHint?: boolean | undefined;
  };
}
type Result = Pick<Scenario, "toolOutput" | "content" | "_meta" | "isError" | "noResult">;

export interface PlayOptions {
  /** Also call tools that do not say that they only read; never those that say they are destructive. */
  readonly allowCalls: boolean;
  readonly warn: (text: string) => void;
}

/**
 * The scenario with the tool's answer in it; one call of the tool unless the
 * scenario holds an answer. Without `toolInput` only a tool that may be called
 * unasked is called; the result of another is made from its output schema.
 */
export async function playScenario(
  server: McpServer,
  tool: ToolEntry,
  written: Scenario,
  { allowCalls, warn }: PlayOptions,
): Promise<Scenario> {
  if (written.toolOutput !== undefined || written.content !== undefined || written.isError !== undefined)
    return written;
  if (written.toolInput !== undefined) {
    const given = await callGiven(server, tool, written);
    if (!given.isError) return { ...written, ...given };
    return {
      ...written,
      ...given,
      ...without(
        {
          reason: "answered-error",
          tool: tool.name,
          scenario: written.name,
          error: firstText(given.content),
        },
        warn,
      ),
    };
  }
  const { args, invented } = await argumentsFor(tool.inputSchema).catch((error: unknown) => {
    warn(`No arguments could be made for tool ${tool.name}: ${reasonOf(error)}. Give toolInput in a scenario.`);
    return { args: {}, invented: true };
  });
  const asked: Scenario = { ...written, toolInput: args, ...(invented ? { inventedArguments: true } : {}) };
  const reason = reasonNotToCall(tool, allowCalls);
  if (reason !== null) return { ...asked, ...(await uncalled(tool, reason, warn)) };
  return { ...asked, ...(await callInvented(server, tool, args, invented, warn)) };
}

type Reason = NonNullable<Scenario["inventedResult"]>["reason"];

/** Nobody said with what to call it. The MCP specification takes a tool without annotations for one that may destroy. */
function reasonNotToCall({ name, annotations, inputSchema }: ToolEntry, allowCalls: boolean): Reason | null {
  if (annotations?.destructiveHint === true) return "destructive";
  if (annotations?.readOnlyHint === true) return destroysKept(name) && !allowCalls ? "destructive" : null;
  return allowCalls || (annotations?.readOnlyHint === undefined && asksForNothing(name, inputSchema))
    ? null
    : "not-read-only";
}

async function uncalled(
  tool: ToolEntry,
  reason: Reason,
  warn: (text: string) => void,
): Promise<Pick<Scenario, "toolOutput" | "inventedResult" | "noResult">> {
  const toolOutput = await madeResult(tool.outputSchema);
  const noResult: NoResult = { reason: "not-called", tool: tool.name, because: reason };
  if (toolOutput === undefined) return without(noResult, warn);
  warn(`${noResultMessage(noResult)} Its widget is shown with a result made from the output schema.`);
  return { toolOutput, inventedResult: { tool: tool.name, reason } };
}

async function callGiven(server: McpServer, tool: ToolEntry, scenario: Scenario): Promise<Result> {
  try {
    return await call(server, tool.name, scenario.toolInput, CALL_MS);
  } catch (error) {
    if (error instanceof SandglassError) throw error;
    throw new SandglassError(
      "TOOL_FAILED",
      `Tool ${tool.name} refused the call of scenario "${scenario.name}": ${reasonOf(error)}`,
      "Correct toolInput, or give toolOutput to stand in for the call.",
      { cause: error },
    );
  }
}

/** A refusal of arguments that we chose ourselves is shown to the widget as a failed call, and said. */
async function callInvented(
  server: McpServer,
  tool: ToolEntry,
  args: unknown,
  invented: boolean,
  warn: (text: string) => void,
): Promise<Result> {
  const asked = { tool: tool.name, argumentsFrom: invented ? "invented" : "schema-defaults" } as const;
  try {
    const result = await call(server, tool.name, args, REQUEST_MS);
    return result.isError
      ? {
          ...result,
          ...without({ reason: "failed", ...asked, error: firstText(result.content) }, warn),
        }
      : result;
  } catch (error) {
    if (error instanceof SandglassError) throw error;
    return {
      isError: true,
      content: [{ type: "text", text: reasonOf(error) }],
      ...without({ reason: "refused", ...asked, error: reasonOf(error) }, warn),
    };
  }
}

/** A widget that got no result was not seen at work: that is said now, and goes with the evidence. */
function without(noResult: NoResult, warn: (text: string) => void): Pick<Scenario, "noResult"> {
  warn(noResultMessage(noResult));
  return { noResult };
}

async function call(server: McpServer, name: string, args: unknown, timeout: number): Promise<Result> {
  const result = await server.session((client) => callTool(client, name, args as Record<string, unknown>, timeout));
  return {
    ...(result.structuredContent === undefined ? {} : { toolOutput: result.structuredContent }),
    content: result.content ?? [],
    ...(result._meta === undefined ? {} : { _meta: result._meta }),
    ...(result.isError ? { isError: true } : {}),
  };
}

export interface CallResult {
  readonly structuredContent?: unknown;
  readonly content?: readonly unknown[];
  readonly _meta?: unknown;
  readonly isError?: boolean | undefined;
}

/** As the server answers: the SDK's own `callTool` would reject an answer that breaks the tool's output schema. */
export async function callTool(
  client: Client,
  name: string,
  args: Readonly<Record<string, unknown>>,
  timeout: number,
): Promise<CallResult> {
  return await client.request({ method: "tools/call", params: { name, arguments: args } }, { timeout });
}

function firstText(content: readonly unknown[] | undefined): string {
  const block = content?.find((one): one is { text: string } => typeof (one as { text?: unknown }).text === "string");
  return block ? block.text.replace(/\s+/g, " ").slice(0, 200) : "no text";
}
