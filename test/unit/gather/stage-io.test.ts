import { expect, it } from "vitest";
import { BridgeLog } from "../../../harness/gather/witness/bridge-log.ts";
import {
  carriedOutOnce,
  Deeds,
  exploringPort,
  onStageCall,
  serverPortFor,
  type StageLink,
} from "../../../harness/gather/trial/stage-io.ts";
import { RunLog } from "../../../harness/gather/witness/run-log.ts";

it("a call of a method that no server has is answered, and is not waited for", async () => {
  const bridge = new BridgeLog(10, () => 0);
  const posted: unknown[] = [];
  const link = {
    protocol: { post: (_method: string, params: unknown) => void posted.push(params) },
    log: new RunLog(10),
    bridge,
    server: serverPortFor({} as never, { name: "default" }),
  } as unknown as StageLink;
  const session = { id: "S" } as Parameters<typeof onStageCall>[2];
  await onStageCall(link, JSON.stringify({ type: "call", id: 7, method: "toString", params: [] }), session);
  expect(bridge.pendingCalls).toBe(0);
  expect(posted).toEqual([
    { expression: 'sandglassAnswer(7, false, {"message":"the host has no method toString","refusal":"failed"})' },
  ]);
});

const READS = { readOnlyHint: true };
/** A widget of a server, and the tools that were called there. */
function served() {
  const called: string[] = [];
  const tools = [
    { name: "show", annotations: READS },
    { name: "save", annotations: {} },
    { name: "delete_all", annotations: READS },
    { name: "wipe", annotations: { ...READS, destructiveHint: true } },
  ];
  const server = {
    callTool: (name: string) => {
      called.push(name);
      return Promise.resolve({ content: [] });
    },
    listTools: () => Promise.resolve({ tools }),
  };
  const job = { widget: { name: "w", serverId: "s", server }, scenario: { name: "default" } } as never;
  return { called, job: job as Parameters<typeof exploringPort>[0] };
}

it("what is pressed reaches tools that say that they only read, and are not named otherwise", async () => {
  const { called, job } = served();
  const port = exploringPort(job);
  const refused = ["save", "delete_all", "wipe"].map((name) => expect(port.callTool(name, {})).rejects.toThrow(name));
  await Promise.all([port.callTool("show", {}), ...refused]);
  expect(called).toEqual(["show"]);
});

it("what may write is carried out once for all renderings of a scenario, and as often as one asks", async () => {
  const { called, job } = served();
  const deeds = new Deeds();
  for (const _host of ["chatgpt", "claude"]) {
    const port = carriedOutOnce(serverPortFor(job.widget, job.scenario), job, deeds);
    for (const [name, args] of [
      ["show", {}],
      ["save", {}],
      ["save", {}],
      ["save", { id: 1 }],
    ] as const)
      expect(await port.callTool(name, args)).toEqual({ content: [] });
  }
  expect(called).toEqual(["show", "save", "save", "save", "show"]);
});
