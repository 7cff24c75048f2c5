import { expect, it } from "vitest";
import { BridgeLog } from "../../../harness/gather/witness/bridge-log.ts";
import { onStageCall, serverPortFor, type StageLink } from "../../../harness/gather/trial/stage-io.ts";
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
  expect(posted).toEqual([{ expression: 'sandglassAnswer(7, false, "the host has no method toString")' }]);
});
