/** The MCP server behind the page: what it lists, and what the user asks it. All that it says is bounded. */
import { isRecord } from "../../host/csp/record.ts";
import type {
  Listing,
  LogPage,
  PromptEntry,
  ResourceEntry,
  SchemaMatch,
  ServerDesk,
  ServerDirectory,
  ServerQuestion,
  ServerReply,
  ToolEntry,
} from "../../host/server/server-types.ts";
import { schemaFaults } from "../checks/shared/schema-faults.ts";
import { asDeployed, type Deployment } from "../model/deployment.ts";
import { messageOf } from "../model/errors.ts";
import type { Ask, ServerRecorder } from "../model/server-record.ts";
import type { Widget } from "../model/widget.ts";
import { promptEntries, resourceEntries, templateEntries, toolEntries, type Raw } from "./server-entries.ts";

/** How long one page of a list may take, and all pages of one, milliseconds. */
const PAGE_MS = 10_000;
const LIST_MS = 20_000;
/** How long an answer to the user may take, milliseconds. */
const ANSWER_MS = 60_000;
/** Entries of one list, pages of it, and characters of all its entries. */
const MOST_ENTRIES = 1000;
const MOST_PAGES = 100;
const MOST_CHARACTERS = 4 * 1024 * 1024;
/** An answer with more characters is not handed over: the page would have to hold it. */
const LARGEST_ANSWER = 4 * 1024 * 1024;
const BEGINNING = 20_000;

export interface DeskInput {
  /** The server that runs now; null when there is none. */
  server(): ServerRecorder | null;
  /** Its widgets. */
  widgets(): readonly Widget[];
  log(after: number): LogPage;
}

/** @param input what the desk looks at, as it is when it is asked */
export function serverDesk(input: DeskInput): ServerDesk {
  let known: ServerDirectory | null = null;
  return {
    log: (after) => input.log(after),
    async directory() {
      const server = input.server();
      known = server ? await directoryOf(server) : null;
      return known;
    },
    async ask(question, signal) {
      const server = input.server();
      if (!server) return null;
      const tools = known?.tools.state === "ok" ? known.tools.entries : [];
      const tool = question.kind === "tool" ? tools.find(({ name }) => name === question.name) : undefined;
      const widgets = input.widgets();
      const deployment = widgets.find((widget) => widget.deployment)?.deployment;
      return replyOf(server, { question, tool, widget: widgetOf(tool, widgets), deployment }, signal);
    },
  };
}

async function directoryOf(server: ServerRecorder): Promise<ServerDirectory> {
  const { server: shown } = server.record();
  return server.asking(async (ask) => {
    const [tools, resources, templates, prompts] = [
      await listed(ask, "tools/list", "tools", toolEntries),
      await listed(ask, "resources/list", "resources", resourceEntries),
      await listed(ask, "resources/templates/list", "resourceTemplates", templateEntries),
      await listed(ask, "prompts/list", "prompts", promptEntries),
    ];
    return { server: shown, tools, resources: joined(resources, templates), prompts };
  });
}

const joined = (one: Listing<ResourceEntry>, other: Listing<ResourceEntry>): Listing<ResourceEntry> =>
  one.state === "ok" && other.state === "ok"
    ? { state: "ok", entries: [...one.entries, ...other.entries], more: one.more || other.more }
    : one;

type ListMethod = Extract<Parameters<Ask>[0], `${string}/list`>;

/** A list without end is left where it is too long; a server that does not know the method has none. */
async function listed<T extends ToolEntry | ResourceEntry | PromptEntry>(
  ask: Ask,
  method: ListMethod,
  field: string,
  entriesOf: (raw: readonly Raw[]) => readonly T[],
): Promise<Listing<T>> {
  const entries: T[] = [];
  const until = performance.now() + LIST_MS;
  let characters = 0;
  let cursor: unknown;
  try {
    for (let page = 0; page < MOST_PAGES && performance.now() < until; page++) {
      const answer = await ask(method, cursor === undefined ? {} : { cursor }, PAGE_MS);
      const list = isRecord(answer) && Array.isArray(answer[field]) ? (answer[field] as readonly unknown[]) : [];
      for (const entry of entriesOf(list.filter(isRecord).slice(0, MOST_ENTRIES + 1))) {
        characters += JSON.stringify(entry).length;
        if (entries.length >= MOST_ENTRIES || characters > MOST_CHARACTERS) return { state: "ok", entries, more: true };
        entries.push(entry);
      }
      const next = isRecord(answer) ? answer.nextCursor : undefined;
      if (next === undefined || next === null) return { state: "ok", entries, more: false };
      if (next === cursor) break;
      cursor = next;
    }
    return { state: "ok", entries, more: true };
  } catch (error) {
    if ((error as { code?: unknown }).code === METHOD_NOT_FOUND) return { state: "ok", entries: [], more: false };
    return { state: "failed", message: shortMessage(error) };
  }
}
const METHOD_NOT_FOUND = -32601;

const shortMessage = (error: unknown): string => messageOf(error).replace(/\s+/g, " ").slice(0, 1000);

interface Asked {
  readonly question: ServerQuestion;
  readonly tool: ToolEntry | undefined;
  readonly widget: string | null;
  readonly deployment: Deployment | undefined;
}

async function replyOf(
  server: ServerRecorder,
  { question, tool, widget, deployment }: Asked,
  signal: AbortSignal,
): Promise<ServerReply> {
  const began = performance.now();
  const took = (): number => Math.round(performance.now() - began);
  try {
    const answer = await server.asking((ask) => ask(...requestOf(question), ANSWER_MS, signal));
    const value = deployment ? asDeployed(answer, deployment) : answer;
    const ms = took();
    const text = JSON.stringify(value);
    const whole = text.length <= LARGEST_ANSWER;
    return {
      ok: true,
      ms,
      bytes: Buffer.byteLength(text),
      ...(whole ? { value } : { beginning: text.slice(0, BEGINNING) }),
      match: matchOf(value, tool),
      widget: whole ? widget : null,
    };
  } catch (error) {
    return { ok: false, ms: took(), message: shortMessage(error) };
  }
}

function requestOf(question: ServerQuestion): [method: Parameters<Ask>[0], params: unknown] {
  if (question.kind === "resource") return ["resources/read", { uri: question.uri }];
  const { name, arguments: given } = question;
  return [question.kind === "tool" ? "tools/call" : "prompts/get", { name, arguments: given }];
}

function matchOf(value: unknown, tool: ToolEntry | undefined): SchemaMatch {
  if (tool?.outputSchema === undefined) return { state: "undeclared" };
  const { structuredContent, isError } = isRecord(value) ? value : {};
  // An answer that says that it failed need not be of the schema (MCP specification, "Output Schema").
  if (isError === true) return { state: "undeclared" };
  if (structuredContent === undefined) return { state: "differs", faults: ["structuredContent is missing"] };
  const faults = schemaFaults(structuredContent, tool.outputSchema);
  return faults.length === 0 ? { state: "matches" } : { state: "differs", faults };
}

/** The widget of this tool, else the one with the same page. */
function widgetOf(tool: ToolEntry | undefined, widgets: readonly Widget[]): string | null {
  if (!tool || tool.resourceUri === null) return null;
  const own = widgets.find((widget) => widget.tool?.name === tool.name);
  const same = widgets.find(({ source }) => source.kind === "mcp" && source.uri === tool.resourceUri);
  return (own ?? same)?.name ?? null;
}
