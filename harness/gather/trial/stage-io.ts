/** The stage page's calls into Node, and ours into it. */
import type { RejectedCall, ServerPort, StageCall, StageCommand } from "../../../host/emulator/bridge/types.ts";
import { messageOf, RefusedCall, refusalOf } from "../../model/errors.ts";
import type { TrialName } from "../../model/evidence.ts";
import { mayHarm } from "../../model/tool-verbs.ts";
import type { Scenario, Widget, WidgetServer } from "../../model/widget.ts";
import type { BridgeLog } from "../witness/bridge-log.ts";
import type { Protocol } from "../browser/protocol.ts";
import type { RunLog } from "../witness/run-log.ts";
import type { Session } from "../witness/session.ts";

/** Answers `tools/call` and the like: from the real server, else from the scenario. */
export function serverPortFor(widget: Widget, scenario: Scenario): ServerPort {
  const tools = scenario.tools ?? {};
  const noServer = (what: string) =>
    Promise.reject(
      new RefusedCall(
        "no-server",
        `${what} needs an MCP server, and this widget was loaded from a file. Give the scenario a "tools" entry.`,
      ),
    );
  return {
    callTool: (name, args) =>
      Object.hasOwn(tools, name)
        ? Promise.resolve(tools[name])
        : (widget.server?.callTool(name, args) ?? noServer(`tools/call ${name}`)),
    listTools: () =>
      widget.server?.listTools() ??
      Promise.resolve({ tools: Object.keys(tools).map((name) => ({ name, inputSchema: { type: "object" } })) }),
    readResource: (uri) => widget.server?.readResource(uri) ?? noServer(`resources/read ${uri}`),
    listResources: () => widget.server?.listResources() ?? Promise.resolve({ resources: [] }),
  };
}

/**
 * What a press asks for reaches the server only where a tool says that it reads: nobody meant it. What is not
 * answered is not carried out.
 */
export function exploringPort({
  widget,
  scenario,
}: {
  readonly widget: Widget;
  readonly scenario: Scenario;
}): ServerPort {
  const port = serverPortFor(widget, scenario);
  return {
    ...port,
    async callTool(name, args) {
      if (Object.hasOwn(scenario.tools ?? {}, name) || !widget.server || (await onlyReads(widget.server, name)))
        return port.callTool(name, args);
      throw new RefusedCall(
        "exploring",
        `tools/call ${name} was not carried out: Sandglass pressed what led to it, and the tool does not say that it only reads (annotations.readOnlyHint), or is named otherwise. Give the scenario a "tools" entry.`,
      );
    },
  };
}

interface ListedTool {
  readonly name: string;
  readonly annotations?: { readonly readOnlyHint?: boolean; readonly destructiveHint?: boolean };
}

/** A tool that is unknown, or hidden from apps, is refused by the server's own port. */
async function onlyReads(server: Pick<WidgetServer, "listTools">, name: string): Promise<boolean> {
  const { tools = [] } = (await server.listTools()) as { readonly tools?: readonly ListedTool[] };
  const tool = tools.find((one) => one.name === name);
  const { readOnlyHint, destructiveHint } = tool?.annotations ?? {};
  return tool === undefined || (readOnlyHint === true && destructiveHint !== true && !mayHarm(name));
}

/** Answers of tools that may write, kept over renderings: each call of a scenario is carried out once, for all hosts. */
export class Deeds {
  readonly #answers = new Map<string, Promise<unknown>>();

  /** @param key tells one call of one scenario from all others */
  once(key: string, carryOut: () => Promise<unknown>): Promise<unknown> {
    const known = this.#answers.get(key) ?? carryOut();
    this.#answers.set(key, known);
    return known;
  }
}

