import { expect, it } from "vitest";
import { BridgeLog } from "../../../harness/gather/witness/bridge-log.ts";

it("masks what errors and details say, as it masks payloads", () => {
  const log = new BridgeLog(10, () => 0);
  log.add({
    type: "message",
    direction: "to-widget",
    protocol: "mcp-apps",
    kind: "response",
    method: "resources/read",
    bytes: 1,
    payload: "hush",
    error: "no hush",
  });
  log.add({ type: "violation", rule: "invalid-params", detail: "hush" });
  log.add({ type: "tool-call", name: "t", args: {}, outcome: "error", detail: "hush" });
  const mask = (value: unknown) => JSON.parse(JSON.stringify(value).replaceAll("hush", "***")) as unknown;
  expect(JSON.stringify(log.evidence(mask, (url) => url))).not.toContain("hush");
});