/** A widget's own calls, those that may write once over all its renderings: another host, or a second look, does it no second time. */
export function carriedOutOnce(
  port: ServerPort,
  { widget, scenario }: { readonly widget: Widget; readonly scenario: Scenario },
  deeds: Deeds,
): ServerPort {
  const { server } = widget;
  if (!server) return port;
  const counts = new Map<string, number>();
  return {
    ...port,
    async callTool(name, args) {
      if (await onlyReads(server, name)) return port.callTool(name, args);
      const what = JSON.stringify([widget.serverId, widget.name, scenario.name, name, args]);
      const nth = (counts.get(what) ?? 0) + 1;
      counts.set(what, nth);
      return deeds.once(`${nth} ${what}`, () => port.callTool(name, args));
    },
  };
}

/**
 * Ports of trials that share answers: the first trial that asks a thing for the
 * n-th time asks the server, the others are given the same answer. A tool is
 * called as often as in one rendering. What is pressed asks for more, which is no other trial's answer.
 */
export function sharedAnswers(server: ServerPort, exploring: ServerPort = server): (trial?: TrialName) => ServerPort {
  const answers = new Map<string, Promise<unknown>>();
  return (trial = "main") => {
    const isOwn = trial === "pressed";
    const counts = new Map<string, number>();
    const shared = (what: string, ask: (asked: ServerPort) => Promise<unknown>): Promise<unknown> => {
      const nth = (counts.get(what) ?? 0) + 1;
      counts.set(what, nth);
      const key = `${nth} ${what}`;
      const known = answers.get(key) ?? ask(isOwn ? exploring : server);
      if (!isOwn) answers.set(key, known);
      return known;
    };
    return {
      callTool: (name, args) => shared(JSON.stringify(["call", name, args]), (asked) => asked.callTool(name, args)),
      listTools: () => shared("tools", (asked) => asked.listTools()),
      readResource: (uri) => shared(JSON.stringify(["read", uri]), (asked) => asked.readResource(uri)),
      listResources: () => shared("resources", (asked) => asked.listResources()),
    };
  };
}

export interface StageLink {
  readonly protocol: Protocol;
  readonly log: RunLog;
  readonly bridge: BridgeLog;
  readonly server: ServerPort;
}

/** Handles one `sandglassHost(payload)` call of the stage page. */
export async function onStageCall(link: StageLink, payload: string, session: Session): Promise<void> {
  const call = JSON.parse(payload) as StageCall;
  if (call.type === "event") {
    link.bridge.add(call.event);
    if (call.event.type === "message") {
      link.log.lastMessage = performance.now();
      link.log.note(`message ${call.event.direction} ${call.event.method}`);
    }
    if (call.event.type === "tool-call") link.log.note(`tool call ${call.event.name} ${call.event.outcome}`);
    // Log lines and records are no sign of work in progress; messages and writes are.
    if (call.event.type !== "api-use" && call.event.type !== "reads" && call.event.type !== "dropped") link.log.touch();
    return;
  }
  link.bridge.pendingCalls++;
  const [ok, value] = await answerOf(link.server, call)
    .then(
      (result) => [true, result] as const,
      (error: unknown) =>
        [false, { message: messageOf(error), refusal: refusalOf(error) } satisfies RejectedCall] as const,
    )
    .finally(() => link.bridge.pendingCalls--);
  link.log.touch();
  link.protocol.post(
    "Runtime.evaluate",
    { expression: `sandglassAnswer(${call.id}, ${ok}, ${JSON.stringify(value ?? null)})` },
    session.id,
  );
}

/** The payload is only as good as the page that sent it: a method may be one that no server has. */
function answerOf(
  server: ServerPort,
  { method, params }: { readonly method: string; readonly params: readonly unknown[] },
): Promise<unknown> {
  if (!Object.hasOwn(server, method)) return Promise.reject(new Error(`the host has no method ${method}`));
  return (server[method as keyof ServerPort] as (...given: readonly unknown[]) => Promise<unknown>).call(
    server,
    ...params,
  );
}

export async function driveStage(protocol: Protocol, session: Session, command: StageCommand): Promise<void> {
  await protocol.send(
    "Runtime.evaluate",
    { expression: `sandglassDrive(${JSON.stringify(command)})`, awaitPromise: true },
    session.id,
  );
}
